"""The loss of a run over its epochs."""

from nn.runs import Run
from ui.figures.run_charts.epoch_curves import epoch_curves
from ui.figures.run_charts.run_chart import RunChart
from ui.shared.theme import Figure


def _draw(run: Run) -> Figure:
    yaxis = {
        "title": {"text": "Mean loss per image"},
        "autorangeoptions": {"include": [0, 0.1], "minallowed": 0},
    }
    return epoch_curves(run, "loss", yaxis, hover="%{y:.4f}", empty=[0, 2.5])


LOSS = RunChart("loss", "Loss", _draw)
