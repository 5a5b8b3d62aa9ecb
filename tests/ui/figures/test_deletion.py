"""The chart of deletion curves: a line and an area for each order."""

import numpy as np
import plotly.graph_objects as go

from nn.explain.deletion import DeletionCurve
from ui.figures.deletion import deletion_figure

SHARES = np.array([0, 0.5, 1])


def figure(label="3"):
    """Plotly's own figure, which refuses what it doesn't know."""
    curves = {
        "First": DeletionCurve(SHARES, np.array([1, 0, 0])),
        "Second": DeletionCurve(SHARES, np.array([1, 1, 0])),
        "By chance": DeletionCurve(SHARES, np.array([1, 1, 1])),
    }
    return go.Figure(deletion_figure(curves, label, "By chance"))


def test_each_order_has_its_line_and_its_area():
    names = [trace.name for trace in figure().data]
    assert names == ["First: area 0.25", "Second: area 0.75", "By chance: area 1.00"]
    np.testing.assert_array_equal(figure().data[1].y, [100, 100, 0])
    np.testing.assert_array_equal(figure().data[1].x, [0, 50, 100])


def test_lines_are_told_apart_without_colours():
    dashes = [trace.line.dash for trace in figure().data]
    assert len(set(dashes)) == 3
    assert dashes[-1] == "dot"


def test_a_label_is_shown_as_it_is():
    assert "&lt;b&gt;" in figure("<b>").layout.title.text
