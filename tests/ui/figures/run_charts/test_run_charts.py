"""The charts of a run: loss and accuracy, and what all have in common."""

import plotly.graph_objects as go
import pytest

from nn.runs import Run, RunWriter
from ui.figures.run_charts import ACCURACY, LOSS, RUN_CHARTS


@pytest.fixture
def write_run(tmp_path):
    """Make a run with these losses as progress events, ten an epoch."""

    def write(losses: list, val_losses: list = ()) -> Run:
        with RunWriter(tmp_path / "a-run", {"epochs": 5}) as writer:
            for i, loss in enumerate(losses):
                writer.write(
                    "progress",
                    step=i,
                    epoch=(i + 1) / 10,
                    train_loss=loss,
                    train_accuracy=0.1 if loss is None else 1 - loss / 10,
                )
            for i, loss in enumerate(val_losses):
                writer.write(
                    "epoch",
                    step=10 * i,
                    epoch=i + 1,
                    train_loss=1.0,
                    train_accuracy=0.5,
                    val_loss=loss,
                    val_accuracy=None if loss is None else 0.9,
                )
        return Run(tmp_path / "a-run")

    return write


def loss_figure(run: Run) -> go.Figure:
    """Plotly's own figure, which refuses what it doesn't know."""
    return go.Figure(LOSS.figure(run))


def accuracy_figure(run: Run) -> go.Figure:
    return go.Figure(ACCURACY.figure(run))


def test_points_are_the_events(write_run):
    run = write_run([2.0, 1.0, 0.5], [1.5, 0.75])
    training, validation = loss_figure(run).data
    # In the second epoch no progress was told: the mean of the whole one stands for it.
    assert list(training.x) == pytest.approx([0.1, 0.2, 0.3, 2.0])
    assert list(training.y) == [2.0, 1.0, 0.5, 1.0]
    assert list(validation.x) == [1, 2]
    assert list(validation.y) == [1.5, 0.75]


def test_first_point_can_be_seen(write_run):
    run = write_run([2.0])
    assert loss_figure(run).data[0].mode == "lines+markers"
    assert accuracy_figure(run).data[0].mode == "lines+markers"


def test_accuracy_is_in_percent(write_run):
    training, validation = accuracy_figure(write_run([2.0], [1.5])).data
    assert list(training.y) == pytest.approx([80.0])
    assert list(validation.y) == pytest.approx([90.0])


def test_the_test_images_have_a_line_and_a_colour_of_their_own(tmp_path):
    with RunWriter(tmp_path / "a-run", {"epochs": 5}) as writer:
        writer.write("started", test_samples=10_000)
        for epoch, right in ((1, 0.9), (2, 0.9455)):
            fields = {"train_loss": 0.1, "train_accuracy": 1.0, "test_accuracy": right}
            writer.write("epoch", step=epoch, epoch=epoch, **fields)
    run = Run(tmp_path / "a-run")
    training, test = accuracy_figure(run).data
    assert (training.name, test.name) == ("Training", "Test (2,000 images)")
    assert list(test.y) == pytest.approx([90, 94.55])
    assert test.line.color != training.line.color
    assert "Test (2,000 images) 94.55\xa0% at epoch 2" in ACCURACY.alt(ACCURACY.figure(run))
    assert [trace.name for trace in loss_figure(run).data] == ["Training"]


def test_all_test_images_need_no_word(tmp_path):
    with RunWriter(tmp_path / "a-run", {"epochs": 5}) as writer:
        writer.write("started", test_samples=355)
        writer.write("epoch", epoch=1, train_loss=0.1, train_accuracy=1.0, test_accuracy=0.9)
    assert accuracy_figure(Run(tmp_path / "a-run")).data[1].name == "Test"


def test_the_mouse_reads_an_accuracy_as_the_page_writes_it(tmp_path):
    with RunWriter(tmp_path / "a-run", {"epochs": 5, "val_size": 5000}) as writer:
        writer.write("started", test_samples=2000, val_samples=5000)
        fields = {"train_accuracy": 0.99996, "val_accuracy": 0.9998, "test_accuracy": 0.9995}
        writer.write("epoch", epoch=1, **fields)
        writer.write("epoch", epoch=2, **dict.fromkeys(fields, 1.0))
    figure = accuracy_figure(Run(tmp_path / "a-run"))
    assert [list(trace.text) for trace in figure.data] == [
        [">99.9\xa0%", "100.0\xa0%"],
        ["99.98\xa0%", "100.00\xa0%"],
        ["99.95\xa0%", "100.00\xa0%"],
    ]
    assert all("%{text}" in trace.hovertemplate for trace in figure.data)


def test_no_validation_line_without_validation_images(write_run):
    figure = loss_figure(write_run([2.0, 1.0], [None, None]))
    assert [trace.name for trace in figure.data] == ["Training"]
    assert figure.layout.showlegend is True  # the frame is the same with one line and two


def test_a_run_that_has_not_started_has_an_empty_frame(write_run):
    run = write_run([])
    for chart in RUN_CHARTS.values():
        figure = go.Figure(chart.figure(run))
        assert len(figure.data[0].x) == 0
        assert figure.layout.title.text == chart.title
        assert figure.layout.xaxis.title.text == "Epoch"
        assert figure.layout.yaxis.title.text
        assert figure.layout.yaxis.range[0] == 0


