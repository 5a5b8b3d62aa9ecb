"""The browser's half of the live chart, alone on a page that stands in for Streamlit."""

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.lone_chart import DARK, LIGHT, Chart, Site, heatmap, line
from tests.browser.serving import serve
from ui.figures.confusion import confusion_figure


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve(Site) as address:
        yield address


@pytest.fixture
def chart(page, site) -> Chart:
    return Chart(page, site)


def test_a_chart_that_is_coloured_grows_is_clicked_and_saved(chart):
    colours_follow_the_theme(chart)
    the_chart_is_saved_as_a_picture_on_white_in_any_theme(chart)  # it is dark now
    chart.theme(LIGHT)
    chart_grows_in_place_and_keeps_the_zoom(chart)
    every_click_on_a_cell_arrives(chart)
    a_picture_says_what_it_is_of(chart)
    the_picture_of_a_large_matrix_follows_what_is_shown(chart)


def colours_follow_the_theme(chart):
    def colours() -> tuple[str, str]:
        text = chart.page.locator(".live-chart .xtick text").first
        scale = "document.querySelector('.live-chart')._fullData[0].colorscale.map(c => c[1])"
        return text.evaluate("element => element.style.fill"), chart.page.evaluate(scale)

    chart.show(heatmap())
    assert colours() == ("rgb(10, 10, 10)", ["#ffffff", "#ff0000"])
    chart.theme(DARK)
    chart.show(heatmap())
    chart.page.wait_for_function(
        "document.querySelector('.live-chart .xtick text').style.fill === 'rgb(250, 250, 250)'"
    )
    assert colours() == ("rgb(250, 250, 250)", ["#000000", "#00ff00"])


def the_chart_is_saved_as_a_picture_on_white_in_any_theme(chart):
    chart.show(heatmap(), clicks=True, picture="my-matrix")
    shown = chart.layout("paper_bgcolor")
    with chart.page.expect_download() as download:
        chart.page.get_by_role("button", name="Picture", exact=True).click()
    assert download.value.suggested_filename == "my-matrix.png"
    picture = Image.open(download.value.path())
    assert picture.format == "PNG"
    assert picture.size == (2 * 600, 2 * 300)
    assert picture.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
    # Nothing of it on the page.
    assert chart.layout("paper_bgcolor") == shown
    assert chart.page.evaluate("window.clicks") == []


def chart_grows_in_place_and_keeps_the_zoom(chart):
    chart.show(line(20))
    chart.page.evaluate(
        "() => { window.drawn = document.querySelector('.live-chart svg.main-svg'); }"
    )
    box = chart.plot()
    mouse = chart.page.mouse
    mouse.move(box["x"] + 100, box["y"] + 30)
    mouse.down()
    mouse.move(box["x"] + 300, box["y"] + 120, steps=4)
    mouse.up()
    chart.page.wait_for_function(
        "document.querySelector('.live-chart')._fullLayout.xaxis.autorange === false"
    )
    zoomed = chart.layout("xaxis.range"), chart.layout("yaxis.range")
    for n in (30, 40):
        chart.show(line(n))
    assert (chart.layout("xaxis.range"), chart.layout("yaxis.range")) == zoomed
    assert chart.page.evaluate("window.drawn.isConnected")
    assert chart.requests.count("app/static/plotly.min.js") == 1


def every_click_on_a_cell_arrives(chart):
    chart.show(heatmap(), clicks=True)
    box = chart.plot()
    for _ in range(2):
        count = chart.page.evaluate("window.clicks.length")
        chart.page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75)
        chart.page.wait_for_function("n => window.clicks.length === n", arg=count + 1)
    (name, first), (_, second) = chart.page.evaluate("window.clicks")
    assert name == "click"
    assert first == second == {"x": 1, "y": 0}


