"""What the Train page draws and says of a run under way: its charts, its health, in words."""

import json
from pathlib import Path
from typing import Any

import pytest

import nn
from nn import runs
from tests.ui.runs.trainings import until_status
from tests.ui.train.train_page import look, open_page, start, texts
from ui.runs.jobs import Jobs
from ui.runs.state import RunState
from ui.runs.text import MEASURING, epoch_text
from ui.train.spoken_progress import spoken

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


def loss_figure(page: Any) -> dict[str, Any]:
    """The figure of the loss chart as it is sent to the browser."""
    for element in page.get("bidi_component"):
        data = json.loads(element.proto.json)
        if "figure" in data and json.loads(data["figure"])["layout"]["title"]["text"] == "Loss":
            return dict(json.loads(data["figure"]))
    raise AssertionError("no loss chart")


def test_the_loss_chart_has_a_logarithmic_axis_and_the_learning_rate_on_request(
    jobs: Jobs,
) -> None:
    page = open_page()
    start(page, jobs)
    assert "type" not in loss_figure(page)["layout"]["yaxis"]
    page.toggle("chart_logarithmic").set_value(True)
    page.toggle("chart_learning_rate").set_value(True)
    look(page)
    figure = loss_figure(page)
    assert figure["layout"]["yaxis"]["type"] == "log"
    assert figure["data"][-1]["name"] == "Learning rate"
    assert figure["data"][-1]["y"] == [0.1, 0.1]


@pytest.mark.parametrize(
    ("schedule", "label", "words"),
    [
        ("Constant", "Learning rate now", "How far each step changes the weights, from now on."),
        ("Cosine", "Base learning rate", "the schedule (Cosine) multiplies it"),
    ],
)
def test_the_slider_says_what_a_schedule_makes_of_it(
    jobs: Jobs, schedule: str, label: str, words: str
) -> None:
    page = open_page(schedule=schedule)
    run_id = start(page, jobs)
    slider = page.select_slider(f"learning_rate_of_{run_id}")
    assert slider.label == label
    assert words in slider.help


def test_a_training_that_learns_nothing_is_told_so_while_it_goes_on(tmp_path: Path) -> None:
    config = nn.TrainingConfig(dataset="digits", initializer="zeros").to_dict()
    with runs.RunWriter(tmp_path / "zeros", config) as writer:
        writer.write("started", epochs=50, train_samples=1442)
        for epoch in (1, 2):
            writer.write("epoch", epoch, epoch, train_loss=2.303, train_accuracy=0.1)
        writer.write("progress", 3, 2.5, train_loss=2.303, train_accuracy=0.1)
        page = open_page(run="zeros")
    assert "all weights began at zero" in texts(page)


def test_screen_readers_are_told_how_far_it_is_in_the_numbers_of_the_page(jobs: Jobs) -> None:
    page = open_page(val_size="500")
    run_id = start(page, jobs)
    state = jobs.state(run_id)
    assert state is not None
    assert spoken(state) == (
        "Epoch 2 of 50, training loss 0.5000, training accuracy 90.0\xa0%, "
        "validation accuracy 80.0\xa0%."
    )
    jobs.send(run_id, {"command": "pause"})
    assert spoken(until_status(jobs, run_id, "paused")).startswith("Paused. Epoch 2 of 50")
    jobs.send(run_id, {"command": "finish"})
    assert spoken(until_status(jobs, run_id, "finished")) == ""


def test_a_long_look_at_the_test_images_is_no_missing_sign_of_life(tmp_path: Path) -> None:
    config = nn.TrainingConfig(dataset="digits", epochs=2).to_dict()
    with runs.RunWriter(tmp_path / "large", config) as writer:
        writer.write("started", epochs=2, train_samples=1442)
        writer.write("progress", 3, 1.9, train_loss=0.1, train_accuracy=0.9)
        writer.write("measuring", 4, 2)
        run = runs.Run(tmp_path / "large")
        told = epoch_text(RunState(run, "running", silence=42.0), 2, 2.0, None)
        assert told == "Trained; now measuring the test accuracy, for 42 s"
        assert spoken(RunState(run, "running")).startswith("Trained; now measuring")
        stopping = RunState(run, "running", doing="stopping", silence=42.0)
        assert epoch_text(stopping, 2, 2.0, None) == MEASURING
    assert run.status == "interrupted"  # its process ended meanwhile


def test_a_long_look_at_the_validation_images_is_told_with_its_share(tmp_path: Path) -> None:
    config = nn.TrainingConfig(dataset="digits", epochs=2, val_size=200).to_dict()
    with runs.RunWriter(tmp_path / "large", config) as writer:
        writer.write("started", epochs=2, train_samples=1242)
        for epoch in (1, 2):
            writer.write("progress", 4 * epoch, epoch, train_loss=0.1, train_accuracy=0.9)
            writer.write("validating", 4 * epoch, epoch, share=0.4)
            run = runs.Run(tmp_path / "large")
            said = f"Epoch {epoch} of 2 · checking on the validation images, 40.0\xa0%"
            assert epoch_text(RunState(run, "running"), 2, epoch, None) == said
            assert spoken(RunState(run, "running")).startswith(said)
        page = open_page(run="large")  # all batches are done, and it is not yet over
        assert said in page.get("progress")[0].proto.text
        writer.write("epoch", 8, 2, train_loss=0.1, train_accuracy=0.9)
        run.refresh()
        assert "validation" not in epoch_text(RunState(run, "running"), 2, 2, None)


def test_before_there_is_anything_to_tell(tmp_path: Path) -> None:
    runs.write_config(tmp_path / "new", nn.TrainingConfig(dataset="digits").to_dict())
    run = runs.Run(tmp_path / "new")
    assert spoken(RunState(run, "waiting", place=2)) == "Number 2 in line."
    assert spoken(RunState(run, "starting")) == "The training begins."
