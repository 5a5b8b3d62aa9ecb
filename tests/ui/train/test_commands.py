"""What the page says between a command and its effect."""

import os
import signal

import pytest

from tests.ui.runs.trainings import until_status
from tests.ui.train.train_page import button, labels, look, open_page, progress_text, start, texts
from ui.runs.asked import Asked
from ui.runs.jobs import Jobs
from ui.runs.training_process import TrainingProcess


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be held here")
def test_pause_and_stop_are_answered_before_the_training_has_obeyed(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TrainingProcess, "_wake", lambda process: None)  # or it would obey at once
    page = open_page()
    run_id = start(page, jobs)
    training = jobs.process_id(run_id)
    assert training is not None
    os.kill(training, signal.SIGSTOP)  # it is in the middle of a long step

    monkeypatch.setattr("ui.runs.standing.SILENT_SECONDS", 0.0)
    assert "no sign of life" in progress_text(look(page))
    assert "Any button here wakes it up" in texts(page)
    watcher = open_page(run=run_id)
    assert "no sign of life" in progress_text(watcher)
    assert "Any button here" not in texts(watcher)

    button(page, "Pause").click()
    look(page)
    assert "Pausing ..." in texts(page)
    assert button(page, "Pausing ...").disabled
    assert not button(page, "Stop").disabled
    button(page, "Stop").click()
    look(page)
    assert "Stopping ..." in texts(page)
    assert button(page, "Stopping ...").disabled
    assert "End it now" in labels(page)

    os.kill(training, signal.SIGCONT)
    until_status(jobs, run_id, "stopped")
    look(page)
    assert "Stopping ..." not in texts(page)
    assert "Resume at 0.1" in labels(page)


def test_a_command_is_no_more_to_come_when_it_is_done() -> None:
    asked = Asked()
    assert asked.doing("run", "running") is None
    asked.note("run", "pause")
    assert asked.doing("run", "running") == "pausing"
    assert asked.doing("run", "paused") is None
    asked.note("run", "set")
    assert asked.doing("run", "running") == "pausing"
    asked.note("run", "resume")
    assert asked.doing("run", "paused") == "resuming"
    assert asked.doing("run", "running") is None
    asked.note("run", "stop")
    assert asked.doing("run", "running") == "stopping"
    assert asked.doing("run", "stopped") is None
    asked.forget("run")
    assert asked.doing("run", "running") is None
