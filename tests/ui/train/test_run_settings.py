"""Train: settings, link and slider say the learning rate that the training shown has."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import nn
from nn import runs
from nn.runs.thinning import MOST_BYTES
from tests.checkpoints import WHOLE
from tests.ui.runs.trainings import state_of, until
from tests.ui.train.train_page import look, open_page, start, texts
from ui.runs import files as run_files
from ui.runs.jobs import Jobs
from ui.shared import address
from ui.train import rate_now

pytestmark = pytest.mark.usefixtures("datasets", "jobs")

SAME, OTHER = "\nthe settings of the training shown", "not the settings of the training shown"


def rate(page: AppTest) -> tuple[float, str | None]:
    """What the settings say and what the address says."""
    said = page.query_params.get("learning_rate")
    value: float = page.select_slider("learning_rate").value
    return value, said[-1] if isinstance(said, list) else said


def until_set(jobs: Jobs, run_id: str, value: float) -> None:
    def is_set() -> bool:
        event = state_of(jobs, run_id).run.last("set")
        return event is not None and event["value"] == value

    until(is_set)


@pytest.fixture
def resumed(jobs: Jobs) -> str:
    """A run with 30 epochs that began with 0.1 and went on with 0.02."""
    folder = jobs.folder_of(jobs.start(nn.TrainingConfig(dataset="digits", epochs=30)))
    assert folder is not None
    until(lambda: bool(state_of(jobs, folder.name).run.progress))
    jobs.send(folder.name, {"command": "stop"})
    until(lambda: not jobs.line().active)
    add_set(folder, 0.02)
    return folder.name


def add_set(folder: Path, value: float) -> None:
    with runs.RunWriter(folder, None) as writer:
        writer.write("resumed", 15, 1.5, from_step=15)
        writer.write("set", 15, 1.5, name="learning_rate", value=value)
        writer.write("stopped", 15, 1.5)
    (folder / "checkpoint.safetensors").write_bytes(WHOLE)
    assert run_files.read_token(folder)


def test_the_settings_follow_the_rate_that_the_training_is_given(jobs: Jobs) -> None:
    page = open_page(epochs="30")
    run_id = start(page, jobs)
    assert rate(page) == (0.1, None)
    page.select_slider(f"learning_rate_of_{run_id}").set_value(0.05)
    look(page)
    until_set(jobs, run_id, 0.05)
    look(page)
    assert rate(page) == (0.05, "0.05")
    assert SAME in texts(page)
    # Those of another training, in preparation, are left alone.
    page.slider(key="epochs").set_value(31)
    look(page)
    page.select_slider(f"learning_rate_of_{run_id}").set_value(0.01)
    look(page)
    until_set(jobs, run_id, 0.01)
    look(page)
    assert rate(page) == (0.05, "0.05")
    assert OTHER in texts(page)


def test_the_slider_follows_what_others_and_resume_set(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    slider = f"learning_rate_of_{run_id}"
    assert page.select_slider(slider).value == 0.1
    tell(jobs, run_id, 0.5)
    assert look(page).select_slider(slider).value == 0.5


def test_a_browser_that_misses_the_state_has_the_rate_of_the_training(jobs: Jobs) -> None:
    page = open_page(learning_rate="0.05")
    run_id = start(page, jobs)
    for _ in range(2):
        # What a browser shows, and says, until it hears of another value.
        slider = page.select_slider(f"learning_rate_of_{run_id}")
        assert [slider.options[int(place)] for place in slider.proto.default] == ["0.05"]
        look(page)


def set_while_it_is_busy(page: AppTest, run_id: str, *values: float) -> None:
    """Choose these rates, of which the training has yet to hear."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Jobs, "send", lambda *_: True)
        for value in values:
            page.select_slider(f"learning_rate_of_{run_id}").set_value(value)
            look(page)


def tell(jobs: Jobs, run_id: str, *values: float) -> None:
    for value in values:
        jobs.send(run_id, {"command": "set", "name": "learning_rate", "value": value})
    until_set(jobs, run_id, values[-1])


def test_what_was_set_stays_until_the_training_has_heard_of_it(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    slider = f"learning_rate_of_{run_id}"
    set_while_it_is_busy(page, run_id, 0.5, 0.2)
    tell(jobs, run_id, 0.5)
    assert look(page).select_slider(slider).value == 0.2
    tell(jobs, run_id, 0.2)
    assert look(page).select_slider(slider).value == 0.2


def test_what_somebody_else_sets_right_after_that_is_shown(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    slider = f"learning_rate_of_{run_id}"
    set_while_it_is_busy(page, run_id, 0.05)
    tell(jobs, run_id, 0.05, 0.02)  # both before the page looks
    assert look(page).select_slider(slider).value == 0.02
    tell(jobs, run_id, 0.01)
    assert look(page).select_slider(slider).value == 0.01


def slider_page() -> None:
    import streamlit as st

    from nn.runs import Run
    from ui.train.rate_now import rate_now

    rate_now(Run(st.session_state["folder"]))


def test_the_slider_follows_also_when_older_events_have_been_thinned_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_now, "steers", lambda _: True)
    monkeypatch.setattr(Jobs, "send", lambda *_: True)
    page = AppTest.from_function(slider_page)
    page.session_state["folder"] = tmp_path / "run"
    with runs.RunWriter(tmp_path / "run", nn.TrainingConfig().to_dict()) as writer:
        for step in range(1000):
            writer.write("set", step, name="learning_rate", value=0.1)
        look(page).select_slider[0].set_value(0.05)
        look(page)
        writer.write("set", 1000, name="learning_rate", value=0.05)
        for _ in range(2):  # so much that the writer thins out
            writer.write("progress", 1000, note="x" * (MOST_BYTES // 2))
        assert len(runs.Run(tmp_path / "run").events) < 1000
        assert look(page).select_slider[0].value == 0.05
        writer.write("set", 1001, name="learning_rate", value=0.02)
        assert look(page).select_slider[0].value == 0.02


def test_who_reloads_finds_the_rate_with_which_it_went_on(resumed: str) -> None:
    page = open_page(run=resumed)
    assert rate(page) == (0.02, "0.02")
    assert page.slider(key="epochs").value == 30
    assert SAME in texts(page)
    before = {name: page.query_params[name][-1] for name in ("dataset", "epochs")}
    page = open_page(run=resumed, **before)  # an address from before it went on
    assert rate(page) == (0.02, "0.02")
    assert SAME in texts(page)


def test_a_link_to_other_settings_keeps_its_rate(resumed: str) -> None:
    page = open_page(run=resumed, epochs="31")
    assert rate(page) == (0.1, None)
    assert OTHER in texts(page)


def test_back_to_an_address_from_before_shows_the_rate_of_now(
    resumed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(run=resumed)
    monkeypatch.setattr(address, "_came_back", lambda: True)  # AppTest has no Back
    del page.query_params["learning_rate"]
    look(page)
    assert rate(page) == (0.02, "0.02")
    assert SAME in texts(page)
