"""The Train page as a visitor meets it; the trainings are stand-ins."""

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import data
import nn
from nn import runs
from ui import jobs as jobs_module
from ui import run_files
from ui.jobs import Jobs
from ui.models import list_models

PROJECT = Path(__file__).resolve().parents[2]
FAKE = Path(__file__).with_name("fake_training.py")
HERE = {"digits", "mnist"}


@pytest.fixture(autouse=True)
def datasets(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the datasets that are on this computer."""
    here = set(HERE)
    monkeypatch.setattr(data, "is_available", lambda name: name in here)
    return here


@pytest.fixture(autouse=True)
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    """The server's jobs, one at a time, with a stand-in for the training process."""
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path))
    monkeypatch.setattr(jobs_module.joblib, "cpu_count", lambda: 2)
    monkeypatch.setattr(
        jobs_module,
        "train_command",
        lambda folder, resume: [sys.executable, str(FAKE), str(folder)],
    )
    st.cache_resource.clear()
    jobs = jobs_module.jobs()
    yield jobs
    for state in jobs.recent():
        jobs.cancel(state.run.id)
    for state in jobs.recent():
        jobs.send(state.run.id, {"command": "stop"})
    until(lambda: not jobs._processes)
    st.cache_resource.clear()


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def open_page(**parameters: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"), default_timeout=30)
    page.switch_page("app_pages/train.py")
    for name, value in parameters.items():
        page.query_params[name] = value
    return look(page)


def look(page: AppTest) -> AppTest:
    """Run the page once more, as its timer does."""
    page.run()
    assert not page.exception
    return page


def button(page: AppTest, label: str) -> Any:
    return next(button for button in page.button if button.label == label)


def labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def texts(page: AppTest) -> str:
    drawn = (page.markdown, page.caption, page.success, page.info, page.warning, page.error)
    return "\n".join(element.value for elements in drawn for element in elements)


def progress_text(page: AppTest) -> str:
    return " ".join(element.proto.text for element in page.get("progress"))


def links(page: AppTest) -> dict[str, str]:
    return {link.proto.label: link.proto.query_string for link in page.get("page_link")}


def shown_run(page: AppTest) -> str:
    value = page.query_params["run"]
    return value if isinstance(value, str) else value[0]


def until_status(jobs: Jobs, run_id: str, status: str) -> None:
    def reached() -> bool:
        state = jobs.state(run_id)
        return state is not None and state.status == status

    until(reached)


def start(page: AppTest, jobs: Jobs) -> str:
    """Press Start and wait until the training has told something."""
    button(page, "Start training").click()
    look(page)
    run_id = shown_run(page)
    until_status(jobs, run_id, "running")
    until(lambda: (state := jobs.state(run_id)) is not None and bool(state.run.progress))
    look(page)
    return run_id


def test_the_page_says_what_to_do_and_what_the_network_is() -> None:
    page = open_page()
    assert page.title[0].value == "Train"
    assert "Press **Start training**" in texts(page)
    assert "784 → 128 → 64 → 10: **109,386 parameters**" in texts(page)
    assert "60,000 images to learn from" in texts(page)
    assert not button(page, "Start training").disabled


def test_start_trains_with_the_settings_of_the_page(jobs: Jobs) -> None:
    page = open_page(hidden="32", epochs="3", dataset="Small digits (built in)")
    run_id = start(page, jobs)
    state = jobs.state(run_id)
    assert state is not None
    wanted = nn.TrainingConfig(dataset="digits", hidden=(32,), epochs=3)
    assert nn.TrainingConfig.from_dict(state.run.config) == wanted
    assert "784-32-10 · Small digits (built in)** · ReLU · SGD" in texts(page)


def test_a_run_under_way_is_shown_with_numbers_and_controls(jobs: Jobs) -> None:
    page = open_page()
    start(page, jobs)
    assert "Epoch 2 of 50" in progress_text(page)
    assert "left" in progress_text(page)
    metrics = {metric.label: metric.value for metric in page.metric}
    assert metrics == {
        "Training loss": "0.5000",
        "Training accuracy": "90.0 %",
        "Validation accuracy": "off",
        "Images/s": "1,000",
    }
    assert "Start training" not in labels(page)


def test_the_charts_stand_there_before_during_and_after_a_run(jobs: Jobs) -> None:
    page = open_page()
    assert len(page.get("bidi_component")) == 2
    run_id = start(page, jobs)
    assert len(page.get("bidi_component")) == 2
    jobs.send(run_id, {"command": "finish"})
    until_status(jobs, run_id, "finished")
    look(page)
    assert len(page.get("bidi_component")) == 2


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
    assert {"Start training", "Resume"} <= set(labels(page))

    button(page, "Resume").click()
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
        "Test accuracy **97.50 %**: this network reads 9,750 of the 10,000 test images of MNIST "
        "correctly, after 42 s of training."
    )
    assert links(page) == {
        "See its mistakes": f"model={run_id}",
        "Draw a digit for it": f"model={run_id}",
    }
    assert "Resume" not in labels(page)
    assert not button(page, "Start training").disabled


