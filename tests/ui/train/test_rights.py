"""What is on a page may be pressed after the right to it has gone: then nothing happens."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.runs.trainings import CONFIG, state_of, until_status
from tests.ui.train.test_operators import SECRET, open_operators, try_secret
from tests.ui.train.train_page import button, labels, look, open_page, shown_run, start, texts
from ui.runs import files, operator, owners
from ui.runs.jobs import Jobs
from ui.runs.owners import Owner, read_owner, write_owner

OTHER = "d" * 64

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


@pytest.fixture
def orders(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the jobs are told to do, besides starting."""
    given: list[str] = []
    for name in ("send", "cancel", "resume", "move"):

        def note(*arguments: Any, name: str = name, **_: Any) -> None:
            given.append(f"{name} {arguments}")

        monkeypatch.setattr(jobs, name, note)
    yield given
    monkeypatch.undo()


def take_away(page: AppTest, folder: Path) -> None:
    """Give a run to another browser, and make its token worth nothing."""
    write_owner(folder, Owner((OTHER,)))
    files.write_token(folder)


def browser_of(page: AppTest) -> str:
    return hashlib.sha256(page.session_state["browser_secret"].encode()).hexdigest()


def own_run(jobs: Jobs, status: str) -> tuple[AppTest, str]:
    """A visitor who looks at their own run of this status, with the list of their runs open."""
    page = open_page()
    if status == "waiting":
        start(open_page(hidden="32"), jobs)
        button(page, "Start training").click()
        look(page)
        run_id = shown_run(page)
    else:
        run_id = start(page, jobs)
    if status in ("paused", "stopped"):
        jobs.send(run_id, {"command": {"paused": "pause", "stopped": "stop"}[status]})
    until_status(jobs, run_id, status)
    page.session_state["own_runs"] = True
    return look(page), run_id


@pytest.mark.parametrize(
    ("status", "label", "order"),
    [
        ("running", "Pause", "send"),
        ("running", "Stop", "send"),
        ("paused", "Resume", "send"),
        ("waiting", "Leave the line", "cancel"),
        ("stopped", "Resume", "resume"),
    ],
)
@pytest.mark.parametrize("where", ["button", "menu"])
@pytest.mark.parametrize("may", [True, False])
def test_who_may_not_steer_any_more_gives_no_orders(
    jobs: Jobs, request: pytest.FixtureRequest, status: str, label: str, order: str, where: str,
    may: bool,
) -> None:  # fmt: skip
    page, run_id = own_run(jobs, status)
    given = request.getfixturevalue("orders")
    if not may:
        take_away(page, state_of(jobs, run_id).run.folder)
    if where == "button":
        button(page, f"{label} at 0.1" if status == "stopped" else label).click()
    else:
        page.menu_button(f"menu_{run_id}").click(label)
    page.run()
    assert [one.split()[0] for one in given] == ([order] if may else [])


@pytest.mark.parametrize("may", [True, False])
def test_who_may_not_steer_any_more_sets_no_learning_rate(
    jobs: Jobs, request: pytest.FixtureRequest, may: bool
) -> None:
    page, run_id = own_run(jobs, "running")
    given = request.getfixturevalue("orders")
    if not may:
        take_away(page, state_of(jobs, run_id).run.folder)
    page.select_slider(f"learning_rate_of_{run_id}").set_value(0.01)
    look(page)
    assert len(given) == int(may)


def test_who_may_not_steer_any_more_gives_no_name(jobs: Jobs) -> None:
    page, run_id = own_run(jobs, "running")
    folder = state_of(jobs, run_id).run.folder
    page.menu_button(f"menu_{run_id}").click("Name it")
    look(page)
    take_away(page, folder)
    page.text_input(f"name_in_list_{run_id}").set_value("mine")
    look(page)
    assert state_of(jobs, run_id).run.name == ""


@pytest.mark.parametrize("may", [True, False])
def test_no_menu_does_what_its_reader_has_no_right_to(jobs: Jobs, may: bool) -> None:
    def script() -> None:
        import streamlit as st

        from ui.runs.jobs import jobs
        from ui.runs.visitor import this_browser
        from ui.train.run_menu import run_buttons

        this_browser()
        (state,) = jobs().recent()
        done = st.session_state.setdefault("done", [])
        run_buttons(state, more={"Anything": done.append})

    run_id = jobs.start(CONFIG, Owner((OTHER,)))
    page = look(AppTest.from_function(script))
    if may:
        owners.add_browser(state_of(jobs, run_id).run.folder, browser_of(page))
    page.menu_button(f"menu_{run_id}").click("Anything")
    look(page)
    assert page.session_state["done"] == [run_id] * may


@pytest.fixture
def operators(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AppTest]:
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", SECRET)

    def open_as_operator() -> AppTest:
        page = open_operators()
        try_secret(page, SECRET)
        return page

    return open_as_operator


@pytest.mark.parametrize("own", [True, False])
def test_who_is_the_operator_no_more_moves_and_forgets_nobody(
    jobs: Jobs, operators: Callable[[], AppTest], own: bool
) -> None:
    page = operators()
    owner = Owner((browser_of(page) if own else OTHER,), "Mia")
    _, first, second = (jobs.start(CONFIG, owner) for _ in range(3))
    for action in ("To the front", "Forget who it is"):
        try_secret(page, SECRET) if "Sign in" in labels(page) else look(page)
        operator._office().sign_out(browser_of(page))
        page.menu_button(f"menu_{second}").click(action)
        look(page)
        assert "Sign in" in labels(page)
    assert [state.run.id for state in jobs.line().waiting] == [first, second]
    assert read_owner(state_of(jobs, second).run.folder).person == "Mia"


def test_the_list_closes_by_itself_when_its_reader_is_the_operator_no_more(
    jobs: Jobs, operators: Callable[[], AppTest]
) -> None:
    """By its own timer, which draws the list alone and not the page."""
    jobs.start(CONFIG, Owner((OTHER,), "Mia"))

    def script() -> None:
        import streamlit as st

        from ui.train.all_runs import all_runs

        st.session_state["drawn"] = st.session_state.get("drawn", 0) + 1
        if st.session_state["drawn"] == 1:
            all_runs()

    page = AppTest.from_function(script)
    look(page)
    assert page.session_state["drawn"] == 2  # the whole page once more
    assert "Mia" not in texts(page)


def test_what_cannot_be_written_is_said(
    jobs: Jobs, operators: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("the disk is full")

    page, run_id = own_run(jobs, "running")
    owners.set_person(state_of(jobs, run_id).run.folder, "Mia")
    page.menu_button(f"menu_{run_id}").click("Name it")
    look(page)
    list_page = operators()
    monkeypatch.setattr(owners, "write_owner", refuse)
    monkeypatch.setattr("ui.train.run_menu.name_run", refuse)

    page.text_input(f"name_in_list_{run_id}").set_value("mine")
    look(page)
    assert "could not be named. the disk is full" in page.toast[0].value
    page.text_input("own_person").set_value("Ben")
    look(page)
    assert "could not be kept. the disk is full" in page.toast[0].value
    list_page.menu_button(f"menu_{run_id}").click("Forget who it is")
    look(list_page)
    assert "could not be forgotten. the disk is full" in list_page.toast[0].value
    assert read_owner(state_of(jobs, run_id).run.folder).person == "Mia"
