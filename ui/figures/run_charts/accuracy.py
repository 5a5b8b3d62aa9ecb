"""The accuracy of a run over its epochs, in percent."""

from nn.runs import Run
from ui.figures.run_charts.epoch_curves import epoch_curves
from ui.figures.run_charts.run_chart import RunChart
from ui.shared.theme import Figure


def _draw(run: Run) -> Figure:
    yaxis = {
        "title": {"text": "Right answers (%)"},
        "autorangeoptions": {"include": [90, 100], "maxallowed": 100},
    }
    return epoch_curves(run, "accuracy", yaxis, hover="%{y:.2f} %", empty=[0, 100], scale=100)


ACCURACY = RunChart("accuracy", "Accuracy", _draw)
