"""The Train page as a visitor meets it; the trainings are stand-ins."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import data
import nn
from nn import runs
from tests.ui.runs.trainings import until, until_status
from tests.ui.train.train_page import (
    button,
    labels,
    links,
    look,
    open_page,
    progress_text,
    start,
    texts,
)
from ui.runs.jobs import Jobs
from ui.settings.settings import SETTINGS

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


def test_the_page_says_what_to_do_and_what_the_network_is() -> None:
    page = open_page()
    assert page.title[0].value == "Train"
    assert "Press **Start training**" in texts(page)
    assert "784 → 128 → 64 → 10: **109,386 parameters**" in texts(page)
    assert "The training will take about " in texts(page)
    assert "60,000 images to learn from" in texts(page)
    assert not button(page, "Start training").disabled


def test_a_link_to_a_training_that_takes_too_long_says_what_to_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SCRATCH_NN_MAX_MINUTES", "1")
    page = open_page(hidden="1024", epochs="200")
    (error,) = page.error
    assert error.value.startswith("**Epochs**: This training would take about ")
    assert "at most 1 min are allowed. Train for " in error.value
    assert button(page, "Start training").disabled


def test_start_trains_with_the_settings_of_the_page(jobs: Jobs) -> None:
    page = open_page(hidden="32", epochs="3", dataset="Small digits (built in)")
    run_id = start(page, jobs)
    state = jobs.state(run_id)
    assert state is not None
    wanted = nn.TrainingConfig(dataset="digits", hidden=(32,), epochs=3)
    assert nn.TrainingConfig.from_dict(state.run.config) == wanted
    assert "784-32-10 · Small digits (built in)** · ReLU · SGD" in texts(page)


def test_augmentation_is_set_on_the_page_and_told_of_the_run(jobs: Jobs) -> None:
    data.load("digits")  # and with it into the cache, without which the preview comes later
    page = open_page(dataset="Small digits (built in)", rotation="10", writing_styles="0.3")
    assert "what the network may see" not in texts(page)  # it costs nothing while it is closed
    page.session_state["augmentation_group"] = True
    look(page)
    assert "Left the original, then what the network may see." in texts(page)
    state = jobs.state(start(page, jobs))
    assert state is not None
    assert (state.run.config["rotation"], state.run.config["writing_styles"]) == (10, 0.3)
    assert "ReLU · SGD · augmented images" in texts(page)


def test_without_its_images_augmentation_has_no_preview(datasets: set[str]) -> None:
    datasets.discard("kmnist")
    page = open_page(dataset="KMNIST")
    page.session_state["augmentation_group"] = True
    look(page)
    assert "A preview appears here once the dataset is on this computer." in texts(page)


def test_a_run_under_way_is_shown_with_numbers_and_controls(jobs: Jobs) -> None:
    page = open_page()
    start(page, jobs)
    assert "Epoch 2 of 50" in progress_text(page)
    assert "min left" in progress_text(page)
    metrics = {metric.label: metric.value for metric in page.metric}
    assert metrics == {
        "Training loss": "0.5000",
        "Training accuracy": "90.0\xa0%",
        "Validation accuracy": "none kept",
        "Learning rate": "0.1",
        "Images/s": "1,000",
        "GFLOP/s": "0.5",
    }
    helps = {metric.label: metric.help for metric in page.metric}
    assert "Learning from an image takes 454,400 of them" in helps["GFLOP/s"]
    assert "Start training" not in labels(page)


def charts_shown(page: AppTest) -> int:
    components = page.get("bidi_component")
    return sum(one.proto.component_name == "live_chart" for one in components)


def test_the_charts_stand_there_before_during_and_after_a_run(jobs: Jobs) -> None:
    page = open_page()
    assert charts_shown(page) == 2
    run_id = start(page, jobs)
    assert charts_shown(page) == 2
    jobs.send(run_id, {"command": "finish"})
    until_status(jobs, run_id, "finished")
    look(page)
    assert charts_shown(page) == 2


def test_pause_resume_learning_rate_and_stop(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    button(page, "Pause").click()
    look(page)
    until_status(jobs, run_id, "paused")
    look(page)
    assert "Paused" in texts(page)

    slider = page.select_slider(f"learning_rate_of_{run_id}")
    assert slider.value == 0.1
    slider.set_value(0.05)
    look(page)

    def rate_is_set() -> bool:
        state = jobs.state(run_id)
        event = state.run.last("set") if state is not None else None
        return event is not None and (event["name"], event["value"]) == ("learning_rate", 0.05)

    until(rate_is_set)
    button(page, "Resume").click()
    look(page)
    until_status(jobs, run_id, "running")
    look(page)
    button(page, "Stop").click()
    look(page)
    until_status(jobs, run_id, "stopped")
    look(page)
    assert "Stopped at epoch 1.5. What the network has learned so far is kept." in texts(page)
    assert {"Start training", "Resume at 0.05"} <= set(labels(page))

    button(page, "Resume at 0.05").click()
    look(page)
    until_status(jobs, run_id, "running")
    look(page)
    assert page.select_slider(f"learning_rate_of_{run_id}").value == 0.05


def test_a_finished_run_tells_the_test_accuracy_and_where_to_go(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "finish"})
    until_status(jobs, run_id, "finished")
    look(page)
    assert page.success[0].value == (
        "Test accuracy **97.50\xa0%**: this network reads 9,750 of the 10,000 test images of MNIST "
        "correctly, after 42 s of training."
    )
    assert links(page) == {
        "See its mistakes": f"model={run_id}",
        "Draw a digit for it": f"model={run_id}",
        "Look inside": f"model={run_id}",
    }
    assert not [label for label in labels(page) if "Resume" in label]
    assert not button(page, "Start training").disabled


def test_a_dash_stands_for_the_speed_while_nothing_is_trained(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "pause"})
    until_status(jobs, run_id, "paused")
    look(page)
    metrics = {metric.label: metric.value for metric in page.metric}
    assert (metrics["Images/s"], metrics["GFLOP/s"]) == ("–", "–")


def test_gflops_are_explained_before_there_is_a_run_too() -> None:
    assert "GFLOP/s: billions of additions and multiplications a second" in texts(open_page())


def test_validation_accuracy_is_shown_where_images_are_kept_aside(jobs: Jobs) -> None:
    page = open_page(val_size="500")
    start(page, jobs)
    assert {m.label: m.value for m in page.metric}["Validation accuracy"] == "80.0\xa0%"


def test_a_run_stopped_before_its_first_step_says_so(tmp_path: Path) -> None:
    config = nn.TrainingConfig(dataset="digits").to_dict()
    with runs.RunWriter(tmp_path / "early", config) as writer:
        writer.write("started", epochs=50, train_samples=1000)
        writer.write("stopped", 0, 0.0)
    assert open_page(run="early").info[0].value == "Stopped before it began."


def test_the_settings_are_called_those_of_the_next_training_beside_a_run(jobs: Jobs) -> None:
    page = open_page()
    assert page.subheader[0].value == "Settings"
    start(page, jobs)
    assert page.subheader[0].value == "Next training"


def test_settings_that_do_not_fit_are_told_and_start_is_off() -> None:
    page = open_page(dataset="Small digits (built in)", val_size="1442")
    assert "**Validation images**: please enter at most 721" in page.error[0].value
    assert len(page.error) == 1
    assert button(page, "Start training").disabled


def test_where_the_disk_cannot_be_written_the_page_says_so(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(runs, "write_config", full)
    page = open_page()
    button(page, "Start training").click()
    look(page)
    assert "could not be started. No space left on device" in page.error[0].value


def test_without_mnist_the_page_goes_on_with_the_built_in_digits(
    datasets: set[str], jobs: Jobs
) -> None:
    datasets.discard("mnist")
    page = open_page()
    assert page.selectbox("dataset").value == "digits"
    assert "**MNIST** is not on this computer yet" in texts(page)
    run_id = start(page, jobs)
    state = jobs.state(run_id)
    assert state is not None
    assert state.run.config["dataset"] == "digits"


def test_a_dataset_that_is_missing_can_be_downloaded(
    datasets: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    datasets.discard("mnist")
    half, go_on = threading.Event(), threading.Event()

    def download(name: str, on_progress: Callable[[dict], None]) -> None:
        on_progress({"done": 6_000_000, "total": 12_000_000})
        half.set()
        go_on.wait(60)
        datasets.add(name)

    monkeypatch.setattr(data, "download", download)
    page = open_page()
    next(b for b in page.button if b.label.startswith("Download MNIST")).click()
    look(page)
    half.wait(60)
    look(page)
    assert "Downloading MNIST: 6.0 MB" in progress_text(page)
    assert not button(page, "Start training").disabled
    go_on.set()
    until(lambda: not any(t.name.startswith("download") for t in threading.enumerate()))
    look(page)
    assert page.selectbox("dataset").value == "mnist"
    assert "not on this computer" not in texts(page)


def test_a_download_that_fails_is_told(datasets: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def download(name: str, on_progress: Callable[[dict], None]) -> None:
        raise data.DownloadError("There is no internet. Try again later.")

    monkeypatch.setattr(data, "download", download)
    page = open_page(dataset="KMNIST")
    assert button(page, "Start training").disabled
    next(b for b in page.button if b.label.startswith("Download")).click()
    look(page)
    until(lambda: not any(t.name.startswith("download") for t in threading.enumerate()))
    look(page)
    assert page.error[0].value == "There is no internet. Try again later."
    button(page, "Use the built-in digits").click()
    look(page)
    assert page.selectbox("dataset").value == "digits"
    assert not button(page, "Start training").disabled


def test_every_control_has_a_help_text(jobs: Jobs) -> None:
    page = open_page()
    start(page, jobs)
    controls = [*page.button, *page.select_slider, *page.selectbox, *page.slider, *page.toggle]
    assert [control.label for control in controls if not control.help] == []


def test_the_session_keeps_nothing_heavy(jobs: Jobs) -> None:
    page = open_page()
    start(page, jobs)
    kept = [page.session_state[name] for name in page.session_state]
    # One for each, and for each other control and component with a key. They grew by five with the
    # ways to watch, the choice of what goes wrong, the line that others may join, and what was just
    # written into the address and by which message; by one more with rates between the steps, and
    # by three with the learning rate that settings and slider follow, and with whether this run
    # opens the page; by two that count how often the page was opened and shown.
    assert len(kept) <= len(SETTINGS) + 31
    plain = [sorted(value) if isinstance(value, set) else value for value in kept]
    assert all(len(json.dumps(value)) < 200 for value in plain)
