"""Loss and accuracy curves of a run."""

import numpy as np
import pytest

from nn.runs import Run, RunWriter
from ui.figures import curves


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


def test_points_are_the_events(write_run):
    run = write_run([2.0, 1.0, 0.5], [1.5, 0.75])
    training, validation = curves.loss_figure(run).data
    assert list(training.x) == pytest.approx([0.1, 0.2, 0.3])
    assert list(training.y) == [2.0, 1.0, 0.5]
    assert list(validation.x) == [1, 2]
    assert list(validation.y) == [1.5, 0.75]


def test_first_point_can_be_seen(write_run):
    run = write_run([2.0])
    assert curves.loss_figure(run).data[0].mode == "lines+markers"
    assert curves.accuracy_figure(run).data[0].mode == "lines+markers"


def test_accuracy_is_in_percent(write_run):
    training, validation = curves.accuracy_figure(write_run([2.0], [1.5])).data
    assert list(training.y) == pytest.approx([80.0])
    assert list(validation.y) == pytest.approx([90.0])


def test_no_validation_line_without_validation_images(write_run):
    figure = curves.loss_figure(write_run([2.0, 1.0], [None, None]))
    assert [trace.name for trace in figure.data] == ["Training"]
    assert figure.layout.showlegend is True  # the frame is the same with one line and two


def test_a_run_that_has_not_started_has_an_empty_frame(write_run):
    run = write_run([])
    for figure in (curves.loss_figure(run), curves.accuracy_figure(run)):
        assert len(figure.data[0].x) == 0
        assert figure.layout.title.text
        assert figure.layout.xaxis.title.text == "Epoch"
        assert figure.layout.yaxis.title.text
        assert figure.layout.yaxis.range[0] == 0


def test_lost_values_are_left_out(write_run):
    # A training that diverges has no loss any more; JSON knows no NaN.
    training = curves.loss_figure(write_run([2.0, None, 3.0])).data[0]
    assert list(training.y) == [2.0, 3.0]


def test_zoom_is_kept_within_a_run_only(write_run):
    run = write_run([2.0])
    assert curves.loss_figure(run).layout.uirevision == run.id == "a-run"


@pytest.mark.parametrize("n", [499, 500, 501, 1000, 1001, 12345])
def test_at_most_500_points_are_drawn(write_run, n):
    losses = np.linspace(2, 1, n)
    training = curves.loss_figure(write_run(losses.tolist())).data[0]
    assert 250 < len(training.x) <= 500
    assert training.x[-1] == pytest.approx(n / 10, rel=0.01)
    # The line of means lies on the line of values.
    np.testing.assert_allclose(training.y, np.interp(training.x, np.arange(1, n + 1) / 10, losses))


def test_thinning_takes_means():
    values = np.arange(502.0)
    values[::2] += 1000
    thinned = curves.thin(values)
    assert thinned[0] == 500.5
    assert thinned[-1] == 1000.5
    assert len(thinned) == 251


def test_growing_curve_keeps_its_points():
    values = np.random.default_rng(0).random(1900)
    for n in (1001, 1500, 1899):
        np.testing.assert_array_equal(
            curves.thin(values[:n])[:-1], curves.thin(values)[: -(-n // 4) - 1]
        )
