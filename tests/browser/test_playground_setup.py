"""What the Playground is set to: lessons, addresses, tables, and what is taken along."""

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from nn.plane.training import PlaneTraining
from ui.playground.setup_address import read
from ui.playground.training_points import points_of

TABLE = "x; y; label\n" + "\n".join(
    f"{x / 4:g}; {y / 4:g}; {'in' if x * x + y * y < 60 else 'out'}"
    for x in range(-16, 17, 4)
    for y in range(-16, 17, 4)
)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def number_after(page, words):
    """A number that the player shows behind these words."""
    text = page.locator(".pg-transport-place").inner_text()
    found = re.search(rf"{words}\s*([\d.]+)", " ".join(text.split()))
    assert found is not None, text
    return float(found[1])


def first_loss(url):
    """The training loss before the first step of what an address asks for."""
    setup, notices = read(dict(parse_qsl(urlsplit(url).query)).get)
    assert notices == []
    train, test = points_of(setup)
    training = PlaneTraining(setup.arm, (train.x, train.targets), (test.x, test.targets))
    return training.snapshot().train_loss


def test_a_lesson_is_played_and_leads_on_and_out(offline_app, page):
    page.goto(f"{offline_app.url}/playground?lesson=straight_line")
    lesson = page.locator(".st-key-playground_lesson")
    expect(lesson.get_by_text("Goal:")).to_be_visible()
    expect(lesson.get_by_text("test loss below 0.05 without a hidden layer.")).to_be_visible()
    button(page, "Play").click()
    expect(lesson.get_by_text("Reached:")).to_be_visible()
    button(page, "Next").click()
    expect(page).to_have_url(re.compile(r"lesson=straight_line&step=2$"))
    expect(lesson.get_by_text("Now a disc in a ring")).to_be_visible()
    expect(page.locator(".pg-epoch")).to_have_text(re.compile(r"^Epoch 0\.0"))
    expect(button(page, "Play")).to_be_visible()  # there is something to read first
    page.go_back()
    expect(lesson.get_by_text("Two clouds of points")).to_be_visible()
    button(page, "Leave").click()
    expect(lesson).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/playground$"))
    what_was_chosen_in_a_closed_box_does_not_come_back(page)


def what_was_chosen_in_a_closed_box_does_not_come_back(page):
    button(page, "More").click()
    hidden = page.get_by_role("textbox", name="Hidden layers")
    hidden.fill("5")
    hidden.press("Enter")
    expect(page).to_have_url(re.compile(r"layers=5$"))
    page.keyboard.press("Escape")
    expect(hidden).to_have_count(0)
    button(page, "One neuron more in layer 1").click()
    expect(page).to_have_url(re.compile(r"layers=6$"))
    expect(button(page, "Neuron 6 of layer 1")).to_be_visible()
    button(page, "+1 epoch").click()
    expect(page.locator(".pg-transport-place")).to_contain_text(re.compile(r"Epoch\s*1\.0"))
    expect(page).to_have_url(re.compile(r"layers=6$"))


@pytest.fixture
def taken(page, tmp_path):
    """Downloads what a button gives, as text."""

    def take(name):
        with page.expect_download() as waiting:
            button(page, name).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    return take


def test_an_address_a_table_and_what_is_taken_along(offline_app, page, taken):
    page.goto(f"{offline_app.url}/playground")
    button(page, "Open an address").click()
    box = page.get_by_role("textbox", name="Address of TensorFlow Playground")
    box.fill(
        "https://playground.tensorflow.org/#dataset=gauss&networkShape=3&learningRate=0.1&seed=0.5"
    )
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"data=gauss&draw=\d+&layers=3&rate=0.1&seed="))
    # The box closes, and what is said of the address lies over nothing.
    expect(box).to_be_hidden()
    page.get_by_text("Compare with another").click(trial=True)
    button(page, "Got it").click()
    button(page, "Your own").click()
    page.get_by_role("textbox", name="Table").fill(TABLE)
    button(page, "Use these points").click()
    expect(page.get_by_role("textbox", name="Table")).to_be_hidden()
    expect(page.get_by_text("81 points. Two classes: in is -1, out is +1.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"data=own"))
    expect(page.get_by_text("40 training points")).to_be_visible()
    expect(page.locator(".pg-transport-place")).to_contain_text(f"{first_loss(page.url):.4f}")
    for _ in range(3):
        epoch = number_after(page, "Epoch")
        button(page, "+1 epoch").click()
        expect(page.locator(".pg-transport-place")).to_contain_text(
            re.compile(rf"Epoch\s*{epoch + 1:.1f}")
        )
    page.get_by_text("Take it along").click()
    code: dict = {"__name__": "taken_along"}
    exec(taken("NumPy code").read_text(encoding="utf-8"), code)
    _, train_loss, test_loss = code["train"]()
    assert code["EPOCHS"] == 3
    assert number_after(page, "Training loss") == pytest.approx(train_loss, abs=1e-4)
    assert number_after(page, "Test loss") == pytest.approx(test_loss, abs=1e-4)
    saved = taken("Weights and points")
    given = json.loads(saved.read_text(encoding="utf-8"))
    setup, notices = read(given["setup"].get)
    assert notices == []
    assert (setup.data, setup.arm.hidden, len(setup.own.points)) == ("own", (3,), 81)
    # Opened on a page that shows something else, it is as it was.
    page.get_by_role("radio", name="Exclusive or").click()
    expect(page).to_have_url(re.compile(r"data=xor"))
    page.locator(".st-key-playground_saved_file input[type=file]").set_input_files(saved)
    expect(page).to_have_url(re.compile(r"data=own"))
    expect(page.locator(".pg-transport-place")).to_contain_text(f"{test_loss:.4f}")