def test_lost_values_are_left_out(write_run):
    # A training that diverges has no loss any more; JSON knows no NaN.
    training = loss_figure(write_run([2.0, None, 3.0])).data[0]
    assert list(training.y) == [2.0, 3.0]


def test_zoom_is_kept_within_a_run_only(write_run):
    run = write_run([2.0])
    assert loss_figure(run).layout.uirevision == run.id == "a-run"


def test_a_long_run_is_drawn_with_few_points_and_no_event_is_lost_from_disk(write_run):
    losses = [2 - i / 5000 for i in range(5000)]
    run = write_run(losses)
    training = loss_figure(run).data[0]
    assert len(training.x) <= 202
    assert (training.x[0], training.y[0]) == (0.1, 2.0)
    assert (training.x[-1], training.y[-1]) == pytest.approx((500, losses[-1]))
    assert len(run.progress) == len(Run(run.folder).progress) == 5000


def test_a_growing_run_gets_its_new_points_and_is_read_on_from_there(write_run):
    run = write_run([2.0, 1.0])
    assert list(loss_figure(run).data[0].y) == [2.0, 1.0]
    with RunWriter(run.folder, None) as writer:
        writer.write("progress", step=2, epoch=0.3, train_loss=0.5, train_accuracy=0.9)
    run.refresh()
    assert list(loss_figure(run).data[0].y) == [2.0, 1.0, 0.5]


def test_what_a_resumed_run_did_after_its_checkpoint_is_gone(write_run):
    run = write_run([2.0, 1.0, 9.0])
    assert max(loss_figure(run).data[0].y) == 9
    with RunWriter(run.folder, None) as writer:
        writer.write("resumed", step=1, epoch=0.2, from_step=1)
        writer.write("progress", step=2, epoch=0.3, train_loss=0.5, train_accuracy=0.9)
    run.refresh()
    assert list(loss_figure(run).data[0].y) == [2.0, 1.0, 0.5]


def test_values_that_are_no_numbers_are_left_out(write_run):
    # The folder of a run may hold anything, and Python reads NaN where JSON knows none.
    run = write_run([2.0, 1.0])
    lines = (run.folder / "events.jsonl").read_text(encoding="utf-8")
    for value in ("NaN", "Infinity", '"much"', "1" + "0" * 400):
        lines += lines.splitlines()[0].replace('"train_loss": 2.0', f'"train_loss": {value}') + "\n"
    lines += lines.splitlines()[0].replace('"epoch": 0.1', '"epoch": Infinity') + "\n"
    (run.folder / "events.jsonl").write_text(lines, encoding="utf-8")
    assert list(loss_figure(Run(run.folder)).data[0].y) == [2.0, 1.0]


def test_an_ensemble_shows_where_the_next_network_begins(tmp_path):
    config = {"dataset": "digits", "hidden": [8], "ensemble": 2, "epochs": 3}
    config["other_members"] = [{"epochs": 2}, {}]
    with RunWriter(tmp_path / "r", config) as writer:
        writer.write("progress", step=1, epoch=2.5, train_loss=1.0, train_accuracy=0.5)
        assert not loss_figure(Run(tmp_path / "r")).layout.shapes
        writer.write("progress", step=2, epoch=6.5, train_loss=1.0, train_accuracy=0.5)
    for figure in (loss_figure(Run(tmp_path / "r")), accuracy_figure(Run(tmp_path / "r"))):
        assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(3, 3), (6, 6)]
        texts = [(note.x, note.text) for note in figure.layout.annotations]
        assert texts == [(3, "network 2"), (6, "network 3")]


@pytest.mark.parametrize("settings", [{"epochs": "x"}, {"val_size": 9, "patience": 1}])
def test_where_that_is_not_known_nothing_is_shown(tmp_path, settings):
    config = {"dataset": "digits", "hidden": [8], "ensemble": 2, "epochs": 3}
    with RunWriter(tmp_path / "r", config | settings) as writer:
        writer.write("progress", step=1, epoch=99.5, train_loss=1.0, train_accuracy=0.5)
    assert not loss_figure(Run(tmp_path / "r")).layout.shapes


def test_an_epoch_that_is_no_number_does_no_harm(tmp_path):
    config = {"dataset": "digits", "hidden": [8], "ensemble": 2, "epochs": 3}
    with RunWriter(tmp_path / "r", config) as writer:
        writer.write("progress", step=1, epoch=4.0, train_loss=1.0, train_accuracy=0.5)
        writer.write("progress", step=2, epoch=None, train_loss=1.0, train_accuracy=0.5)
    assert [line.x0 for line in loss_figure(Run(tmp_path / "r")).layout.shapes] == [3]


def test_screen_readers_get_the_newest_points(write_run):
    run = write_run([2.0, 1.0], [1.5])
    accuracy = ACCURACY.alt(ACCURACY.figure(run))
    assert "Training 90.0\xa0% at epoch 0.20, Validation 90.0\xa0% at epoch 1.00." in accuracy
    assert LOSS.alt(LOSS.figure(run)) == (
        "Loss over the epochs; Training 1.0000 at epoch 0.20, Validation 1.5000 at epoch 1.00."
    )


def test_a_run_without_points_says_so(write_run):
    run = write_run([None])  # a training that diverges has no loss any more
    assert LOSS.alt(LOSS.figure(run)) == "Loss over the epochs; no points yet."
