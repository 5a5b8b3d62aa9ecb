"""What the Train page says and offers when a run ended in an unusual way."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import nn
from nn import runs
from nn.evaluation.accuracy import NOTHING_LEARNED, USUAL_CAUSE
from tests.checkpoints import WHOLE
from ui.runs import files as run_files
from ui.runs.jobs import Jobs

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path))
    st.cache_resource.clear()


def ended_run(folder: Path, closing: str, **fields: Any) -> str:
    """The token of a run in `folder` that ended with this event, and left a checkpoint."""
    with runs.RunWriter(folder, nn.TrainingConfig(dataset="digits").to_dict()) as writer:
        writer.write("started", epochs=50, train_samples=1000)
        numbers = {"train_loss": 2.3, "train_accuracy": 0.1}
        writer.write("progress", 10, 1, **numbers, samples_per_second=100.0, learning_rate=0.1)
        writer.write("epoch", 10, 1, **numbers)
        writer.write(closing, 10, 1.0, **fields)
    (folder / "checkpoint.safetensors").write_bytes(WHOLE)
    run_files.write_token(folder)
    token = run_files.read_token(folder)
    assert token is not None
    return token


def open_page(**parameters: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
    page.switch_page("pages/train.py")
    for name, value in parameters.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def resumed_rate(page: AppTest) -> Any:
    (rate,) = (one for one in page.select_slider if one.label == "Learning rate after Resume")
    return rate


def test_a_run_that_failed_on_a_full_disk_can_go_on(tmp_path: Path) -> None:
    token = ended_run(tmp_path / "full", "failed", message="the disk is full")
    page = open_page(run="full", token=token)
    assert "the disk is full" in page.error[0].value
    assert "Resume at 0.1" in [button.label for button in page.button]


def test_a_run_that_diverged_goes_on_with_another_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(Jobs, "resume", lambda _, run_id, **how: told.append((run_id, how)))
    token = ended_run(tmp_path / "wild", "failed", message="diverged", reason=runs.DIVERGED)
    page = open_page(run="wild", token=token)
    rate = resumed_rate(page)
    assert rate.value == 0.03  # a third of what made it diverge
    assert "With 0.1 this training diverged" in rate.help
    assert "Resume at 0.03" in [button.label for button in page.button]
    rate.set_value(0.02).run()
    (button,) = (one for one in page.button if one.label == "Resume at 0.02")
    button.click().run()
    assert [(run_id, how["learning_rate"]) for run_id, how in told] == [("wild", 0.02)]


def test_a_run_that_was_stopped_goes_on_as_it_was_or_with_another_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(Jobs, "resume", lambda _, __, **how: told.append(how["learning_rate"]))
    token = ended_run(tmp_path / "held", "stopped")
    page = open_page(run="held", token=token)
    page.select_slider(key="learning_rate").set_value(0.2).run()  # of the next training
    for value in (0.1, 0.5):
        resumed_rate(page).set_value(value).run()
        next(one for one in page.button if one.label == f"Resume at {value}").click().run()
    assert told == [None, 0.5]


def test_a_run_that_failed_before_its_first_checkpoint_cannot(tmp_path: Path) -> None:
    token = ended_run(tmp_path / "early", "failed", message="val_size is too large")
    (tmp_path / "early" / "checkpoint.safetensors").unlink()
    page = open_page(run="early", token=token)
    assert not [button.label for button in page.button if "Resume" in button.label]


def test_what_has_only_damaged_checkpoints_is_offered_no_resume(tmp_path: Path) -> None:
    token = ended_run(tmp_path / "torn", "progress")
    (tmp_path / "torn" / "checkpoint.safetensors").write_bytes(WHOLE[:5])
    page = open_page(run="torn", token=token)
    assert "What was saved to go on with is damaged" in page.warning[0].value
    assert not [button.label for button in page.button if "Resume" in button.label]


@pytest.mark.parametrize("closing", ["finished", "stopped"])
def test_a_network_that_learned_nothing_is_called_so(tmp_path: Path, closing: str) -> None:
    figures = {"test_accuracy": 0.1, "seconds": 9.0}
    ended_run(tmp_path / "bad", closing, hint=f"{NOTHING_LEARNED} {USUAL_CAUSE}", **figures)
    page = open_page(run="bad")
    assert "learning rate is too high" in page.info[0].value
    assert not page.success


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_of_a_run_is_a_notice(name: str) -> None:
    page = open_page(run=name, token="x")
    assert "There is no training with an empty name here" in page.warning[0].value


def test_what_is_noticed_about_a_run_stands_with_its_result(tmp_path: Path) -> None:
    config = nn.TrainingConfig(dataset="digits", initializer="zeros", epochs=3).to_dict()
    with runs.RunWriter(tmp_path / "zeros", config) as writer:
        writer.write("started", epochs=3, train_samples=1442)
        for epoch in (1, 2, 3):
            writer.write("epoch", epoch, epoch, train_loss=2.303, train_accuracy=0.1)
        writer.write("finished", 3, 3.0, test_accuracy=0.1, seconds=0.1, hint=NOTHING_LEARNED)
    said = open_page(run="zeros").info[0].value
    assert "all weights began at zero" in said
    assert NOTHING_LEARNED not in said  # it would give another reason
