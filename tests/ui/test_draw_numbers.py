"""The Draw page reads numbers of several digits, with models of digits."""

import json

import numpy as np
import pytest

from tests.ui.draw_page import a_drawing, a_number, component, draw_page, marks, seen, words


def test_number_is_answered_as_one(ship):
    ship(always="7")
    app = draw_page(a_number())
    assert [header.value for header in app.header] == ["777"]
    # All three must be right, each as sure as a single one.
    sure = f"777, {100 * (np.exp(5) / (np.exp(5) + 9)) ** 3:.1f} % sure"
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
