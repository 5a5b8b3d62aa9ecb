"""The accuracy of a run over its epochs, in percent."""

from nn.runs import Run
from ui.figures.run_charts.epoch_curves import epoch_curves
from ui.figures.run_charts.run_chart import RunChart
from ui.runs.numbers import test_count, val_count
from ui.shared.percent import percent
from ui.shared.theme import Figure


def _draw(run: Run) -> Figure:
    yaxis = {
        "title": {"text": "Right answers (%)"},
        "autorangeoptions": {"include": [90, 100], "maxallowed": 100},
    }
    figure = epoch_curves(run, "accuracy", yaxis, hover="%{text}", empty=[0, 100], scale=100)
    counts = {"Validation": val_count(run), "Test": test_count(run)}
    for trace in figure["data"]:
        count = counts.get(trace["name"].split()[0])
        trace["text"] = [percent(value / 100, count) for value in trace["y"]]
        if trace["y"]:
            trace["meta"] = trace["text"][-1]
    return figure


ACCURACY = RunChart("accuracy", "Accuracy", _draw)
