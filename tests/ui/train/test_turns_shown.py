"""What those read whose training gives way, and those who wait for that."""

import re

import pytest

from tests.ui.runs.trainings import CONFIG, state_of, until, until_status
from tests.ui.train.train_page import button, labels, look, open_page, progress_text, start, texts
from ui.runs.jobs import Jobs
from ui.runs.owners import Owner

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


def test_a_training_gives_way_and_that_is_said_before_and_after(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_TURN_SECONDS", "30")
    page = open_page()
    run_id = start(page, jobs)
    assert "it gives way" not in texts(look(page))
    # Who would join waits no longer than for its turn to be over.
    assert re.search(
        "joins the line behind one other and begins in about (5|10|15|20|25|30) s",
        texts(open_page()),
    )
    theirs = jobs.start(CONFIG, Owner(("b" * 64,)))
    assert "Others wait: it gives way in " in texts(look(page))
    assert "and goes on later by itself where it was. Nothing is lost." in texts(page)

    monkeypatch.setattr("ui.runs.places.LOOK_SECONDS", 0.05)
    with monkeypatch.context() as short:
        short.setenv("SCRATCH_NN_TURN_SECONDS", "1")
        until(lambda: state_of(jobs, run_id).doing == "gave way")
    until_status(jobs, theirs, "running")
    look(page)
    assert "Gave way, goes on by itself" in texts(page)
    said = progress_text(page)
    assert said.startswith("It gave way to others; nothing is lost. Number 1 in line: it goes on ")
    assert "by itself" in said
    assert "Leave the line" in labels(page)
    button(page, "Leave the line").click()
    look(page)
    assert state_of(jobs, run_id).status == "interrupted"
    assert "Resume at 0.1" in labels(page)


def test_what_is_open_on_a_page_is_not_cleared_away(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_KEPT_RUNS", "1")
    monkeypatch.setattr("ui.runs.clearing.YOUNG_SECONDS", 0)
    page = open_page()
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "finish"})
    until_status(jobs, run_id, "finished")
    for browser in "bc":
        run = jobs.start(CONFIG, Owner((browser * 64,)))
        until_status(jobs, run, "running")
        jobs.send(run, {"command": "finish"})
        until(lambda run=run: jobs.process_id(run) is None)  # by then it may be gone itself
    assert state_of(jobs, run_id).status == "finished"
    assert "Finished" in texts(look(page))
