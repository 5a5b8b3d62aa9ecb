"""The chart of probabilities says which class won, on an axis that never moves."""

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures import probabilities as chart

DIGITS = [str(digit) for digit in range(10)]


def probabilities_figure(*arguments):
    """Plotly's own figure, which refuses what it doesn't know."""
    return go.Figure(chart.probabilities_figure(*arguments))


def bars(figure):
    return figure.data[0]


def test_every_class_has_its_bar_in_percent():
    probabilities = np.array([0.05, 0.15, 0.8], np.float32)
    figure = probabilities_figure(probabilities, ["cat", "dog", "hen"])
    np.testing.assert_allclose(bars(figure).x, [5, 15, 80], rtol=1e-6)
    assert list(bars(figure).customdata) == ["cat", "dog", "hen"]


def test_axis_is_always_zero_to_a_hundred_percent():
    for probabilities in (None, np.full(10, 0.1), np.eye(10)[3]):
        figure = probabilities_figure(probabilities, DIGITS)
        assert tuple(figure.layout.xaxis.range) == (0, 100)


def test_predicted_class_is_marked_without_colour_alone():
    figure = probabilities_figure(np.array([0.1, 0.7, 0.2]), ["a", "b", "c"])
    assert list(figure.layout.yaxis.ticktext) == ["a", "<b>b</b>", "c"]
    assert bars(figure).text[1] == "<b>70.0\xa0%</b>"
    assert bars(figure).marker.opacity[1] > max(bars(figure).marker.opacity[::2])


def test_first_class_stands_on_top():
    top_of_axis = probabilities_figure(np.full(10, 0.1), DIGITS).layout.yaxis.range[1]
    assert top_of_axis < 0


def test_nearly_certain_is_not_written_as_certain():
    figure = probabilities_figure(np.array([0.99999, 0.00001]), ["a", "b"])
    assert bars(figure).text[0] == "<b>>99.9\xa0%</b>"
    assert bars(figure).text[1] == ""
    certain = probabilities_figure(np.array([1, 0], np.float32), ["a", "b"])
    assert list(bars(certain).hovertext) == [">99.9\xa0%", "<0.1\xa0%"]


def test_without_an_image_the_frame_stands_there_with_nothing_marked():
    figure = probabilities_figure(None, DIGITS)
    assert not np.any(bars(figure).x)
    assert not any(bars(figure).text)
    assert list(figure.layout.yaxis.ticktext) == DIGITS


def test_title_and_axes_are_named():
    layout = probabilities_figure(None, DIGITS).layout
    assert layout.title.text
    assert layout.xaxis.title.text
    assert layout.yaxis.title.text


def test_more_classes_get_a_taller_chart():
    letters = [chr(ord("A") + index) for index in range(26)]
    assert (
        probabilities_figure(None, letters).layout.height
        > probabilities_figure(None, DIGITS).layout.height
    )


def test_one_label_per_class_is_needed():
    with pytest.raises(ValueError, match="labels must hold one text per class, 3, got 10"):
        probabilities_figure(np.full(3, 1 / 3), DIGITS)
