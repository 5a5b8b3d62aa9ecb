"""The Playground's picture: its numbers are NumPy's, and what a hand changes the server has."""

import re

import numpy as np
from playwright.sync_api import FloatRect, Locator, Page, expect

from nn.plane.training import PlaneTraining
from tests.browser.conftest import App
from ui.playground.setup import Setup
from ui.playground.training_points import points_of

SETUP = Setup()  # circle, 4-2, tanh
FIRST_WEIGHT = 0  # from X₁ to neuron 1 of layer 1


class ByHand:
    """The network of the default set-up, in a few lines."""

    def __init__(self) -> None:
        self.train, test = points_of(SETUP)
        (config,) = SETUP.arms
        training = PlaneTraining(config, *((part.x, part.targets) for part in (self.train, test)))
        self.parameters = training.network.parameters.astype(np.float64)
        self.off: set[tuple[int, int]] = set()

    def layers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        parts, at = [], 0
        for inputs, outputs in ((2, 4), (4, 2), (2, 1)):
            weights = self.parameters[at : at + inputs * outputs].reshape(inputs, outputs)
            at += inputs * outputs
            parts.append((weights, self.parameters[at : at + outputs]))
            at += outputs
        return parts

    def outputs(self, x: np.ndarray) -> list[np.ndarray]:
        found = []
        for layer, (weights, bias) in enumerate(self.layers()):
            x = np.tanh(x @ weights + bias)
            for _, neuron in (place for place in self.off if place[0] == layer):
                x[:, neuron] = 0
            found.append(x)
        return found

    def loss(self) -> str:
        """As the page writes it."""
        errors = self.outputs(self.train.x)[-1][:, 0] - self.train.targets
        return f"{np.mean(errors**2) / 2:.4f}"

    def formula(self, layer: int, neuron: int, sources: list[str]) -> str:
        weights, bias = (part[..., neuron] for part in self.layers()[layer])
        words = [
            f"{abs(value):.3f} {source}" for value, source in zip(weights, sources, strict=True)
        ]
        signs = ["−" if value < 0 else "+" for value in (*weights, bias)]
        first = "−" if weights[0] < 0 else ""
        rest = zip(signs[1:], [*words[1:], f"{abs(bias):.3f}"], strict=True)
        return f"tanh({first}{words[0]}{''.join(f' {sign} {word}' for sign, word in rest)})"


def test_numbers_of_the_picture_and_what_a_hand_changes(page: Page, offline_app: App) -> None:
    network = ByHand()
    page.goto(f"{offline_app.url}/playground")
    expect(losses(page)).to_contain_text(f"Training loss {network.loss()}")

    # A neuron's surface and formula; once the pointer has left, the output's.
    page.get_by_role("button", name="Neuron 1 of layer 1").hover()
    expect(page.locator(".pg-surface-title")).to_have_text("Neuron 1 of layer 1")
    expect(details(page)).to_contain_text(re.compile(spaced(network.formula(0, 0, ["X₁", "X₂"]))))

    page.mouse.move(0, 0)

    # One point through the network: by keys, so that it is exactly there.
    plane = page.get_by_label("Output over the plane")
    plane.focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        plane.press(key)
    answer = network.outputs(np.array([[0.5, 2.5]]))[-1][0, 0]
    expect(readout(page)).to_have_text(said(0.5, 2.5, answer))
    plane.press("Escape")

    # A weight that is dragged up by 60 pixels: 0.02 each.
    x, y = middle_of_first_weight(page)
    page.mouse.move(x, y)
    expect(details(page)).to_contain_text("Weight from X₁ to neuron 1 of layer 1")
    expect(details(page)).to_contain_text(four_digits(network.parameters[FIRST_WEIGHT]))
    page.mouse.down()
    for step in range(1, 7):
        page.mouse.move(x, y - 10 * step)
    network.parameters[FIRST_WEIGHT] += 1.2
    expect(details(page)).to_contain_text(four_digits(network.parameters[FIRST_WEIGHT]))
    page.mouse.up()
    expect(losses(page)).to_contain_text(f"Training loss {network.loss()}")

    # It stays chosen, and Enter types it, with a decimal comma.
    page.get_by_role("button", name="Weight from X₁ to neuron 1 of layer 1").press("Enter")
    page.keyboard.type("-0,75")
    page.keyboard.press("Enter")
    network.parameters[FIRST_WEIGHT] = -0.75
    expect(details(page)).to_contain_text("−0.7500")
    expect(losses(page)).to_contain_text(f"Training loss {network.loss()}")

    # Locked, a hand doesn't move it either.
    page.keyboard.press("l")
    expect(details(page)).to_contain_text("Unlock")

    # A neuron that is switched off.
    neuron = page.get_by_role("button", name="Neuron 3 of layer 1")
    neuron.press(" ")
    network.off.add((0, 2))
    expect(neuron).to_have_accessible_name("Neuron 3 of layer 1, switched off")
    expect(losses(page)).to_contain_text(f"Training loss {network.loss()}")

    paint_one_point(page)
    take_picture(page)