def a_picture_says_what_it_is_of(chart):
    chart.show(heatmap(), clicks=True, picture="plain")
    button = chart.page.get_by_role("button", name="Picture", exact=True)
    with chart.page.expect_download() as plain:
        button.click()
    chart.show(heatmap(), clicks=True, picture="named", heading=["a model", "of two lines"])
    with chart.page.expect_download() as named:
        button.click()
    before, after = (
        np.asarray(Image.open(one.value.path()).convert("L")) for one in (plain, named)
    )
    more = len(after) - len(before)
    assert more == 2 * 2 * 24
    np.testing.assert_array_equal(after[-400:], before[-400:])  # all of the chart is there
    assert (after[: more + 60] < 128).sum() > (before[:60] < 128).sum() + 500  # and the words


def the_picture_of_a_large_matrix_follows_what_is_shown(chart):
    labels = [f"a long name {letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    matrix = np.eye(26, dtype=int) * 50
    matrix[3, 20] = 40
    chart.page.evaluate("() => { document.getElementById('host').style.width = '350px'; }")

    def picture(hide_diagonal: bool) -> Image.Image:
        figure = confusion_figure(matrix, labels, hide_diagonal=hide_diagonal)
        chart.show(figure, clicks=True, picture="large")
        with chart.page.expect_download() as download:
            chart.page.get_by_role("button", name="Picture", exact=True).click()
        return Image.open(download.value.path()).convert("L")

    whole, mistakes = picture(hide_diagonal=False), picture(hide_diagonal=True)
    assert whole.size == mistakes.size == (2 * 350, 2 * 300)
    assert np.asarray(mistakes).mean() > np.asarray(whole).mean()


def test_scripts_can_be_loaded_before_there_is_any_chart(chart):
    script, widget = "app/static/plotly.min.js", "static/js/Slider.js"
    with chart.page.expect_response(f"**/{widget}"):
        chart.page.evaluate("data => { show(data); }", {"plotly": script, "scripts": [widget]})
    chart.page.wait_for_function("window.Plotly !== undefined")
    expect(chart.page.locator(".live-chart")).to_have_count(0)
    chart.show(line(3))
    assert chart.requests.count(script) == 1


def test_from_the_first_figure_to_leaving_the_page(chart):
    the_button_comes_and_goes_with_what_it_saves(chart)
    screen_readers_get_the_text(chart)
    screen_readers_get_the_points_too_where_there_is_a_table(chart)
    a_figure_that_is_there_is_not_drawn_again(chart)
    width_follows_the_page(chart)
    a_finger_on_the_chart_scrolls_the_page(chart)
    an_overtaken_figure_leaves_the_chart_alone(chart)
    leaving_the_page_cleans_up(chart)


def the_button_comes_and_goes_with_what_it_saves(chart):
    button = chart.page.get_by_role("button", name="Picture", exact=True)
    chart.show(line(3), picture="squares")
    chart.show(line(4), picture="squares")
    expect(button).to_have_count(1)
    chart.show(line(5))
    expect(button).to_have_count(0)


def screen_readers_get_the_text(chart):
    chart.show(line(3), alt="Squares of 0 to 2.")
    expect(chart.page.get_by_role("img", name="Squares of 0 to 2.")).to_be_visible()


def screen_readers_get_the_points_too_where_there_is_a_table(chart):
    figure = line(3)
    figure["data"][0] |= {"name": "a &lt; b", "customdata": [[0, 1], [1, -1e-7], [2, 0.123456]]}
    figure["data"].append({"type": "scatter", "x": [0], "y": [None], "name": "gap"})
    figure["data"].append({"type": "scatter", "x": [0], "y": [5], "hoverinfo": "skip"})
    figure["layout"] |= {"xaxis": {"title": {"text": "Step"}}, "yaxis": {"title": {"text": "Loss"}}}
    height = "document.body.scrollHeight"
    chart.show(line(4))
    before = chart.page.evaluate(height)
    expect(chart.page.get_by_role("table")).to_have_count(0)
    chart.show(line(5), alt="Squares.", table=True)
    chart.show(figure, alt="Losses.", table=True)
    expect(chart.page.get_by_role("table")).to_have_count(1)
    table = chart.page.get_by_role("table", name="Losses.")
    expect(table.get_by_role("columnheader")).to_have_text(["Line or mark", "Step", "Loss"])
    cells = table.get_by_role("cell")
    expect(cells).to_have_text(["a < b", "0", "1", "a < b", "1", "−1e−7", "a < b", "2", "0.1235"])
    assert chart.page.evaluate(height) == before
    below = """() => {
      const host = document.getElementById("host");
      Object.assign(host.style, { position: "relative", overflow: "auto" });
      const pixels = host.scrollHeight - host.clientHeight;
      Object.assign(host.style, { position: "", overflow: "" });
      return pixels;
    }"""
    assert chart.page.evaluate(below) == 0  # nothing to scroll to


def a_figure_that_is_there_is_not_drawn_again(chart):
    chart.show(line(5))
    chart.page.evaluate(
        """() => {
          window.drawings = 0;
          document.querySelector(".live-chart").on("plotly_afterplot", () => drawings++);
        }"""
    )
    chart.show(line(5))
    chart.show(line(6))
    chart.page.wait_for_function("window.drawings > 0")
    assert chart.page.evaluate("window.drawings") == 1


def width_follows_the_page(chart):
    chart.show(line(5))
    assert chart.layout("width") == 600
    chart.page.evaluate("() => { document.getElementById('host').style.width = '350px'; }")
    chart.page.wait_for_function("document.querySelector('.live-chart')._fullLayout.width === 350")


def a_finger_on_the_chart_scrolls_the_page(chart):
    chart.show(line(5))
    prevented = chart.page.evaluate(
        """() => {
          const event = new Event("touchstart", { bubbles: true, cancelable: true });
          document.querySelector(".live-chart .nsewdrag").dispatchEvent(event);
          return event.defaultPrevented;
        }"""
    )
    assert prevented is False


def an_overtaken_figure_leaves_the_chart_alone(chart):
    chart.show(line(5))
    chart.page.evaluate("cleanUp()")
    assert chart.page.locator(".live-chart svg.main-svg").count() > 0


def leaving_the_page_cleans_up(chart):
    chart.show(line(5))
    left = chart.page.evaluate(
        """() => {
          const element = document.querySelector(".live-chart");
          document.getElementById("host").remove();
          cleanUp();
          return element.data === undefined && element.childElementCount === 0;
        }"""
    )
    assert left


def test_height_is_there_before_the_script_whose_lack_is_told_until_it_comes(chart):
    chart.page.evaluate(
        "() => { show({figure: '{}', height: 300, alt: '', clicks: false, plotly: 'missing'}); }"
    )
    assert chart.page.locator("#host").bounding_box()["height"] == 300
    message = chart.page.get_by_text("could not be loaded")
    expect(message).to_be_visible()
    chart.show(line(3))
    expect(message).to_have_count(0)


def test_a_surface_that_leaves_while_it_is_drawn_listens_no_more(chart):
    chart.show(line(3))
    listening = chart.page.evaluate(
        """async (data) => {
          const { addEventListener: add, removeEventListener: remove } = window;
          let listening = 0;
          window.addEventListener = (type, ...more) => {
            listening += type === "popstate";
            add.call(window, type, ...more);
          };
          window.removeEventListener = (type, ...more) => {
            listening -= type === "popstate";
            remove.call(window, type, ...more);
          };
          const { react } = window.Plotly;
          const begun = new Promise((begins) => {
            window.Plotly.react = (...drawing) => {
              begins();
              return new Promise((done) => setTimeout(done)).then(() => react(...drawing));
            };
          });
          const cleanUp = show(data);
          await begun;
          document.getElementById("host").remove();
          cleanUp();
          await new Promise((done) => setTimeout(done, 100));
          return listening;
        }""",
        {
            "figure": '{"data": [{"type": "scatter", "y": [1, 2]}], "layout": {"scene": {}}}',
            "height": 300,
            "alt": "",
            "eye": {"x": 1, "y": 1, "z": 1},
            "plotly": "app/static/plotly.min.js?v=1",
        },
    )
    assert listening == 0
