"""Who comes back to the Train page: their last result, its settings, and the empty page again."""

import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import nn
from nn import runs
from tests.ui.runs.trainings import state_of, until, until_status
from tests.ui.train.train_page import button, labels, look, open_page, shown_run, start, texts
from ui.runs import shown_run as shown_run_module
from ui.runs.jobs import Jobs

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


@pytest.fixture
def ended(jobs: Jobs, browser: dict[str, str]) -> str:
    """The id of the visitor's training with 30 epochs, which has finished; they come again."""
    page = open_page(epochs="30", activation="Tanh", val_size="500")
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "finish"})
    until_status(jobs, run_id, "finished")
    until(lambda: not jobs.line().active)  # until then it counts as under way
    browser["cookie"] = page.session_state["browser_secret"]
    return run_id


def go(page: AppTest, name: str) -> AppTest:
    """Go to another page by the menu, which clears the address."""
    page.query_params.clear()
    page.switch_page(f"pages/{name}.py")
    return look(page)


def test_the_result_of_ones_last_training_is_found_again_with_its_settings(ended: str) -> None:
    page = open_page()
    assert shown_run(page) == ended
    assert "Test accuracy **97.5" in texts(page)
    assert page.slider(key="epochs").value == 30
    assert page.selectbox(key="activation").value == "tanh"
    assert page.query_params["epochs"] in ("30", ["30"])
    assert "\nthe settings of the training shown" in texts(page)
    page.slider(key="epochs").set_value(31)
    assert "not the settings of the training shown" in texts(look(page))


def test_the_settings_of_a_link_are_those_of_a_new_training(ended: str) -> None:
    page = open_page(epochs="40")
    assert "Press **Start training**" in texts(page)
    assert page.slider(key="epochs").value == 40
    page = open_page(run=ended, epochs="40")
    assert page.slider(key="epochs").value == 40
    assert "not the settings of the training shown" in texts(page)


def test_what_ended_long_ago_does_not_come_back(
    ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time() + shown_run_module.LATELY_SECONDS + 60
    monkeypatch.setattr(shown_run_module.time, "time", lambda: now)
    assert "Press **Start training**" in texts(open_page())


def test_of_several_the_one_that_ended_last_comes_back(
    ended: str, jobs: Jobs, browser: dict[str, str]
) -> None:
    """One that was resumed ends after those that began later."""
    again = open_page()
    later = start_another(again, jobs)
    jobs.send(later, {"command": "stop"})
    until_status(jobs, later, "stopped")
    until(lambda: not jobs.line().active)
    assert shown_run(open_page()) == later
    with runs.RunWriter(state_of(jobs, ended).run.folder, None) as writer:
        writer.write("stopped", 501)
    assert shown_run(open_page()) == ended


def start_another(page: AppTest, jobs: Jobs) -> str:
    button(page, "Close").click()
    return start(look(page), jobs)


def test_a_training_is_put_away_and_stays_so(ended: str) -> None:
    page = open_page()
    button(page, "Close").click()
    look(page)
    assert "Press **Start training**" in texts(page)
    assert "run" not in page.query_params
    assert page.slider(key="epochs").value == 30  # as the visitor left them
    go(page, "home")
    go(page, "train")
    assert "Press **Start training**" in texts(page)
    page.selectbox("recent_run").set_value(ended)
    assert "Close" in labels(look(page))


@pytest.mark.parametrize(
    "settings",
    [
        {"learning_rate": 1e-6, "batch_size": 100},
        {"val_size": 40_000},
        {"warmup_epochs": 25},
        {"dataset": "digits", "val_size": 1000},
    ],
)
def test_settings_that_the_page_cannot_show_are_left_out(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    config = nn.TrainingConfig(**{"epochs": 30, **settings}).to_dict()
    with runs.RunWriter(tmp_path / "from-the-terminal", config) as writer:
        writer.write("stopped")
    page = open_page(run="from-the-terminal")
    assert page.slider(key="epochs").value == 30
    assert page.select_slider(key="learning_rate").value == nn.TrainingConfig().learning_rate
    assert not page.warning
    assert not page.error
    assert not button(page, "Start training").disabled
    assert "not the settings of the training shown" in texts(page)


def test_the_link_to_share_says_whose_settings_it_brings(ended: str) -> None:
    page = open_page()
    page.session_state["share_popover"] = True
    assert "finds the settings you see here" in texts(look(page))


def test_the_projector_is_as_one_left_it(ended: str) -> None:
    page = open_page(projector="true")
    assert page.metric[0].label == "Test accuracy"
    go(page, "home")
    go(page, "train")
    assert page.toggle("projector").value
    assert page.metric[0].label == "Test accuracy"


def test_a_second_visitor_reads_before_start_that_one_is_ahead(
    jobs: Jobs, browser: dict[str, str]
) -> None:
    first = open_page()
    run_id = start(first, jobs)
    stranger = open_page()
    ahead = "A training that you start now joins the line behind one other and begins in about"
    assert any(ahead in caption.value for caption in stranger.caption)
    jobs.send(run_id, {"command": "finish"})
    until(lambda: not jobs.line().active)
    assert not any(ahead in caption.value for caption in look(stranger).caption)
