"""One decision all along a training, as a chart."""

import numpy as np
import plotly.graph_objects as go

from ui.figures.decision import Marks, decision_figure

NAMES = ["before the first step", "step 1", "epoch 1"]


def figure(probabilities: np.ndarray, *, by_step: bool = True) -> go.Figure:
    labels = [f"<{k}>" for k in range(probabilities.shape[1])]
    marks = Marks([1], [2], 2)
    return go.Figure(
        decision_figure([0, 1, 100], NAMES, probabilities, labels, 1, marks, by_step=by_step)
    )


def test_the_right_class_and_its_rivals_are_named_and_marked() -> None:
    probabilities = np.zeros((3, 8))
    probabilities[:, 1] = [0.1, 0.9, 0.2]
    probabilities[:, 3] = [0.9, 0.1, 0.8]
    found = figure(probabilities)
    named = {line.name for line in found.data if line.showlegend and "lines" in line.mode}
    assert named == {"&lt;1&gt;, right", "&lt;3&gt;"}
    right = next(line for line in found.data if line.name == "&lt;1&gt;, right")
    assert list(right.x) == [0.5, 1, 100]  # 0 has no place on a logarithmic axis
    np.testing.assert_allclose(right.y, [10, 90, 20])
    np.testing.assert_allclose(right.customdata, [[0, 10], [1, 90], [100, 20]])  # for the table
    learned, forgotten = found.data[-2:]
    assert (learned.name, list(learned.x), forgotten.name, list(forgotten.x)) == (
        "learned",
        [1],
        "forgotten",
        [100],
    )
    assert found.layout.shapes[0].x0 == 100
    assert found.layout.xaxis.type == "log"
    assert found.layout.xaxis.ticktext == ("0", "1", "10", "100")


def test_along_epochs_the_axis_is_plain() -> None:
    found = figure(np.full((3, 2), 0.5), by_step=False)
    assert list(found.data[0].x) == [0, 1, 100]
    assert found.layout.xaxis.type is None
