"""What screen readers are told while one draws."""

from playwright.sync_api import expect


def test_the_answer_changes_a_live_region_that_stays(offline_app, page):
    page.goto(f"{offline_app.url}/draw")
    expect(page.get_by_text("Still empty")).to_be_visible()
    region = page.get_by_role("status")
    expect(region).to_have_text("")
    region.evaluate("element => { element.wasThereBefore = true; }")

    board = page.locator(".upper-canvas")
    expect(board).to_be_visible()
    box = board.bounding_box()
    page.mouse.move(box["x"] + 150, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 250, steps=8)
    page.mouse.up()
    expect(page.locator("img.seen")).to_be_visible()
    expect(region).to_contain_text("1, ")
    expect(region).to_contain_text("% sure")
    assert region.evaluate("element => element.wasThereBefore")

    page.get_by_role("button", name="Clear").click()
    expect(region).to_have_text("")
