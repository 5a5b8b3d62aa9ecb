"""The cards of images: the most probable classes, and none that would round to nothing."""

import re

import pytest

import nn
from tests.ui.evaluate.evaluate_page import cards, page, save, words

pytestmark = pytest.mark.usefixtures("shipped")


def sure_of(path, label, bias):
    """A model that always gives this class, more surely the larger the bias."""
    save(path, always=label)
    network = nn.load(path)
    network.named_parameters()["0.bias"][label] = bias
    nn.save(network, path)


def rows(app):
    """The classes and probabilities of the first card."""
    card = cards(app)[0].split('class="card"')[1]
    return re.findall(r"<span>([^<]*)</span><span>([^<]*)</span></div><div class=\"bar\"", card)


def test_classes_of_no_probability_are_left_out_of_the_most_probable(shipped, chart):
    sure_of(shipped / "default.safetensors", 3, bias=40)
    assert rows(page(true="3", predicted="3")) == [("3", "&gt;99.9\xa0%")]
    # The true class is always told.
    assert rows(page(true="5", predicted="3")) == [("3", "&gt;99.9\xa0%"), ("5", "&lt;0.1\xa0%")]


def test_three_classes_are_told_where_there_is_doubt(shipped, chart):
    sure_of(shipped / "default.safetensors", 3, bias=3)
    told = rows(page(true="5", predicted="3"))
    assert [label for label, _ in told] == ["3", "0", "5"]


def test_a_taught_copy_is_named_beside_the_numbers_of_the_model(shipped, chart):
    save(shipped / "default.safetensors")
    app = page()
    assert "own copy" not in words(app)
    name = "taught 2 digits by you · 98.6 % of 1,000 images"
    app.session_state["taught_copy"] = "default", name
    said = words(app.run())
    assert f"Your own copy, {name}, answers on the Draw page only" in said


def test_an_image_leads_inside_where_that_page_has_the_same_images(shipped, chart):
    save(shipped / "default.safetensors", always=3)
    links = re.findall(r'href="([^"]*)"', cards(page(true="5", predicted="3"))[0])
    indices = re.findall(r"<span>#([\d,]*)</span>", cards(page(true="5", predicted="3"))[0])
    assert links == [
        f"inside?model=default&amp;image={index.replace(',', '')}" for index in indices
    ]
    assert links
    assert "href=" not in cards(page(true="5", predicted="3", part="training"))[0]
