"""The slider over the moments of a training, before its script has come."""

from pathlib import Path

from playwright.sync_api import Page, expect

from ui.components import moment_slider


def test_it_has_its_room_and_is_not_seen_before_its_script_has_filled_it(page: Page) -> None:
    folder = Path(moment_slider.__file__).parent
    html, css = (
        (folder / f"moment_slider.{kind}").read_text(encoding="utf-8") for kind in ("html", "css")
    )
    page.set_content(f"<style>{css}</style>{html}")
    slider = page.locator(".moment")
    expect(slider).to_be_hidden()
    empty = slider.bounding_box()
    slider.evaluate("element => element.classList.remove('moment-empty')")  # as the script does
    expect(slider).to_be_visible()
    assert slider.bounding_box() == empty
