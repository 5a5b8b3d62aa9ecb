"""A visitor's own trainings, listed with what can be done to each; and the line in words."""

import hashlib
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.runs.trainings import state_of, until_status
from tests.ui.train.train_page import (
    button,
    labels,
    look,
    open_page,
    progress_text,
    shown_run,
    start,
    texts,
)
from ui.models.list import list_models
from ui.runs import visitor
from ui.runs.jobs import Jobs

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


def open_list(page: AppTest) -> AppTest:
    page.session_state["own_runs"] = True
    return look(page)


def menu(page: AppTest, run_id: str) -> Any:
    return page.menu_button(f"menu_{run_id}")


def choose(page: AppTest, run_id: str, action: str) -> AppTest:
    menu(page, run_id).click(action)
    return look(page)


def test_who_has_no_training_has_no_list(jobs: Jobs) -> None:
    start(open_page(), jobs)
    assert not [one for one in open_page().expander if one.label.startswith("Your trainings")]


def test_all_that_can_be_done_is_in_the_menu_of_each(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    assert not page.menu_button  # closed, the list costs nothing
    open_list(page)
    assert menu(page, run_id).options == ["Pause", "Stop", "Name it"]
    choose(page, run_id, "Pause")
    until_status(jobs, run_id, "paused")
    look(page)
    assert menu(page, run_id).options == ["Resume", "Stop", "Name it"]
    choose(page, run_id, "Resume")
    until_status(jobs, run_id, "running")
    look(page)
    choose(page, run_id, "Stop")
    until_status(jobs, run_id, "stopped")
    look(page)
    ways = ["See its mistakes", "Draw a digit for it", "Look inside"]
    offers = [*ways, "Resume", "Name it"]
    assert menu(page, run_id).options == offers
    choose(page, run_id, "Resume")
    until_status(jobs, run_id, "running")


def test_a_name_is_shown_wherever_the_run_is_listed(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    open_list(page)
    choose(page, run_id, "Name it")
    page.text_input(f"name_in_list_{run_id}").set_value(" *Deep*  <b>net ")
    look(page)
    assert state_of(jobs, run_id).run.name == "*Deep* <b>net"
    assert not [one for one in page.text_input if one.label == "Name"]
    assert r"**“\*Deep\* \<b>net”** :blue-badge" in texts(page)
    jobs.send(run_id, {"command": "stop"})
    until_status(jobs, run_id, "stopped")
    assert list_models()[-1].title.startswith("“*Deep* <b>net” · ")
    options = open_page().selectbox("recent_run").options
    assert options[0].startswith("“*Deep* <b>net” · ")


def test_another_training_joins_the_line_from_beside_the_one_that_runs(jobs: Jobs) -> None:
    page = open_page()
    first = start(page, jobs)
    next_one = button(page, "Train with these settings next")
    joins = "A training that you start now joins the line behind one other and begins in about"
    assert joins in next_one.help
    next_one.click()
    look(page)
    assert page.toast[0].value.startswith("It is number 1 in line: see **Your trainings**")
    assert shown_run(page) == first
    (waiting,) = jobs.line().waiting
    open_list(page)
    assert menu(page, waiting.run.id).options == ["Leave the line", "Name it"]
    assert "number 1 in line" in texts(page)
    page.button(f"open_{waiting.run.id}").click()
    look(page)
    assert shown_run(page) == waiting.run.id
    assert page.button(f"open_{waiting.run.id}").disabled
    choose(page, waiting.run.id, "Leave the line")
    assert jobs.state(waiting.run.id) is None
    assert not jobs.line().waiting
    assert state_of(jobs, first).is_moving


def test_where_there_is_room_the_next_one_begins_at_once_and_that_is_said(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs._places, "limit", 2)
    monkeypatch.setenv("SCRATCH_NN_RUNNING_EACH", "2")
    page = open_page()
    start(page, jobs)
    button(page, "Train with these settings next").click()
    look(page)
    assert page.toast[0].value.startswith("It has begun: see **Your trainings**")
    assert len(jobs.line().active) == 2


def test_who_starts_from_a_page_that_knew_of_no_line_reads_that_there_is_one(jobs: Jobs) -> None:
    early = open_page()
    start(open_page(), jobs)
    button(early, "Start training").click()
    look(early)
    assert "Number 1 in line. It begins in about" in progress_text(early)
    assert "Ahead: 784-128-64-10" in texts(early)


def test_who_would_join_reads_that_a_pause_ahead_ends(jobs: Jobs) -> None:
    first = open_page()
    run_id = start(first, jobs)
    jobs.send(run_id, {"command": "pause"})
    until_status(jobs, run_id, "paused")
    joins = "and begins in about 2 min, by itself. A pause ahead ends in at "
    assert joins + "most 2:00 when others wait." in texts(open_page())
    button(look(first), "Train with these settings next").click()
    look(first)
    # It gives way already, and the one that waits goes before.
    assert re.search(r"begins .*A pause ahead ends in at most (2:00|1:\d\d)", texts(open_page()))


def test_who_waits_reads_what_is_ahead_and_for_how_long(jobs: Jobs) -> None:
    first = open_page()
    run_id = start(first, jobs)
    second = open_page(hidden="32")
    button(second, "Start training").click()
    third = open_page()
    button(third, "Start training").click()
    look(second)
    look(third)
    assert "Number 2 in line. It begins in about" in progress_text(third)
    assert "Ahead: 784-128-64-10 · MNIST (trains, about" in texts(third)
    assert "; 784-32-10 · MNIST (waits)." in texts(third)

    button(first, "Pause").click()
    look(first)
    until_status(jobs, run_id, "paused")
    look(first)
    assert "2 other trainings wait: resume within **" in texts(first)
    assert "or it is stopped and can be resumed later" in texts(first)
    assert "(paused, gives way in at most " in texts(look(second))
    jobs.cancel(shown_run(third))
    assert "Another training waits: resume within" in texts(look(first))
    jobs.cancel(shown_run(second))
    assert "When others come to wait, it gives way after two minutes" in texts(look(first))


def test_a_session_that_learns_of_another_secret_keeps_its_runs(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two tabs that were opened at once: the cookie of one of them holds for both."""
    page = open_page()
    run_id = start(page, jobs)
    kept = "k" * 43
    monkeypatch.setattr(
        visitor, "browser_cookie", lambda secret, on_other: secret == kept or on_other(kept)
    )
    look(page)
    monkeypatch.undo()
    assert page.session_state["browser_secret"] == kept
    assert "Stop" in labels(page)
    assert [state.run.id for state in jobs.own(owner_name(kept))] == [run_id]


@pytest.mark.parametrize("spoilt", ["short", "x" * 65, "with spaces in it, and commas", "é" * 30])
def test_a_spoilt_cookie_is_replaced(browser: dict[str, str], spoilt: str) -> None:
    browser["cookie"] = spoilt
    secret = open_page().session_state["browser_secret"]
    assert secret != spoilt
    assert len(secret) == 43


def owner_name(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