def test_a_dash_stands_for_the_speed_while_nothing_is_trained(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "pause"})
    until_status(jobs, run_id, "paused")
    look(page)
    assert {metric.label: metric.value for metric in page.metric}["Images/s"] == "–"


def test_validation_accuracy_is_shown_where_images_are_kept_aside(jobs: Jobs) -> None:
    page = open_page(val_size="500")
    start(page, jobs)
    assert {m.label: m.value for m in page.metric}["Validation accuracy"] == "80.0 %"


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


def test_a_run_has_one_name_on_all_pages(jobs: Jobs) -> None:
    run_id = start(open_page(), jobs)
    jobs.send(run_id, {"command": "stop"})
    until_status(jobs, run_id, "stopped")
    other = open_page()
    title = next(choice.title for choice in list_models() if choice.key == run_id)
    assert title.startswith("Run of ")
    assert other.selectbox("recent_run").options == [title]


def test_two_runs_of_one_minute_can_be_told_apart(tmp_path: Path) -> None:
    config = nn.TrainingConfig(dataset="digits").to_dict()
    for name in ("one", "two"):
        with runs.RunWriter(tmp_path / name, config) as writer:
            writer.write("stopped")
    with (tmp_path / "one" / "events.jsonl").open() as file:
        (tmp_path / "two" / "events.jsonl").write_text(file.read())
    assert len(set(open_page().selectbox("recent_run").options)) == 2


def test_other_pages_begin_with_ones_own_newest_run(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "stop"})
    until_status(jobs, run_id, "stopped")
    look(page)
    assert page.session_state["model_shown"] == run_id
    watcher = open_page(run=run_id)
    assert "model_shown" not in watcher.session_state


def test_a_second_run_waits_and_can_leave_the_line(jobs: Jobs) -> None:
    start(open_page(), jobs)
    other = open_page()
    button(other, "Start training").click()
    look(other)
    assert "Number 1 in line" in progress_text(other)
    button(other, "Leave the line").click()
    look(other)
    assert "Press **Start training**" in texts(other)
    assert "run" not in other.query_params
    assert not other.warning


def test_a_waiting_run_begins_when_the_one_before_ends(jobs: Jobs) -> None:
    first = start(open_page(), jobs)
    other = open_page()
    button(other, "Start training").click()
    look(other)
    jobs.send(first, {"command": "stop"})
    until_status(jobs, shown_run(other), "running")
    look(other)
    assert "Pause" in labels(other)


