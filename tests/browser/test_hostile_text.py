"""What strangers put into links, model files and run folders makes no links or pictures here."""

import io
import json
import re
import shutil
from urllib.parse import urlencode

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import expect

import nn
from benchmarks.chromium import wait_for
from nn.runs import RunWriter
from tests.browser.conftest import go_within

EVIL = (
    "[Click](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "<http://evil.example>",
    "http://evil.example",
    "www.evil.example",
    "a@evil.example",
    '<a href="http://evil.example">Click</a>',
    "**# big** :red[alarm] $x$",
    "`",
    "|",
)
"""Ten names of classes."""

ALL_IS_DRAWN = """
document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning"
  && [...document.querySelectorAll(".live-chart")].every(chart => chart.querySelector(".main-svg"))
"""


def as_shown(text):
    """A pattern for a text in which signs without width stand."""
    return re.compile("\u2060?".join(map(re.escape, text)))


def expect_harmless(page):
    """No link or picture but the app's own."""
    # Charts are drawn last, and their links are SVG ones.
    wait_for(page, ALL_IS_DRAWN)
    expect(page.locator('a[href*="evil"], img[src*="evil"]')).to_have_count(0)
    assert (
        page.evaluate(
            "[...document.querySelectorAll('svg a')].map(a => a.getAttributeNS("
            "'http://www.w3.org/1999/xlink', 'href')).filter(Boolean)"
        )
        == []
    )


@pytest.fixture
def hostile_run(offline_app):
    """A folder made by somebody who means ill: settings, events and model."""
    folder = offline_app.folder / "runs" / "hostile"
    config = {
        "dataset": EVIL[0],
        "hidden": [EVIL[1]],
        "activation": EVIL[3],
        "optimizer": EVIL[6],
    }
    with RunWriter(folder, config) as writer:
        writer.write("started", dataset="mnist")
        writer.write("failed", message=" ".join(EVIL))
    metadata = {"dataset": EVIL[0], "labels": json.dumps(EVIL)}
    network = nn.Network.mlp([784, 10], metadata=metadata)
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][0] = 3  # its answer is always the first class
    nn.save(network, folder / "model.safetensors")
    yield folder.name
    shutil.rmtree(folder)


def test_all_is_shown_as_it_is(offline_app, page, hostile_run):
    a_link_is_shown_as_it_is(offline_app, page)
    a_run_is_shown_as_it_is(page, hostile_run)
    a_model_in_a_notice_is_shown_as_it_is(page, hostile_run)
    labels_are_shown_as_they_are(page, hostile_run)


def a_link_is_shown_as_it_is(offline_app, page):
    given = {
        "model": "# big [Click](http://evil.example)",
        "data": "[Click here](http://evil.example)",
        "true": "![x](http://evil.example/evil.png)",
    }
    page.goto(f"{offline_app.url}/evaluate?{urlencode(given)}")
    for text in given.values():
        expect(page.get_by_role("alert").filter(has_text=text)).to_have_count(1)
    expect_harmless(page)


def a_run_is_shown_as_it_is(page, hostile_run):
    go_within(page, f"/train?run={hostile_run}")
    expect(page.get_by_text("The training failed")).to_have_text(
        as_shown("The training failed: " + " ".join(EVIL))
    )
    title = page.locator("p", has=page.locator("strong"), has_text="Failed")
    for index in (0, 3, 6):
        expect(title).to_contain_text(as_shown(EVIL[index]))
    expect_harmless(page)


def a_model_in_a_notice_is_shown_as_it_is(page, hostile_run):
    go_within(page, f"/evaluate?model={hostile_run}&data=Small digits (built in)")
    expect(page.get_by_role("heading", name="Confusion matrix")).to_be_visible()
    expect_harmless(page)


def labels_are_shown_as_they_are(page, hostile_run):
    go_within(page, f"/draw?model={hostile_run}")
    for label in EVIL:
        expect(page.locator("svg").get_by_text(label, exact=True)).to_be_visible()
    page.get_by_role("radio", name="From a file").click()
    picture = io.BytesIO()
    ImageOps.expand(Image.new("L", (20, 60), "white"), 40).save(picture, format="png")
    file = {"name": "a.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.locator('input[type="file"]').set_input_files(file)
    expect(page.get_by_role("heading", level=2)).to_have_text(as_shown(EVIL[0]))
    expect_harmless(page)
