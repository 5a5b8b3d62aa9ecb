"""The accuracy of each class before and after."""

import numpy as np
import plotly.graph_objects as go

from ui.figures.class_accuracies import class_accuracies_figure


def test_bars_show_what_is_and_marks_what_was() -> None:
    before, after = np.array([1.0, 0.5]), np.array([0.25, 0.75])
    figure = class_accuracies_figure(before, after, ["a", "<b>"], title="Accuracy")
    bars, marks = go.Figure(figure).data
    assert (bars.type, list(bars.y), bars.name) == ("bar", [25, 75], "after")
    assert (list(marks.y), marks.name) == ([100, 50], "before")
    assert list(bars.hovertext) == [
        "a: 100.0\xa0% before, 25.0\xa0% after",
        "&lt;b&gt;: 50.0\xa0% before, 75.0\xa0% after",
    ]
