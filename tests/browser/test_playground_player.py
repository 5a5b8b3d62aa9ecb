"""The Playground's player: whatever plays, its numbers are those of the training itself."""

import re
from dataclasses import replace

from playwright.sync_api import Locator, Page, expect

from benchmarks.chromium import wait_for
from nn.plane.snapshot import Snapshot
from nn.plane.training import PlaneTraining
from tests.browser.conftest import App
from ui.playground.setup import Setup
from ui.playground.training_points import points_of

SETUP = Setup()  # circle, 4-2, tanh


def begun(seed: int = 0) -> PlaneTraining:
    """The training, without the page."""
    train, test = points_of(SETUP)
    config = replace(SETUP.arm, seed=seed)
    return PlaneTraining(config, *((part.x, part.targets) for part in (train, test)))


def trained(steps: int, seed: int = 0) -> Snapshot:
    """The training after so many batches."""
    training = begun(seed)
    training.train(steps)
    return training.snapshot()


def numbers(page: Page) -> Locator:
    return page.locator(".pg-numbers")


def press(page: Page, name: str) -> None:
    page.locator(".pg-stage").get_by_role("button", name=name, exact=True).click()


def assert_shows(page: Page, steps: int, seed: int = 0) -> None:
    """Exactly the training after so many batches is on screen."""
    assert_is(page, trained(steps, seed))


def assert_is(page: Page, expected: Snapshot) -> None:
    """Exactly this moment is on screen."""
    assert expected.test_loss is not None
    assert expected.test_score is not None
    words = (
        rf"Step {expected.step:,}\s*Training loss {expected.train_loss:.4f}"
        rf"\s*Test loss {expected.test_loss:.4f}"
        rf"\s*Accuracy \(test\) {100 * expected.test_score:.1f} %"
    )
    expect(numbers(page)).to_contain_text(re.compile(words))


def step(page: Page) -> int:
    (shown,) = re.findall(r"Step ([\d,]+)", numbers(page).inner_text())
    return int(shown.replace(",", ""))


def wait_for_step(page: Page, least: int) -> None:
    wait_for(
        page,
        """(least) => {
          const shown = /Step ([\\d,]+)/.exec(document.querySelector(".pg-numbers").textContent);
          return Number(shown[1].replaceAll(",", "")) >= least;
        }""",
        arg=least,
    )


def play_on(page: Page) -> int:
    """For a moment; returns the step where it was paused."""
    least = step(page) + 200
    press(page, "Play")
    wait_for_step(page, least)
    press(page, "Pause")
    return step_at_rest(page)


def step_at_rest(page: Page) -> int:
    """The step at which it has been paused."""
    play = page.locator(".pg-stage").get_by_role("button", name="Play", exact=True)
    expect(play).to_be_visible()  # what is shown beside it is the last that is shown
    return step(page)


def drag_along(page: Page, start: float, end: float) -> None:
    """Along the curves, from and to these shares of their width."""
    page.locator(".pg-curve").scroll_into_view_if_needed()
    box = page.locator(".pg-curve").bounding_box()
    assert box is not None
    left, right, y = box["x"] + 46, box["x"] + box["width"] - 10, box["y"] + 60
    page.mouse.move(left + start * (right - left), y)
    page.mouse.down()
    page.mouse.move(left + end * (right - left), y, steps=5)
    page.mouse.up()
    expect(page.locator(".pg-curves .pg-note")).to_contain_text("You look back.")


def test_it_plays_steps_rewinds_and_branches(page: Page, offline_app: App) -> None:
    page.goto(f"{offline_app.url}/playground")
    assert_shows(page, 0)
    press(page, "+1 batch")
    assert_shows(page, 1)
    press(page, "+1 epoch")
    assert_shows(page, 25)
    paused = play_on(page)
    assert_shows(page, paused)
    said = f"Epoch {trained(paused).epoch:.1f}, loss in training {trained(paused).train_loss:.3f}"
    expect(page.locator(".pg-said")).to_contain_text(said)
    press(page, "+1 batch")  # the server is where the screen is, though it had been ahead
    assert_shows(page, paused + 1)

    # Back along the curves, with the mouse and with keys.
    drag_along(page, 0.9, 0.4)
    back = step(page)
    assert 25 < back < paused
    assert_shows(page, back)
    curves = page.get_by_role("slider", name="Moment of the training")
    curves.press("Home")
    assert_shows(page, 0)
    curves.press("ArrowRight")
    assert_shows(page, 1)
    expect(curves).to_have_attribute("aria-valuetext", re.compile("^Epoch 0.0, training loss"))
    press(page, "To the newest")
    assert_shows(page, paused + 1)

    # On from there; the curve that was stays.
    drag_along(page, 0.9, 0.4)
    branched = step(page)
    expect(page.locator(".pg-curve-legend")).not_to_contain_text("before")
    press(page, "Go on from here")
    wait_for_step(page, branched + 100)
    press(page, "Pause")
    assert_shows(page, step_at_rest(page))
    expect(page.locator(".pg-curve-legend")).to_contain_text("before")

    press(page, "Again")
    assert_shows(page, 0)
    page.locator(".pg-curve").press(" ")  # the space bar plays
    wait_for_step(page, 20)
    page.locator(".pg-curve").press(" ")
    rested = step_at_rest(page)
    assert_shows(page, rested)
    curves.press("ArrowLeft")
    curves.press(" ")  # at once: what a key does when it has come to rest does not stop it again
    wait_for_step(page, rested + 2000)
    page.locator(".pg-curve").press(" ")
    assert_shows(page, step_at_rest(page))
    press(page, "New weights")
    assert_shows(page, 0, seed=1)
    expect(page).to_have_url(re.compile(r"[?&]seed=1\b"))

    # A weight is changed with keys, and what is pressed at once after it is about that weight.
    page.locator(".pg-graph").locator(".pg-node[tabindex='0']").press("ArrowLeft")
    handle = page.locator(".pg-handle")
    index = int(handle.get_attribute("data-index") or "")
    handle.press("+")
    handle.press("+")
    press(page, "+1 batch")
    training = begun(seed=1)
    training.edit(index, float(training.snapshot().parameters[index]) + 0.2)
    training.train(1)
    assert_is(page, training.snapshot())
