"""The operators' page: all trainings and the line, for whoever knows the secret."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.runs.trainings import CONFIG, state_of, until_status
from tests.ui.train.train_page import PROJECT, button, labels, links, look, open_page, start, texts
from ui.runs.jobs import Jobs
from ui.runs.owners import Owner

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
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"), default_timeout=30)
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
    first, second, third = (jobs.start(CONFIG, owner) for owner in (MIA, BEN, BEN))
    until_status(jobs, first, "running")
    page = signed_in()
    assert [one.value for one in page.subheader][:2] == ["In training: 1 of 1", "In line: 2"]
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