def test_a_reload_keeps_the_run_and_the_reins(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    parameters = {name: values[0] for name, values in url(page).items()}
    assert parameters["token"] == jobs.token(run_id)
    again = open_page(**parameters)
    assert "Stop" in labels(again)


def url(page: AppTest) -> dict[str, list[str]]:
    return {
        name: [value] if isinstance(value, str) else list(value)
        for name, value in page.query_params.items()
    }


def test_who_has_only_the_run_watches(jobs: Jobs) -> None:
    run_id = start(open_page(), jobs)
    watcher = open_page(run=run_id)
    assert "You are watching" in texts(watcher)
    assert "Epoch 2 of 50" in progress_text(watcher)
    assert not {"Pause", "Resume", "Stop"} & set(labels(watcher))
    assert not button(watcher, "Start training").disabled


def test_the_link_to_share_lets_only_watch(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    link = page.code[0].value
    assert link.endswith(f"?run={run_id}")
    assert "keep it to yourself" in texts(page)


def test_a_wrong_token_only_lets_watch_and_is_told(jobs: Jobs) -> None:
    run_id = start(open_page(), jobs)
    watcher = open_page(run=run_id, token="guessed")
    assert "does not belong to this run" in watcher.warning[0].value
    assert "Stop" not in labels(watcher)


def test_the_run_is_back_after_a_visit_to_another_page(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    page.switch_page("app_pages/home.py")
    look(page)
    page.query_params.clear()
    page.switch_page("app_pages/train.py")
    look(page)
    assert "Stop" in labels(page)
    assert shown_run(page) == run_id
    assert url(page)["token"] == [jobs.token(run_id)]


@pytest.mark.parametrize("run_id", ["unknown", "../..", "`[x](http://a.b)", "x" * 5000, "\0"])
def test_an_unknown_run_is_a_notice(run_id: str) -> None:
    page = open_page(run=run_id)
    assert "There is no run" in page.warning[0].value
    assert len(page.warning[0].value) < 200
    assert "Press **Start training**" in texts(page)


def test_a_run_of_the_terminal_is_listed_and_shown_read_only(tmp_path: Path) -> None:
    folder = tmp_path / "from-the-terminal"
    config = nn.TrainingConfig(dataset="digits").to_dict()
    with runs.RunWriter(folder, config) as writer:
        writer.write("started", epochs=50, train_samples=1000)
        page = open_page()
        box = page.selectbox("recent_run")
        assert box.options[0].startswith("Run of ")
        box.set_value("from-the-terminal")
        look(page)
        assert shown_run(page) == "from-the-terminal"
        assert "You are watching" in texts(page)
    look(page)
    assert "Interrupted" in texts(page)
    assert "Resume" not in labels(page)


def test_a_run_with_strange_settings_is_shown(tmp_path: Path) -> None:
    config = {"dataset": "my own", "hidden": [3, 4], "optimizer": ["?"], "activation": "magic"}
    with runs.RunWriter(tmp_path / "strange", config) as writer:
        writer.write("finished", test_accuracy=0.5, seconds=100.0)
    page = open_page(run="strange")
    assert "my own** · magic" in texts(page)
    assert "Test accuracy **50.00 %**" in texts(page)


def test_a_crash_is_told_in_words_and_a_new_start_is_possible(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "crash"})
    until_status(jobs, run_id, "interrupted")
    until(lambda: (state := jobs.state(run_id)) is not None and state.failure is not None)
    look(page)
    assert "MemoryError: no room for the images" in page.error[0].value
    assert "Traceback" not in page.error[0].value
    assert not button(page, "Start training").disabled


def test_a_run_left_by_an_earlier_server_can_be_started_with_its_token(tmp_path: Path) -> None:
    config = nn.TrainingConfig(dataset="digits").to_dict()
    runs.write_config(tmp_path / "left", config)
    run_files.write_token(tmp_path / "left")
    token = run_files.read_token(tmp_path / "left")
    assert token is not None
    assert "Start" not in labels(open_page(run="left"))
    page = open_page(run="left", token=token)
    assert "has not begun" in texts(page)
    button(page, "Start").click()
    look(page)
    assert "Stop" in labels(page)


def test_settings_that_do_not_fit_are_told_and_start_is_off() -> None:
    page = open_page(dataset="Small digits (built in)", val_size="1442")
    assert "Please enter at most 721" in page.error[0].value
    assert "under More settings" in page.error[1].value
    assert len(page.error) == 2
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
        go_on.wait(30)
        datasets.add(name)

    monkeypatch.setattr(data, "download", download)
    page = open_page()
    next(b for b in page.button if b.label.startswith("Download MNIST")).click()
    look(page)
    half.wait(30)
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
    assert len(kept) < 40
    assert all(len(json.dumps(value)) < 200 for value in kept)
