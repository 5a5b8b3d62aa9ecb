"""The chart of a number has a row for each digit and marks what each is read as."""

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures import number
from ui.figures.probabilities import probabilities_figure

DIGITS = [str(digit) for digit in range(10)]
TWENTY = np.array(
    [[0, 0, 0.93, 0.06, 0, 0, 0, 0.01, 0, 0], [0.999, 0, 0, 0, 0, 0, 0.001, 0, 0, 0]], np.float32
)


def number_figure(*arguments):
    """Plotly's own figure, which refuses what it doesn't know."""
    return go.Figure(number.number_figure(*arguments))


def texts(figure):
    """What stands in the cells, by row and column, without the empty ones."""
    text = figure.data[1]
    assert all(text.text)  # an empty one would keep Plotly from ever showing a number there
    cells = zip(text.y, text.x, text.text, strict=True)
    return {(y, x): words for y, x, words in cells if words.strip()}


def test_every_cell_holds_its_probability():
    figure = number_figure(TWENTY, DIGITS)
    np.testing.assert_allclose(figure.data[0].z, TWENTY)
    assert (figure.data[0].zmin, figure.data[0].zmax) == (0, 1)


def test_whole_percents_stand_in_the_cells_and_hardly_any_is_left_out():
    assert texts(number_figure(TWENTY, DIGITS)) == {
        (0, 2): "<b>93</b>",
        (0, 3): "6",
        (0, 7): "1",
        (1, 0): "<b>>99</b>",
    }


def test_hovering_says_which_digit_and_how_much():
    hover = number_figure(TWENTY, DIGITS).data[0].hovertext
    assert hover[1][6] == "Digit 2: 6, 0.1\xa0%"


def test_answers_are_marked_without_colour_alone():
    layout = number_figure(TWENTY, DIGITS).layout
    assert list(layout.yaxis.ticktext) == ["<b>2</b>", "<b>0</b>"]
    assert [(frame.x0, frame.y0) for frame in layout.shapes] == [(1.5, -0.5), (-0.5, 0.5)]


def test_first_digit_is_on_top():
    top_of_axis = number_figure(TWENTY, DIGITS).layout.yaxis.range[1]
    assert top_of_axis < 0


@pytest.mark.parametrize("digits", [2, 4, 5])
def test_chart_is_as_high_as_that_of_a_single_digit(digits):
    figure = number_figure(np.full((digits, 10), 0.1), DIGITS)
    assert figure.layout.height == probabilities_figure(None, DIGITS)["layout"]["height"]
    assert 0 <= figure.layout.yaxis.domain[0] < 1


def test_long_numbers_make_it_higher():
    figure = number_figure(np.full((12, 10), 0.1), DIGITS)
    assert figure.layout.height > probabilities_figure(None, DIGITS)["layout"]["height"]
    assert figure.layout.yaxis.domain[0] == pytest.approx(0)


def test_title_and_axes_are_named():
    layout = number_figure(TWENTY, DIGITS).layout
    assert all([layout.title.text, layout.xaxis.title.text, layout.yaxis.title.text])


def test_labels_are_shown_and_not_read_as_html():
    labels = ["<a href='//x'>", *DIGITS[1:]]
    assert "<a" not in str(number_figure(TWENTY, labels).to_dict())


def test_another_number_of_labels_is_refused():
    with pytest.raises(ValueError, match="one text per class, 10, got 2"):
        number_figure(TWENTY, ["a", "b"])
