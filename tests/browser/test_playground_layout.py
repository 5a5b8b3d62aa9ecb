"""Where the Playground's parts stand: the graph and the plane in sight, with nothing over them."""

import re

from playwright.sync_api import Page, expect

from benchmarks.chromium import wait_for
from tests.browser.conftest import App, go_within, is_as_wide_as_the_screen

# The bottom of each of these in the window.
BOTTOMS = """(selectors) => selectors.map((selector) => {
  const found = [...document.querySelectorAll(selector)];
  return Math.max(...found.map((one) => one.getBoundingClientRect().bottom));
})"""


def bottoms(page: Page, *selectors: str) -> list[float]:
    found: list[float] = page.evaluate(BOTTOMS, list(selectors))
    return found


def test_where_all_stands_with_one_network_and_with_two(page: Page, offline_app: App) -> None:
    page.goto(f"{offline_app.url}/playground?data=plane&rate=10&act=linear")
    that_numbers_ran_away_moves_nothing(page)
    page.get_by_text("Compare with another").click()
    numbers_of_two_networks_stand_in_columns(page)
    that_numbers_ran_away_moves_nothing(page)
    go_within(page, "/playground?lesson=overfitting")
    the_whole_network_is_in_sight(page)


def the_whole_network_is_in_sight(page: Page) -> None:
    all_is_in_sight(page)
    page.get_by_role("button", name="Leave", exact=True).click()
    expect(page.locator(".st-key-playground_lesson")).to_have_count(0)
    for neuron in range(5, 9):
        page.get_by_role("button", name="One neuron more in layer 1").click()
        expect(page.get_by_role("button", name=f"Neuron {neuron} of layer 1")).to_be_visible()
    all_is_in_sight(page)
    how_two_neurons_bend_the_plane_is_in_sight_at_once(page)


def all_is_in_sight(page: Page) -> None:
    expect(page.get_by_role("button", name="Neuron 8 of layer 1")).to_be_visible()
    nodes, legend, plane = bottoms(page, ".pg-node", ".pg-graph-legend", ".pg-plane")
    assert nodes < legend < 900
    assert plane < 900
    words = page.locator(".pg-details-place").bounding_box()
    assert words is not None
    assert words["y"] >= legend


def how_two_neurons_bend_the_plane_is_in_sight_at_once(page: Page) -> None:
    first = page.get_by_role("button", name="Neuron 1 of layer 1")
    first.click()
    before = bottoms(page, ".pg-tools-place", ".pg-sheet", ".pg-curve")
    page.get_by_role("button", name="Bend the plane").click()
    page.get_by_role("button", name="Neuron 2 of layer 1").click()
    bent = page.get_by_role("img", name="The plane's grid")
    expect(bent).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("over the plane")).to_be_hidden()
    assert bottoms(page, ".pg-tools-place", ".pg-sheet", ".pg-curve") == before
    # Who paints sees where.
    page.get_by_role("button", name="Paint", exact=True).click()
    expect(page.get_by_label("over the plane")).to_be_visible()
    expect(bent).to_be_hidden()


def that_numbers_ran_away_moves_nothing(page: Page) -> None:
    play = page.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_enabled()
    expect(page.locator(".pg-plane").first).to_be_visible()
    expect(page.get_by_role("slider", name="Learning rate")).to_be_visible()
    expect(page.get_by_role("radio", name="Circle")).to_be_visible()
    parts = (".pg-plane", ".pg-sheet", ".pg-details-place", ".pg-curve")
    before = bottoms(page, *parts)
    play.click()
    back = page.get_by_role("button", name="Back to step")
    expect(back).to_be_visible()
    assert bottoms(page, *parts) == before
    back.click()
    expect(back).to_be_hidden()


def numbers_of_two_networks_stand_in_columns(page: Page) -> None:
    expect(page.get_by_text("B is like A until changed.")).to_be_visible()
    lines = page.locator(".pg-losses")
    expect(lines).to_have_count(2)
    places = [
        [box["x"] for box in (part.bounding_box() for part in line.locator("b").all()) if box]
        for line in lines.all()
    ]
    assert places[0] == places[1]
    graphs = [graph.bounding_box() for graph in page.locator(".pg-sheet").all()]
    assert all(graph and graph["y"] < 900 for graph in graphs)
    # Of what there is to choose from, each has a frame that is whole.
    tiles = page.locator('.st-key-playground_set [aria-checked="false"]')
    frames = tiles.evaluate_all("(all) => all.map((one) => getComputedStyle(one).borderColor)")
    assert len(frames) > 10
    assert len(set(frames)) == 1
    # What plays them, both surfaces and the curves are in sight together.
    assert max(bottoms(page, ".pg-play", ".pg-plane", ".pg-curve")) < 900


def test_a_phone_has_the_picture_first_and_its_keys_go_the_way_that_is_seen(
    phone: Page, offline_app: App
) -> None:
    phone.goto(f"{offline_app.url}/playground?noise=99")
    play = phone.get_by_role("button", name="Play", exact=True)
    expect(play).to_be_enabled()
    # A notice covers nothing of what is above.
    notice = phone.locator(".st-key-playground_told").element_handle()
    compare = phone.get_by_text("Compare with another").element_handle()
    is_below = """([a, b]) =>
        a.getBoundingClientRect().top > b.getBoundingClientRect().bottom"""
    wait_for(phone, is_below, arg=[notice, compare])
    phone.get_by_role("button", name="Got it").tap()
    expect(phone.get_by_role("button", name="Got it")).to_be_hidden()
    # What is drawn anew loses the focus.
    expect(phone.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    assert is_as_wide_as_the_screen(phone)
    expect(phone).to_have_title("Playground · scratch-nn")
    phone.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    the_picture_comes_before_the_settings(phone)

    phone.get_by_role("button", name="A set-up that learns this").focus()
    phone.keyboard.press("Tab")
    expect(play).to_be_focused()
    phone.get_by_text("All weights and biases").focus()
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("slider", name="Learning rate")).to_be_focused()

    # The surface of what is tapped is in sight though the plane has gone.
    phone.get_by_role("button", name="Neuron 2 of layer 1").tap()
    copy = phone.locator(".pg-details-copy")
    expect(copy).to_be_in_viewport(ratio=1)


def the_picture_comes_before_the_settings(phone: Page) -> None:
    height = phone.viewport_size["height"] if phone.viewport_size else 0
    play = phone.get_by_role("button", name="Play", exact=True)
    place, settings = play.bounding_box(), phone.get_by_text("Learning rate").bounding_box()
    assert place is not None
    assert settings is not None
    assert place["y"] + place["height"] <= height
    assert settings["y"] > bottoms(phone, ".pg-sheet")[0]

    # Nothing moves where Play becomes Pause, and speeds become bold.
    before = bottoms(phone, ".pg-steps", ".pg-starts", ".pg-plane")
    for name in ("Play", "Full", "Slow", "Pause"):
        phone.get_by_role("button", name=name, exact=True).tap()
        expect(phone.locator(".pg-play")).to_have_text(
            re.compile("Play" if name == "Pause" else "Pause")
        )
        assert bottoms(phone, ".pg-steps", ".pg-starts", ".pg-plane") == before
