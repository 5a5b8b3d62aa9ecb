"""The charts of gradient checks: the error against the step, and many weights both ways."""

import numpy as np
import plotly.graph_objects as go
import pytest

import nn
from nn.explain.gradient_check import Difference, GradientCheck, GradientChecker
from nn.explain.loss_trace import LossTrace
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


def test_marks_of_one_kind_have_no_legend():
    smooth, kinked = (Difference(0.1, 0.4, 0.2, kink) for kink in (False, True))
    assert not error_figure(check(0.5, smooth))["layout"]["showlegend"]
    assert error_figure(check(0.5, smooth, kinked))["layout"]["showlegend"]


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


def sampled(factor, monkeypatch):
    """The marks of a sample of which backpropagation says `factor` times what is right."""
    backward = nn.Tanh.backward
    wrong = lambda *args, **options: factor * backward(*args, **options)  # noqa: E731
    monkeypatch.setattr(nn.Tanh, "backward", wrong)
    network = nn.Network.mlp([16, 8, 3], "tanh", seed=4)
    images = np.random.default_rng(1).random((4, 16))
    checker = GradientChecker(LossTrace(network, images, np.array([0, 1, 2, 0])))
    checks = [check for check in checker.sample(80) if check.name.startswith("0")]
    traces = go.Figure(sample_figure(checks)).data[1:]
    return len(checks), {trace.name: trace for trace in traces}


def test_gradients_of_the_wrong_sign_are_marked_though_their_sizes_are_right(monkeypatch):
    count, marks = sampled(-1, monkeypatch)
    assert len(marks["signs differ"].x) == count > 20
    np.testing.assert_allclose(marks["signs differ"].x, marks["signs differ"].y, rtol=1e-4)
    backwards, tried = np.transpose(marks["signs differ"].customdata)
    assert (backwards * tried < 0).all()


def test_gradients_of_the_wrong_size_are_off_the_diagonal(monkeypatch):
    count, marks = sampled(2, monkeypatch)
    assert set(marks) <= {"positive", "negative"}
    for trace in marks.values():
        np.testing.assert_allclose(np.divide(trace.x, trace.y), 2, rtol=1e-4)
    assert sum(len(trace.x) for trace in marks.values()) == count


def test_a_gradient_that_is_lost_is_seen_at_the_edge(monkeypatch):
    count, marks = sampled(0, monkeypatch)
    (at_edge,) = marks.values()
    assert len(at_edge.x) == count
    assert max(at_edge.x) == pytest.approx(min(at_edge.y) / 10)


def test_a_gradient_that_trying_does_not_find_is_at_the_other_edge():
    checks = [
        check(0.2, Difference(1e-5, 0.2, 0, False)),
        check(-0.5, Difference(1e-5, 0.0, 1, False)),
    ]
    _, positive, at_edge = go.Figure(sample_figure(checks)).data
    assert (at_edge.x, at_edge.y) == ((0.5,), (pytest.approx(0.02),))
    assert positive.marker.symbol != at_edge.marker.symbol


@pytest.mark.parametrize("draw", [sample_figure, lambda checks: error_figure(checks[0])])
def test_each_has_a_title_and_says_what_its_axes_are(draw):
    layout = go.Figure(draw([check(0.3, Difference(1e-5, 0.1, 0.6, True))])).layout
    assert layout.title.text
    assert layout.xaxis.title.text
    assert layout.yaxis.title.text
