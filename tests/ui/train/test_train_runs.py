"""Many runs and many visitors on the Train page: names, links, who steers."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import nn
from nn import runs
from tests.ui.runs.trainings import state_of, until, until_status
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
from ui.runs import files as run_files
from ui.runs import owners
from ui.runs.jobs import Jobs

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


def test_a_run_has_one_name_on_all_pages(jobs: Jobs) -> None:
    run_id = start(open_page(), jobs)
    jobs.send(run_id, {"command": "stop"})
    until_status(jobs, run_id, "stopped")
    other = open_page()
    title = next(choice.title for choice in list_models() if choice.key == run_id)
    assert title.startswith("Training of ")
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
    assert watcher.session_state["model_shown"] == run_id


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


def test_a_reload_keeps_the_run_and_the_reins(jobs: Jobs, browser: dict[str, str]) -> None:
    page = open_page()
    run_id = start(page, jobs)
    assert shown_run(page) == run_id
    assert "token" not in page.query_params
    come_back(page, browser)
    assert "Stop" in labels(open_page(run=run_id))


def test_a_fresh_visit_finds_ones_own_training(jobs: Jobs, browser: dict[str, str]) -> None:
    page = open_page()
    run_id = start(page, jobs)
    stranger = open_page()
    assert "Press **Start training**" in texts(stranger)
    come_back(page, browser)
    again = open_page()
    assert shown_run(again) == run_id
    assert "yours" in texts(again)
    assert "token" not in again.query_params
    button(again, "Stop").click()
    look(again)
    until_status(jobs, run_id, "stopped")


def test_a_token_gives_the_reins_for_good_and_leaves_the_address(
    jobs: Jobs, browser: dict[str, str]
) -> None:
    run_id = start(open_page(), jobs)
    friend = open_page(run=run_id, token=str(jobs.token(run_id)))
    assert "Stop" in labels(friend)
    assert shown_run(friend) == run_id
    assert "token" not in friend.query_params
    come_back(friend, browser)
    assert "Stop" in labels(open_page(run=run_id))


def test_without_cookies_the_token_stays_in_the_address(jobs: Jobs) -> None:
    page = open_page()
    page.session_state["browser_forgets"] = True  # as its component tells
    run_id = start(page, jobs)
    parameters = {name: values[0] for name, values in url(page).items()}
    assert parameters["token"] == jobs.token(run_id)
    again = open_page(**parameters)
    assert "Stop" in labels(again)


@pytest.mark.parametrize("why", ["too many", "disk is full"])
def test_a_token_that_cannot_be_exchanged_stays_in_the_address(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    run_id = start(open_page(), jobs)
    token, folder = str(jobs.token(run_id)), state_of(jobs, run_id).run.folder
    if why == "too many":
        others = tuple(f"{number:064x}" for number in range(owners.MOST_BROWSERS))
        owners.write_owner(folder, owners.Owner(others))
    else:

        def refuse(*_: object) -> None:
            raise OSError(why)

        monkeypatch.setattr(owners, "write_owner", refuse)
    friend = open_page(run=run_id, token=token)
    assert "Stop" in labels(friend)
    assert url(friend)["token"] == [token]
    friend.session_state["share_popover"] = True
    assert "the address of your own page also lets others" in texts(look(friend))
    assert url(friend)["token"] == [token]
    assert "Stop" in labels(open_page(run=run_id, token=token))


def come_back(page: AppTest, browser: dict[str, str]) -> None:
    """From now on visitors come with the cookie of the one who has this page."""
    browser["cookie"] = page.session_state["browser_secret"]


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
    page = open_page(epochs="60")
    run_id = start(page, jobs)
    assert not page.code  # nothing is made that nobody looks at
    page.session_state["share_popover"] = True
    look(page)
    assert page.code[0].value.endswith(f"?epochs=60&run={run_id}")
    page.toggle("share_reins").set_value(True)
    look(page)
    assert page.code[0].value.endswith(f"?epochs=60&run={run_id}")
    assert page.code[1].value.endswith(f"?epochs=60&run={run_id}&token={jobs.token(run_id)}")
    watcher = open_page(run=run_id)
    watcher.session_state["share_popover"] = True
    look(watcher)
    assert len(watcher.code) == 1
    assert not [one for one in watcher.toggle if one.key == "share_reins"]
    page.session_state["browser_forgets"] = True
    assert "keep it to yourself" in texts(look(page))


def test_a_wrong_token_only_lets_watch_and_is_told(jobs: Jobs) -> None:
    run_id = start(open_page(), jobs)
    watcher = open_page(run=run_id, token="guessed")
    assert "does not belong to this training" in watcher.warning[0].value
    assert "Stop" not in labels(watcher)


def test_the_run_is_back_after_a_visit_to_another_page(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    page.switch_page("pages/home.py")
    look(page)
    page.query_params.clear()
    page.switch_page("pages/train.py")
    look(page)
    assert "Stop" in labels(page)
    assert shown_run(page) == run_id
    assert "token" not in page.query_params


@pytest.mark.parametrize("run_id", ["unknown", "../..", "`[x](http://a.b)", "x" * 5000, "\0"])
def test_an_unknown_run_is_a_notice(run_id: str) -> None:
    page = open_page(run=run_id)
    assert "There is no training" in page.warning[0].value
    assert len(page.warning[0].value) < 200
    assert "Press **Start training**" in texts(page)


def test_a_run_of_the_terminal_is_listed_and_shown_read_only(tmp_path: Path) -> None:
    folder = tmp_path / "from-the-terminal"
    config = nn.TrainingConfig(dataset="digits").to_dict()
    with runs.RunWriter(folder, config) as writer:
        writer.write("started", epochs=50, train_samples=1000)
        page = open_page()
        box = page.selectbox("recent_run")
        assert box.options[0].startswith("Training of ")
        box.set_value("from-the-terminal")
        look(page)
        assert shown_run(page) == "from-the-terminal"
        assert "You are watching" in texts(page)
    look(page)
    assert "Interrupted" in texts(page)
    assert not [label for label in labels(page) if "Resume" in label]


def test_a_run_with_strange_settings_is_shown(tmp_path: Path) -> None:
    config = {"dataset": "my own", "hidden": [3, 4], "optimizer": ["?"], "activation": "magic"}
    with runs.RunWriter(tmp_path / "strange", config) as writer:
        writer.write("finished", test_accuracy=0.5, seconds=100.0)
    page = open_page(run="strange")
    assert "my own** · magic" in texts(page)
    assert "Test accuracy **50.00\xa0%**" in texts(page)


def test_a_crash_is_told_in_words_and_a_new_start_is_possible(jobs: Jobs) -> None:
    page = open_page()
    run_id = start(page, jobs)
    jobs.send(run_id, {"command": "crash"})
    until_status(jobs, run_id, "interrupted")
    until(lambda: (state := jobs.state(run_id)) is not None and state.failure is not None)
    look(page)
    assert "RuntimeError: no such images" in page.error[0].value
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
