"""One curve of several runs in one chart."""

import plotly.graph_objects as go
import pytest

from nn.runs import Run, RunWriter
from ui.figures.comparison import CURVES, comparison, line_style, newest_in_words

LOSS, VALIDATION = CURVES["Training loss"], CURVES["Validation loss"]


@pytest.fixture
def write_run(tmp_path):
    """A run with an epoch each minute, and an hour's pause after the first."""

    def write(name, losses, **fields):
        with RunWriter(tmp_path / name, {"epochs": 5}) as writer:
            lines = [("started", 0, 0.0, {})]
            for epoch, loss in enumerate(losses, 1):
                measured = {"train_loss": loss, "train_accuracy": 1 - loss / 10}
                lines.append(("epoch", 100 * epoch, epoch, measured | fields))
                if epoch == 1:
                    lines.append(("paused", 100, 1.0, {}))
                    lines.append(("resumed", 100, 1.0, {"from_step": 100}))
            for kind, step, epoch, more in lines:
                writer.write(kind, step, epoch, **more)
        return retimed(Run(tmp_path / name))

    return write


def retimed(run):
    """The same with the times of a training that was paused for an hour."""
    now = 1000.0
    for event in run.events:
        now += {"epoch": 60.0, "resumed": 3600.0}.get(event["type"], 0.0)
        event["time"] = now
    return run


def runs_of(*runs):
    return {f"{'ABCDEFGH'[place]}: run": (place, run) for place, run in enumerate(runs)}


def test_each_run_has_a_line_along_what_one_chooses(write_run):
    runs = runs_of(write_run("a", [2.0, 1.0, 0.5]), write_run("b", [1.5, 1.25]))
    first, second = go.Figure(comparison(runs, LOSS, "Epoch")).data
    assert (first.name, list(first.x), list(first.y)) == ("A: run", [1, 2, 3], [2.0, 1.0, 0.5])
    assert (second.name, list(second.x), list(second.y)) == ("B: run", [1, 2], [1.5, 1.25])
    assert list(go.Figure(comparison(runs, LOSS, "Step")).data[0].x) == [100, 200, 300]


def test_time_is_that_of_training_in_a_unit_that_fits(write_run):
    runs = runs_of(write_run("a", [2.0, 1.0, 0.5, 0.4]), write_run("b", [1.5]))
    figure = go.Figure(comparison(runs, LOSS, "Time"))
    assert figure.layout.xaxis.title.text == "Time of training (min)"
    assert [list(trace.x) for trace in figure.data] == [[1, 2, 3, 4], [1]]
    figure = go.Figure(comparison(runs_of(runs["B: run"][1]), LOSS, "Time"))
    assert figure.layout.xaxis.title.text == "Time of training (s)"
    assert list(figure.data[0].x) == [60]


def test_an_accuracy_is_in_percent_and_never_logarithmic(write_run):
    runs = runs_of(write_run("a", [2.0, 1.0]))
    figure = go.Figure(comparison(runs, CURVES["Training accuracy"], "Epoch", logarithmic=True))
    assert list(figure.data[0].y) == [80.0, 90.0]
    assert figure.layout.yaxis.type is None
    assert go.Figure(comparison(runs, LOSS, "Epoch", logarithmic=True)).layout.yaxis.type == "log"


def test_a_run_without_points_has_no_line_and_the_others_keep_their_looks(write_run):
    runs = runs_of(write_run("a", [2.0, 1.0]), write_run("b", [2.0, 1.0], val_loss=0.7))
    (trace,) = go.Figure(comparison(runs, VALIDATION, "Epoch")).data
    assert trace.name == "B: run"
    assert trace.line.color == line_style(1)["color"]
    assert newest_in_words(comparison(runs, VALIDATION, "Epoch")) == (
        "Validation loss by epoch. B: run: 0.7000 at 2."
    )


def test_without_any_points_the_frame_is_there(write_run):
    runs = runs_of(write_run("a", [2.0]))
    for logarithmic in (False, True):
        figure = comparison(runs, VALIDATION, "Time", logarithmic)
        assert go.Figure(figure).layout.yaxis.range is not None
        assert newest_in_words(figure).endswith("No points yet.")


def test_of_eight_no_two_look_the_same_even_without_colours():
    styles = [line_style(place) for place in range(8)]
    assert len({style["dash"] for style in styles}) == 8
    assert len({style["color"] for style in styles}) == 6


def test_names_are_shown_as_they_are(write_run):
    run = write_run("a", [2.0, 1.0])
    (trace,) = comparison({"A: <b>bold</b>": (0, run)}, LOSS, "Epoch")["data"]
    assert trace["name"] == "A: &lt;b&gt;bold&lt;/b&gt;"


def test_the_zoom_ends_with_what_the_axes_show(write_run):
    runs = runs_of(write_run("a", [2.0, 1.0]))
    zooms = [
        comparison(runs, curve, along, log)["layout"]["uirevision"]
        for curve in (LOSS, VALIDATION)
        for along in ("Epoch", "Time")
        for log in (False, True)
    ]
    assert len(set(zooms)) == 8
    assert comparison(runs, LOSS, "Epoch")["layout"]["uirevision"] == zooms[0]
