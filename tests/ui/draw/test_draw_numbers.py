"""The Draw page reads numbers of several digits, with models of digits."""

import json

import numpy as np
import pytest

from tests.ui.draw.draw_page import (
    a_drawing,
    a_number,
    component,
    draw_page,
    line,
    marks,
    seen,
    words,
)


def test_number_is_answered_as_one(ship):
    ship(always="7")
    app = draw_page(a_number())
    assert [header.value for header in app.header] == ["777"]
    # All three must be right, each as sure as a single one.
    sure = f"777, {100 * (np.exp(5) / (np.exp(5) + 9)) ** 3:.1f}\xa0% sure"
    assert sure.split(", ")[1] in words(app)
    assert component(app, "announcement")["text"] == sure
    assert component(app, "live_chart")["alt"].endswith(f"with a row for each digit: {sure}")


def test_every_digit_of_a_number_is_explained(ship):
    ship(always="7")
    app = draw_page(a_number())
    chart = json.loads(component(app, "live_chart")["figure"])
    assert np.shape(chart["data"][0]["z"]) == (3, 10)
    assert seen(app).count('alt="Digit ') == seen(app).count("<figcaption>7<") == 3
    assert marks(app) == [("7", left) for left in (86, 186, 286)]


def test_a_digit_that_is_hardly_one_is_no_number_anywhere(ship):
    ship(always="7", max_energy=-6.0)  # that of the answers is -log(e⁵ + 9), -5.06
    app = draw_page(a_number())
    assert app.header[0].value == "???"
    assert [text for text, _ in marks(app)] == ["?"] * 3
    assert seen(app).count("<figcaption>?<") == 3


def test_too_much_for_a_number_is_told(ship):
    ship(always="7")
    app = draw_page(a_drawing([line(100)] * 61))
    assert "too much on the board for a number" in app.warning[0].value
    assert app.header[0].value == "7"
    app = draw_page(a_drawing([line(100)] * 501))
    assert "the last strokes are left out" in app.warning[0].value


def test_single_digit_has_no_marks(ship):
    ship(always="7")
    assert marks(draw_page(a_drawing())) == []


@pytest.mark.parametrize("labels", ["ABCDEFGHIJ", "01234"])
def test_other_models_read_all_strokes_as_one(ship, labels):
    ship(labels=labels, always=labels[4])
    app = draw_page(a_number())
    assert app.header[0].value == labels[4]
    assert "or a number" not in words(draw_page())
    assert seen(app).count("<img") == 1
    assert marks(app) == []


def test_a_dot_between_digits_is_a_decimal_point(ship):
    ship(always="7")
    dot = {"type": "Path", "strokeWidth": 20, "path": [["M", 150, 245], ["L", 150.1, 245]]}
    app = draw_page(a_drawing([line(100), dot, line(200)]))
    assert app.header[0].value == "7.7"
    assert [text for text, _ in marks(app)] == ["7", "7", "."]
    assert seen(app).count("<figcaption>7<") == 2
    assert "The dot is a decimal point" in app.caption[0].value
    assert component(app, "announcement")["text"].startswith("7.7, ")
    app = draw_page(a_number())
    assert "decimal point" not in app.caption[0].value
