"""The charts of gradient checks: the error against the step, and many weights both ways."""

import plotly.graph_objects as go

from nn.explain.gradient_check import Difference, GradientCheck
from ui.figures.gradient_check import LEAST_ERROR, error_figure, sample_figure


def check(gradient, *differences):
    return GradientCheck("0.weight", (1, 2), gradient, list(differences))


def test_errors_are_points_and_kinks_are_marked_without_colour_too():
    differences = [Difference(0.1, 0.4, 0.2, True), Difference(0.01, 0.5, 0.0, False)]
    line, smooth, kinked = go.Figure(error_figure(check(0.5, *differences))).data
    assert line.x == (0.1, 0.01)
    assert (smooth.x, smooth.y) == ((0.01,), (LEAST_ERROR,))
    assert (kinked.x, kinked.y, kinked.name) == ((0.1,), (0.2,), "a kink inside")
    assert smooth.marker.symbol != kinked.marker.symbol


def test_a_weight_stands_on_the_diagonal_if_both_numbers_are_the_same():
    checks = [
        check(0.5, Difference(1e-5, 0.5, 0, False)),
        check(-0.2, Difference(1e-5, -0.2, 0, False)),
        check(0.3, Difference(1e-5, 0.1, 0.6, True)),
        check(0.0, Difference(1e-5, 0.0, 0, False)),
    ]
    _, positive, negative, kinked = go.Figure(sample_figure(checks)).data
    assert (positive.x, positive.y) == ((0.5,), (0.5,))
    assert (negative.x, negative.y) == ((0.2,), (0.2,))
    assert (kinked.x, kinked.y) == ((0.3,), (0.1,))
    assert len({positive.marker.symbol, negative.marker.symbol, kinked.marker.symbol}) == 3


def test_there_is_a_chart_where_all_gradients_are_0():
    silent = [check(0.0, Difference(1e-5, 0.0, 0, False))]
    assert len(go.Figure(sample_figure(silent)).data) == 1