def test_fingers_choose_before_they_drag_and_paint_without_scrolling(
    phone: Page, offline_app: App
) -> None:
    network = ByHand()
    phone.goto(f"{offline_app.url}/playground")
    expect(losses(phone)).to_contain_text(f"Training loss {network.loss()}")
    touch = phone.context.new_cdp_session(phone)

    def drag(x: float, y: float, down: float) -> None:
        places = [(x, y + down * step / 6) for step in range(7)]
        for kind, (left, top) in zip(["touchStart"] + ["touchMove"] * 6, places, strict=True):
            points = [{"x": left, "y": top}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    # The weight from X₁ to neuron 2 of layer 1 goes straight down.
    target = phone.get_by_role("button", name="Neuron 2 of layer 1")
    target.scroll_into_view_if_needed()
    source, end = box(phone.get_by_role("button", name="Input X₁", exact=True).last), box(target)
    x = (source["x"] + source["width"] / 2 + end["x"] + end["width"] / 2) / 2
    phone.touchscreen.tap(x, (source["y"] + source["height"] + end["y"]) / 2)
    handle = phone.get_by_role("button", name="Weight from X₁ to neuron 2 of layer 1")
    expect(details(phone)).to_contain_text(four_digits(network.parameters[1]))
    place = box(handle)
    assert min(place["width"], place["height"]) >= 44
    drag(place["x"] + 22, place["y"] + 22, -30)
    network.parameters[1] += 0.6
    expect(details(phone)).to_contain_text(four_digits(network.parameters[1]))
    expect(losses(phone)).to_contain_text(f"Training loss {network.loss()}")
    phone.get_by_role("button", name="Deselect").tap()

    phone.get_by_role("button", name="Paint", exact=True).tap()
    plane = phone.get_by_label("Output over the plane")
    plane.scroll_into_view_if_needed()
    before = box(plane)
    drag(before["x"] + 60, before["y"] + 40, 120)
    expect(phone).to_have_url(re.compile("data=own"))
    expect(readout(phone)).to_have_text(re.compile("(2[6-9]|3[0-9])[0-9] training points"))


def paint_one_point(page: Page) -> None:
    page.get_by_label("Test points").check()
    expect(readout(page)).to_contain_text("250 training points, 250 for test")
    page.get_by_role("button", name="Paint", exact=True).click()
    page.get_by_role("button", name="Points of value 1").click()
    page.get_by_role("button", name="one point").click()
    plane = page.get_by_label("Output over the plane")
    plane.focus()
    for key in ("ArrowUp", " ", "Escape"):
        plane.press(key)
    expect(page).to_have_url(re.compile("data=own"))
    expect(readout(page)).to_contain_text(re.compile("25[01] training points, 25[01] for"))
    page.get_by_role("button", name="Undo").click()
    expect(readout(page)).to_contain_text("250 training points, 250 for test")


def take_picture(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="PNG").click()
    assert download.value.suggested_filename == "playground.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def losses(page: Page) -> Locator:
    return page.locator(".pg-numbers")


def details(page: Page) -> Locator:
    return page.locator(".pg-details-place")


def readout(page: Page) -> Locator:
    return page.locator(".pg-readout")


def middle_of_first_weight(page: Page) -> tuple[float, float]:
    source = box(page.get_by_role("button", name="Input X₁", exact=True))
    target = box(page.get_by_role("button", name="Neuron 1 of layer 1"))
    return (source["x"] + source["width"] + target["x"]) / 2, source["y"] + source["height"] / 2


def box(element: Locator) -> FloatRect:
    found = element.bounding_box()
    assert found is not None
    return found


def said(x1: float, x2: float, answer: float) -> str:
    return f"X₁ = {x1:.2f}, X₂ = {x2:.2f}: {answer:.3f}".replace("-", "−")


def four_digits(value: float) -> str:
    text = f"{value:#.4g}"
    return text.replace("-", "−")


def spaced(text: str) -> str:
    """A pattern for the text, whatever spaces stand in it."""
    return r"\s".join(map(re.escape, text.split(" ")))
