"""The loss of a run: short trainings, exploded losses, the logarithmic axis, the learning rate."""

from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest

import nn
from nn.runs import Run, RunWriter
from ui.figures.run_charts import ACCURACY, LOSS
from ui.figures.run_charts.clipped import top_of_axis


def a_run(folder: Path, events: list[tuple[str, float, float]]) -> Run:
    """A run with these events: type, epoch and training loss."""
    config = nn.TrainingConfig(dataset="digits", schedule="cosine", epochs=20).to_dict()
    with RunWriter(folder, config) as writer:
        for step, (kind, epoch, loss) in enumerate(events):
            numbers = {"train_loss": loss, "train_accuracy": 0.9}
            more = {"learning_rate": 0.1 / (step + 1)} if kind == "progress" else {}
            writer.write(kind, step, epoch, **numbers, **more)
    return Run(folder)


def figure_of(run: Run, **on: bool) -> go.Figure:
    """Plotly's own figure, which refuses what it doesn't know."""
    return go.Figure(LOSS.figure(run, **on))


def test_a_training_of_a_second_is_drawn_from_all_its_epochs(tmp_path: Path) -> None:
    # As they were recorded: the first moment is told early, the next after several epochs.
    events: list[tuple[str, float, float]] = [("progress", 0.4, 2.2)]
    for epoch in range(1, 21):
        events.append(("epoch", epoch, 2.0 / epoch))
        if epoch % 5 == 0:
            events.append(("progress", epoch + 0.3, 1.0))
    training = figure_of(a_run(tmp_path / "r", events)).data[0]
    assert list(training.x) == [0.4, *range(2, 21)]
    assert training.y[-1] == pytest.approx(0.1)


def test_of_long_epochs_the_moments_are_drawn_alone(tmp_path: Path) -> None:
    events = []
    for epoch in range(3):
        events += [("progress", epoch + tenth / 10, 1.0) for tenth in range(1, 10)]
        events.append(("epoch", epoch + 1, 5.0))
    training = figure_of(a_run(tmp_path / "r", events)).data[0]
    assert len(training.x) == 27
    assert 5.0 not in training.y


def exploded(folder: Path) -> Run:
    losses = [2.3, 40.0, 1e6, 3000.0, *[2.4] * 20]
    return a_run(folder, [("progress", i / 10, loss) for i, loss in enumerate(losses, 1)])


def test_a_loss_that_exploded_does_not_hide_the_rest(tmp_path: Path) -> None:
    run = exploded(tmp_path / "r")
    figure = figure_of(run)
    low, high = figure.layout.yaxis.range
    assert low == 0
    assert 2.4 < high < 20
    assert max(figure.data[0].y) == 1e6  # zooming out shows it
    assert figure.layout.yaxis.separatethousands
    assert "%{y:,." in figure.data[0].hovertemplate
    (note,) = figure.layout.annotations
    assert note.text == "peaks up to 1,000,000 are cut off"
    assert "cut off" in LOSS.alt(LOSS.figure(run))


def test_a_logarithmic_axis_shows_it_all(tmp_path: Path) -> None:
    run = exploded(tmp_path / "r")
    figure = figure_of(run, logarithmic=True)
    assert figure.layout.yaxis.type == "log"
    assert figure.layout.yaxis.range is None
    assert not figure.layout.annotations
    assert figure.layout.yaxis.uirevision != figure_of(run).layout.yaxis.uirevision
    assert figure.layout.uirevision == run.id


def test_usual_losses_are_not_cut(tmp_path: Path) -> None:
    losses = [2.9, 1.0, *[0.3 / i for i in range(1, 100)]]
    events = [("progress", i / 10, loss) for i, loss in enumerate(losses, 1)]
    figure = figure_of(a_run(tmp_path / "r", events))
    assert figure.layout.yaxis.range is None
    assert not figure.layout.annotations


@pytest.mark.parametrize(
    ("values", "usual", "top"),
    [
        ([], 2.3, None),
        ([1e6] * 10, 2.3, None),  # it is all there is to see
        ([2.0] * 9 + [1e6], None, 6.0),
        ([0.001] * 9 + [2.3], 2.3, None),
    ],
)
def test_where_the_axis_ends(values: list[float], usual: float | None, top: float | None) -> None:
    assert top_of_axis(values, usual) == top


def test_the_learning_rate_is_a_third_curve_on_request(tmp_path: Path) -> None:
    run = a_run(tmp_path / "r", [("progress", 1.0, 2.0), ("epoch", 1, 1.9), ("progress", 2.0, 1.0)])
    assert [trace.name for trace in figure_of(run).data] == ["Training"]
    rate = figure_of(run, learning_rate=True).data[-1]
    assert (rate.name, rate.yaxis) == ("Learning rate", "y2")
    assert list(rate.x) == [1.0, 2.0]
    assert list(rate.y) == pytest.approx([0.1, 0.1 / 3], rel=1e-4)
    assert "Learning rate 0.033 at epoch 2.00" in LOSS.alt(LOSS.figure(run, learning_rate=True))


@pytest.mark.parametrize("on", [{}, {"logarithmic": True, "learning_rate": True}])
def test_without_events_there_is_the_frame_alone(tmp_path: Path, on: dict[str, Any]) -> None:
    figure = figure_of(a_run(tmp_path / "r", []), **on)
    assert all(len(trace.x) == 0 for trace in figure.data)
    assert figure.layout.yaxis.range is not None


def test_a_switch_of_one_chart_does_nothing_to_others(tmp_path: Path) -> None:
    run = exploded(tmp_path / "r")
    assert ACCURACY.figure(run, logarithmic=True) == ACCURACY.figure(run)
