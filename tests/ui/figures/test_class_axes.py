"""Class names below a chart: long ones, such as those of clothes, are all seen."""

from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures.class_accuracies import class_accuracies_figure
from ui.figures.confusion import confusion_figure
from ui.figures.number import number_figure

LABELS = ["T-shirt/top", "Ankle boot"]


@pytest.mark.parametrize(
    "figure",
    [
        class_accuracies_figure(np.ones(2), np.ones(2), LABELS, title="Accuracy"),
        confusion_figure(np.eye(2, dtype=int), LABELS),
        number_figure(np.eye(2), LABELS),
    ],
)
def test_names_never_lean_out_of_the_figure(figure: dict[str, Any]) -> None:
    axis = go.Figure(figure).layout.xaxis
    assert list(axis.ticktext) == LABELS
    assert axis.autotickangles[0] == 0
    assert max(axis.autotickangles) == 0  # one above leans to the right
