"""The view "Why" in the browser: pointing at its maps, and a patch dragged over the image."""

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

import nn
from nn.explain.attribution import (
    Target,
    gradient_times_input,
    integrated_gradients,
    occlusion,
)
from tests.browser.conftest import go_within
from ui.inside.drawing_link import to_text

SMALL = Path(__file__).resolve().parents[2] / "models" / "small.safetensors"
SHARES, MAPS = ".inside-why output", ".inside-why-map canvas"
LEGEND = ".inside-why-legend"
LOST, BARS = ".inside-patch-lost", ".inside-bars tr"


@pytest.fixture(scope="module")
def network() -> nn.Network:
    return nn.load(SMALL)


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    """A seven, whose ink is not all alike."""
    image = np.zeros((28, 28), np.uint8)
    image[6:9, 7:20] = np.linspace(120, 255, 13)
    for row in range(9, 23):
        column = 19 - (row - 9) // 2
        image[row, column - 2 : column + 1] = (140, 255, 200)
    return image


def link(image: np.ndarray, **query: object) -> str:
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/inside?model=small&view=why&image=drawing&drawing={to_text(image)}{more}"


def wait_for_maps(page: Page, count: int) -> None:
    expect(page.locator(MAPS)).to_have_count(count)
    expect(page.locator(SHARES).first).to_have_text(re.compile(r"\d"))


def middle(element: Locator, row: int, column: int) -> tuple[float, float]:
    """Of a pixel of the image on a canvas, on the screen."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    return (
        box["x"] + (column + 0.5) * box["width"] / 28,
        box["y"] + (row + 0.5) * box["height"] / 28,
    )


def number(text: str) -> float:
    return float(re.findall(r"[+−-]?\d+(?:\.\d+)?(?:e[+−]?\d+)?", text)[-1].replace("−", "-"))


def test_maps_are_pointed_at_and_a_patch_is_dragged(offline_app, page, network, image):
    sent: list[BackMsg] = []

    def note(frame: bytes | str) -> None:
        assert isinstance(frame, bytes)
        message = BackMsg.FromString(frame)
        # Not those of a fragment: the list of models looks for new ones, the weights have arrived.
        if not message.rerun_script.fragment_id:
            sent.append(message)

    page.on("websocket", lambda socket: socket.on("framesent", note))
    page.goto(offline_app.url + link(image, target=7, contrast=2, patch=5, random=1))
    pointing_at_a_map_reads_the_shares_of_all_three(page, network, image)
    go_within(page, link(image, target=7, patch=5, fill="grey"))
    a_patch_that_is_dragged_takes_what_the_map_of_occlusion_says(page, network, image, sent)


def pointing_at_a_map_reads_the_shares_of_all_three(page, network, image):
    wait_for_maps(page, 6)  # three more of random weights
    target = Target(7, 2)
    maps = [
        explain(network, image, target).pixels.reshape(28, 28)
        for explain in (gradient_times_input, integrated_gradients)
    ]
    maps.append(occlusion(network, image, target, 5).pixels.reshape(28, 28))

    def check(row: int, column: int) -> None:
        expect(page.locator(".inside-why-place")).to_contain_text(f"row {row}, column {column}")
        shares = [number(text) for text in page.locator(SHARES).all_inner_texts()]
        assert len(shares) == 6
        wanted = [one[row, column] for one in maps]
        np.testing.assert_allclose(shares[:3], wanted, rtol=6e-3, atol=1e-3)

    page.mouse.move(*middle(page.locator(MAPS).nth(1), 12, 16))
    check(12, 16)
    ticks = [number(text) for text in page.locator(f"{LEGEND} b").all_inner_texts()[:5]]
    scale = np.abs(maps).max()  # one for all three, with colours by the square root
    np.testing.assert_allclose(ticks, np.array([-1, -0.25, 0, 0.25, 1]) * scale, rtol=6e-3)
    crosses = page.locator(".inside-why-map i:first-of-type")
    lefts = crosses.evaluate_all("all => all.map((one) => one.style.left)")
    assert len(lefts) == 6
    assert len(set(lefts)) == 1
    page.locator(".inside-why-rows").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    check(11, 15)
    spoken = page.locator(".inside-why [aria-live]")
    expect(spoken).to_contain_text("row 11, column 15")
    page.get_by_text("strongest pixels as a table").click()
    cells = page.locator(".inside-why table tr").nth(1).locator("td").all_inner_texts()
    strongest = np.unravel_index(np.abs(maps[1]).argmax(), (28, 28))
    assert [int(cell) for cell in cells[:2]] == list(strongest)


def a_patch_that_is_dragged_takes_what_the_map_of_occlusion_says(page, network, image, sent):
    wait_for_maps(page, 3)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator(LOST)).to_contain_text("change")
    lost = occlusion(network, image, Target(7), 5, "grey").pixels.reshape(28, 28)
    canvas = page.locator(".inside-patch canvas")

    def check(row: int, column: int) -> None:
        name = re.compile(f"row {row}, column {column}\\.")
        expect(canvas).to_have_attribute("aria-label", name)
        change = number(page.locator(LOST).inner_text())
        assert change == pytest.approx(-lost[row, column], abs=0.011)
        assert number(page.locator(".inside-patch-map").inner_text()) == -change
        hidden = image / 255
        hidden[max(0, row - 2) : row + 3, max(0, column - 2) : column + 3] = 0.5
        wanted = 100 * network.predict_proba(hidden[None], averaging=nn.ALONE)[0]
        texts = page.locator(f"{BARS} td:last-child").all_inner_texts()
        np.testing.assert_allclose([number(text) for text in texts], wanted, atol=0.11)

    expect(page.locator(".live-chart .main-svg").first).to_be_visible()  # all has arrived
    before = len(sent)
    page.mouse.move(*middle(canvas, 14, 14))
    page.mouse.down()
    for row, column in ((10, 12), (7, 9), (0, 27)):
        page.mouse.move(*middle(canvas, row, column), steps=3)
        check(row, column)
    assert len(sent) == before  # the server knows nothing of it yet
    page.mouse.up()
    expect(page).to_have_url(re.compile("hidden=27$"))
    page.mouse.move(*middle(canvas, 20, 20))
    check(0, 27)  # it was let go
    canvas.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")  # there is no more
    check(1, 27)
    expect(page).to_have_url(re.compile(f"hidden={28 + 27}$"))
    assert len(sent) == before + 2
    page.reload()
    expect(page.locator(LOST)).to_contain_text("change")
    check(1, 27)
    page.go_back()
    expect(page).to_have_url(re.compile("hidden=27$"))
    check(0, 27)
    canvas.press("ArrowLeft")  # and elsewhere at once
    page.get_by_role("radio", name="Activations").click()
    expect(page).to_have_url(re.compile("view=activations.*hidden=26$"))
