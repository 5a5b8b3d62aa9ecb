"""A rectangle on the picture says which part to read: drawn with mouse or finger, or by keys."""

import io
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import App
from tests.browser.test_story import STAYS


def test_mouse_keyboard_and_finger_choose_a_part(
    offline_app: App, phone: Page, tmp_path: Path
) -> None:
    (tmp_path / "two.png").write_bytes(_one_and_zero())
    phone.goto(f"{offline_app.url}/draw")
    from_a_file = phone.get_by_role("radio", name="From a file")
    from_a_file.click()
    expect(from_a_file).to_be_checked()
    phone.locator('input[type="file"]').set_input_files(tmp_path / "two.png")
    read = phone.locator(".st-key-answer h2")
    expect(read).to_have_text("10")
    marks = phone.locator(".part-mark span")
    expect(marks).to_have_text(["1", "0"])

    picture = phone.get_by_role("application", name="Your picture")
    _let_it_stand(picture)
    phone.mouse.move(*_place(picture, 0.05, 0.05))
    phone.mouse.down()
    phone.mouse.move(*_place(picture, 0.5, 0.95), steps=3)
    phone.mouse.up()
    expect(read).to_have_text("1")
    expect(marks).to_have_text(["1"])
    rectangle = phone.locator(".part-chosen")
    expect(rectangle).to_be_visible()
    expect(picture).to_have_accessible_name(
        "Your picture. Read is the part from 5 % to 50 % across, 5 % to 95 % down."
    )

    picture.focus()
    for _ in range(22):
        phone.keyboard.press("ArrowRight")
    expect(read).to_have_text("0")
    phone.keyboard.press("Escape")
    expect(read).to_have_text("10")
    expect(rectangle).to_be_hidden()

    _let_it_stand(picture)
    _swipe(phone, _place(picture, 0.55, 0.9), _place(picture, 0.98, 0.1))
    expect(read).to_have_text("0")
    wait_for(phone, "JSON.parse(sessionStorage.getItem('kept_picture'))?.part?.[0] > 0.5")
    phone.reload()
    expect(read).to_have_text("0")
    expect(from_a_file).to_be_checked()
    expect(rectangle).to_be_visible()
    phone.get_by_role("button", name="Whole picture").click()
    expect(read).to_have_text("10")
    expect(rectangle).to_be_hidden()


def _one_and_zero() -> bytes:
    image = Image.new("RGB", (400, 300), "white")
    pen = ImageDraw.Draw(image)
    pen.line((110, 70, 110, 230), fill="black", width=16)
    pen.ellipse((250, 70, 340, 230), outline="black", width=16)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _let_it_stand(picture: Locator) -> None:
    """Its answer, which comes first, may still move it."""
    state = picture.page.get_by_test_id("stApp")
    expect(state).to_have_attribute("data-test-script-state", "notRunning")
    picture.scroll_into_view_if_needed()
    picture.evaluate(STAYS)


def _place(picture: Locator, across: float, down: float) -> tuple[float, float]:
    box = picture.bounding_box()
    assert box
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def _swipe(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    touch = page.context.new_cdp_session(page)
    for step in range(5):
        x, y = ((a * (4 - step) + b * step) / 4 for a, b in zip(start, end, strict=True))
        kind = "touchMove" if step else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
