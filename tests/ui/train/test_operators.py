"""The operators' page: all trainings and the line, for whoever knows the secret."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nn.runs import RunWriter, reader
from tests.ui.runs.searching import SETTINGS, search_state
from tests.ui.runs.trainings import CONFIG, state_of, until_status
from tests.ui.train.train_page import PROJECT, button, labels, links, look, open_page, start, texts
from ui.runs.jobs import Jobs
from ui.runs.owners import Owner
from ui.runs.readers import KEPT_READERS, search_key
from ui.shared.tally import Trouble, note, tally
from ui.train.all_runs import ON_A_PAGE

SECRET = "teachers-secret"
MIA, BEN = Owner(("a1b2c3" + "0" * 58,), "Mia"), Owner(("d4e5f6" + "0" * 58,))

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AppTest]:
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", SECRET)

    def open_as_operator() -> AppTest:
        page = open_operators()
        try_secret(page, SECRET)
        assert "Sign out" in labels(page)
        return page

    return open_as_operator


def open_operators() -> AppTest:
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
    page.switch_page("pages/operators.py")
    return look(page)


def try_secret(page: AppTest, secret: str) -> None:
    page.text_input[0].set_value(secret)
    button(page, "Sign in").click()
    look(page)


def choose(page: AppTest, run_id: str, action: str) -> None:
    page.menu_button(f"menu_{run_id}").click(action)
    look(page)


def test_without_a_secret_there_is_nothing_to_see(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCRATCH_NN_OPERATOR", raising=False)
    page = open_page()
    start(page, jobs)
    page.session_state["own_runs"] = True
    look(page)
    assert "For the operator" not in links(page)
    assert not [one for one in page.text_input if "operator" in one.label]


def test_a_wrong_secret_shows_nothing(monkeypatch: pytest.MonkeyPatch, jobs: Jobs) -> None:
    monkeypatch.setenv("SCRATCH_NN_OPERATOR", SECRET)
    run_id = jobs.start(CONFIG, MIA)
    page = open_operators()
    try_secret(page, "guessed")
    assert page.error[0].value == "This is not the operator's secret."
    assert "Mia" not in texts(page)
    assert not page.menu_button
    assert dict(page.query_params) == {}
    watcher = open_page(run=run_id)
    assert "Stop" not in labels(watcher)
    assert "For the operator" in links(watcher)


def test_the_operator_sees_whose_the_trainings_are_and_steers_them(
    jobs: Jobs, signed_in: Callable[[], AppTest], browser: dict[str, str]
) -> None:
    tally.cache_clear()  # other tests were refused something too
    first, second, third = (jobs.start(CONFIG, owner) for owner in (MIA, BEN, BEN))
    until_status(jobs, first, "running")
    note(Trouble.START, "the line is full")
    page = signed_in()
    assert [one.value for one in page.subheader][:2] == ["In training: 1 of 1", "In line: 2"]
    assert {"Visits", "Up for", "Disk"} <= {one.label for one in page.metric}
    assert "**1 ×** A start of a training was refused" in texts(page)
    assert "the line is full" in texts(page)
    assert "it sends no security headers" in texts(page)  # AppTest is no server
    assert "Mia] (browser a1b2c3)" in texts(page)
    assert "browser d4e5f6]" in texts(page)
    assert "0" * 10 not in texts(page)

    choose(page, third, "To the front")
    assert [state.run.id for state in jobs.line().waiting] == [third, second]
    choose(page, third, "One later")
    assert state_of(jobs, second).place == 1
    choose(page, second, "Leave the line")
    assert jobs.state(second) is None
    choose(page, first, "Name it")
    page.text_input(f"name_in_all_{first}").set_value("kind words")
    look(page)
    assert state_of(jobs, first).run.name == "kind words"
    choose(page, first, "Forget who it is")
    assert "Mia" not in texts(page)

    browser["cookie"] = page.session_state["browser_secret"]
    on_train = open_page(run=first)
    assert "yours" not in texts(on_train)
    button(on_train, "Stop").click()
    look(on_train)
    until_status(jobs, first, "stopped")

    button(page, "Sign out").click()
    look(page)
    assert "Sign in" in labels(page)
    assert "Stop" not in labels(open_page(run=third))


def test_of_very_many_trainings_a_page_is_read_once(
    tmp_path: Path, signed_in: Callable[[], AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"run{number:03}" for number in range(KEPT_READERS + 10)]
    for number, name in enumerate(names):
        with RunWriter(tmp_path / name, CONFIG.to_dict()) as writer:
            writer.write("stopped")
        os.utime(tmp_path / name / "config.json", (number, number))

    def shown(page: AppTest) -> list[str]:
        # Those of a terminal have no buttons.
        return [one.split("any_run_")[1] for one in containers(page) if "any_run_" in one]

    page = signed_in()
    assert shown(page) == names[::-1][:ON_A_PAGE]
    lines, parse = [], reader.parse_event
    monkeypatch.setattr(reader, "parse_event", lambda line: lines.append(line) or parse(line))
    assert shown(look(page)) == names[::-1][:ON_A_PAGE]
    assert not any(lines)

    assert button(page, "Newer").disabled
    seen = shown(page)
    while not button(page, "Older").disabled:
        button(page, "Older").click()
        seen += shown(look(page))
    assert seen == names[::-1]
    button(page, "Newer").click()
    assert shown(look(page)) == names[::-1][-2 * ON_A_PAGE : -ON_A_PAGE]


def containers(page: AppTest) -> list[str]:
    """The keys of the page's containers, from top to bottom."""
    found: list[str] = []

    def walk(block: Any) -> None:
        for child in block.children.values():
            proto = getattr(child, "proto", None)
            if getattr(proto, "id", "") and hasattr(child, "children"):
                found.append(proto.id)
            if hasattr(child, "children"):
                walk(child)

    walk(page.main)
    return found


def test_visitors_may_tell_the_operator_their_name(
    jobs: Jobs, signed_in: Callable[[], AppTest]
) -> None:
    visitor = open_page()
    start(visitor, jobs)
    visitor.session_state["own_runs"] = True
    look(visitor)
    visitor.text_input("own_person").set_value("Zoë [x](http://a.b)")
    look(visitor)
    assert r"Zoë \[x\](http:" in texts(signed_in())
    assert "Zoë" not in texts(open_page())
    button(visitor, "Train with these settings next").click()
    look(visitor)
    assert texts(signed_in()).count("Zoë") == 2  # also on what one starts later


def test_a_search_is_moved_and_ended_like_a_training(
    jobs: Jobs, signed_in: Callable[[], AppTest]
) -> None:
    until_status(jobs, jobs.start(CONFIG, MIA), "running")
    jobs.start(CONFIG, MIA)
    search_id = jobs.searches.start(SETTINGS, BEN)
    key = f"search_menu_{search_id}"

    page = signed_in()
    assert "Search of" in texts(page)
    jobs.move(search_key(search_id), 2)
    look(page).menu_button(key).click("To the front")
    look(page)
    assert search_state(jobs, search_id).place == 1
    page.menu_button(key).click("Leave the line")
    look(page)
    assert jobs.searches.state(search_id) is None
