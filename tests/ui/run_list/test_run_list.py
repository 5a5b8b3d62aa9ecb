"""The list of runs: what its table tells, what filters let through, what can be done."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from nn import runs
from nn.runs.archive import BROUGHT
from nn.runs.pinned import is_pinned, set_pinned
from nn.search import write_search
from nn.search.origin import Origin, write_origin
from tests.ui.run_list.runs_page import COOKIE, MINE, OTHER, a_run, column, open_list
from tests.ui.runs.searching import SETTINGS
from tests.ui.runs.trainings import CONFIG, until_status
from tests.ui.train.train_page import button, labels, links, look, texts
from ui.run_list.table import CHOSEN
from ui.runs import owners
from ui.runs.jobs import Jobs

pytestmark = pytest.mark.usefixtures("datasets", "jobs")


@pytest.fixture(autouse=True)
def my_browser(browser: dict[str, str]) -> None:
    browser["cookie"] = COOKIE


def test_without_a_run_it_says_where_to_begin() -> None:
    page = open_list()
    assert "No network has been trained here yet" in texts(page)
    assert "Train a network" in links(page)


def test_each_run_has_a_row_with_what_came_of_it(tmp_path: Path) -> None:
    a_run(tmp_path, "classic")
    a_run(tmp_path, "other", hidden=(), optimizer="adam", learning_rate=0.003, accuracy=0.95)
    with runs.RunWriter(tmp_path / "broken off", CONFIG.to_dict()) as writer:
        writer.write("started", epochs=200)
        writer.write("progress", 5, 0.25, train_loss=2.0)
    page = open_list()
    table = page.dataframe[0].value
    assert [list(status) for status in table["status"]] == [
        ["Interrupted"],
        ["Finished"],
        ["Finished"],
    ]
    assert list(table["network"]) == ["784-8-10", "784-10", "784-4-10"]
    assert list(table["differs"]) == ["", "Learning rate 0.003 · Optimizer Adam", ""]
    assert list(table["accuracy"].fillna(-1)) == [-1, 95, 90]
    assert table.iloc[2][["epochs", "loss", "seconds", "speed", "parameters"]].tolist() == [
        2,
        0.3,
        3,
        1000,
        3190,
    ]
    assert "3 runs" in texts(page)


def test_a_folder_that_is_spoilt_hides_no_other(tmp_path: Path) -> None:
    a_run(tmp_path, "good")
    for name, config in (("text", "{"), ("odd", '{"hidden": {"a": 1}, "dataset": [2]}')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text(config)
    (tmp_path / "folder" / "config.json").mkdir(parents=True)
    (tmp_path / "file").write_text("no run")
    assert sorted(column(open_list(), "network")) == ["", "784-4-10"]


FILTERS: dict[str, tuple[Callable[[AppTest], object], list[int]]] = {
    "words": (lambda page: page.text_input(key="runs_find").set_value("ADAM 784"), [5]),
    "name": (lambda page: page.text_input(key="runs_find").set_value("deep"), [6]),
    "data": (lambda page: page.selectbox(key="runs_data").set_value("MNIST"), [7]),
    "status": (lambda page: page.selectbox(key="runs_status").set_value("Failed"), []),
    "mine": (lambda page: page.button_group(key="runs_whose").set_value("Mine"), [6, 5]),
    "trials": (lambda page: page.toggle(key="runs_trials").set_value(True), [8, 7, 6, 5]),
    "order": (lambda page: page.selectbox(key="runs_order").set_value("Most accurate"), [7, 5, 6]),
}


@pytest.mark.parametrize("name", list(FILTERS))
def test_it_is_filtered_and_ordered(tmp_path: Path, name: str) -> None:
    a_run(tmp_path, "a", hidden=(5,), optimizer="adam", learning_rate=0.01, accuracy=0.8)
    runs.write_name(a_run(tmp_path, "b", hidden=(6,), accuracy=0.7), "Deep one")
    a_run(tmp_path, "c", OTHER, hidden=(7,), dataset="mnist")
    write_origin(a_run(tmp_path, "d", OTHER, hidden=(8,)), Origin("s", 3))
    page = open_list()
    choose, widths = FILTERS[name]
    choose(page)
    look(page)
    shown = column(page, "network") if page.dataframe else []
    assert shown == [f"784-{width}-10" for width in widths]


@pytest.mark.parametrize(
    ("words", "count"),
    [("rate 50", 1), ("d1c97a", 1), ("20261129-205050", 2), ("20261129-205050-024-d1c97a", 1)],
)
def test_a_number_is_not_found_in_the_time_of_an_id(tmp_path: Path, words: str, count: int) -> None:
    a_run(tmp_path, "20261129-205050-024-d1c97a", learning_rate=0.5)
    a_run(tmp_path, "20261129-205050-025-aaaaaa", learning_rate=50.0)
    assert len(column(open_list(runs_find=words), "network")) == count


def test_the_address_holds_filters_and_order(tmp_path: Path) -> None:
    for name, hidden, accuracy in (("a", 5, 0.7), ("b", 6, 0.8)):
        a_run(tmp_path, name, hidden=(hidden,), accuracy=accuracy)
    a_run(tmp_path, "c", OTHER, hidden=(7,))
    link = {"runs_order": "Oldest first", "runs_whose": "Mine"}
    assert column(open_list(**link), "network") == ["784-5-10", "784-6-10"]
    assert column(open_list(runs_find="784-6"), "network") == ["784-6-10"]


def test_a_filter_that_is_not_there_is_said(tmp_path: Path) -> None:
    a_run(tmp_path, "a")
    page = open_list(runs_status="Lost")
    assert "runs_status `Lost`" in page.warning[0].value
    assert column(page, "network") == ["784-4-10"]


def test_what_another_view_has_left_goes_out_of_the_address(tmp_path: Path) -> None:
    for name in "ab":
        a_run(tmp_path, name)
    page = open_list(view="searches", search="s", search_of="s", compare="a,b", first="a")
    assert set(page.query_params) == {"view", "search"}
    page.button_group(key="runs_view").set_value("runs")
    assert not set(look(page).query_params) & {"search", "search_of", "compare", "first"}


def test_trials_runs_from_files_and_those_ended_early_are_told_apart(tmp_path: Path) -> None:
    with runs.RunWriter(tmp_path / "a", CONFIG.to_dict()) as writer:
        writer.write("started", epochs=2)
        writer.write("stopped", 23, 1.0, reason="pruned")
    write_origin(tmp_path / "a", Origin("s", 3))
    path = a_run(tmp_path, "b")
    runs.write_name(path, "best")
    (path / BROUGHT).write_text("{}")
    page = open_list(runs_trials="true")
    assert column(page, "name") == ["best (from a file)", "Trial 4"]
    assert [list(status) for status in column(page, "status")] == [["Finished"], ["Ended early"]]


def test_the_address_asks_for_the_trials_of_one_search(tmp_path: Path) -> None:
    a_run(tmp_path, "a", hidden=(5,))
    write_origin(a_run(tmp_path, "b", hidden=(6,)), Origin("s", 3))
    write_origin(a_run(tmp_path, "c", hidden=(7,)), Origin("other", 3))
    page = open_list(search_of="s")
    assert column(page, "network") == ["784-6-10"]
    button(page, "Show all runs").click()
    assert column(look(page), "network") == ["784-5-10"]


def test_where_all_runs_are_trials_the_way_to_them_is_said(tmp_path: Path) -> None:
    write_origin(a_run(tmp_path, "a"), Origin("s", 3))
    page = open_list()
    assert any("All runs that are here are trials of searches" in one.value for one in page.info)
    button(page, "Searches").click()
    look(page)
    assert page.query_params["view"] == "searches"


def test_a_trial_says_of_which_search_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "searches" / "s"
    write_search(folder, SETTINGS)
    runs.write_name(folder, "Friday")
    write_origin(a_run(tmp_path, "a"), Origin("s", 3))
    assert column(open_list(runs_trials="true"), "name") == ["Trial 4 · “Friday”"]


def test_from_the_trials_of_a_search_one_goes_back_to_it(tmp_path: Path) -> None:
    write_origin(a_run(tmp_path, "a"), Origin("s", 3))
    page = open_list(search_of="s")
    button(page, "Open the search").click()
    look(page)
    assert page.query_params["view"] == "searches"
    assert page.query_params["search"] == "s"


def test_of_a_value_with_sixteen_digits_six_are_shown(tmp_path: Path) -> None:
    a_run(tmp_path, "a", learning_rate=0.0058995890500023246, dropout=0.3)
    assert column(open_list(), "differs") == ["Learning rate 0.00589959 · Dropout 0.3"]


def test_a_learning_rate_that_was_set_while_it_trained_is_told(tmp_path: Path) -> None:
    rates = {"classic": (0.1, 0.03), "wild": (50.0, 0.03), "set back": (0.1, 0.1)}
    for name, (rate, last) in rates.items():
        with runs.RunWriter(tmp_path / name, CONFIG.to_dict() | {"learning_rate": rate}) as writer:
            writer.write("started", epochs=2)
            writer.write("finished", 5, 2.0, set_learning_rate=last)
    assert sorted(column(open_list(), "differs")) == [
        "",
        "Learning rate 0.1, in the end 0.03",
        "Learning rate 50, in the end 0.03",
    ]


def test_one_is_opened_on_the_other_pages(tmp_path: Path) -> None:
    a_run(tmp_path, "a", OTHER)
    page = open_list("a")
    assert links(page) == {
        "See its curves": "run=a",
        "See its mistakes": "model=a",
        "Draw a digit for it": "model=a",
        "Look inside": "model=a",
    }
    assert not {"Pin", "Delete"} & set(labels(page))
    assert "somebody else" in texts(page)


def test_of_one_that_failed_it_is_said_why(tmp_path: Path) -> None:
    with runs.RunWriter(tmp_path / "wild", CONFIG.to_dict()) as writer:
        writer.write("started", epochs=2)
        writer.write("failed", 5, 0.5, message="training diverged: the loss is *nan*")
    assert "It failed: training diverged: the loss is \\*nan\\*" in texts(open_list("wild"))


def test_several_are_compared(tmp_path: Path) -> None:
    for name in "abc":
        a_run(tmp_path, name, OTHER)
    page = open_list("a", "c")
    button(page, "Compare 2").click()
    look(page)
    assert page.query_params["compare"] == "c,a"
    assert page.button_group(key="runs_view").value == "compare"


def test_one_is_named(tmp_path: Path) -> None:
    path = a_run(tmp_path, "a")
    page = open_list("a")
    page.text_input(key="name_in_table_a").set_value("my best")
    assert column(look(page), "name") == ["my best"]
    assert runs.Run(path).name == "my best"


def test_one_is_pinned_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCH_NN_PINNED_EACH", "1")
    paths = [a_run(tmp_path, name) for name in "ab"]
    page = open_list("a", "b")
    button(page, "Pin").click()
    look(page)
    assert sum(map(is_pinned, paths)) == 1
    assert "At most 1" in page.toast[0].value
    assert sorted(column(page, "pinned")) == ["", "Pinned"]
    monkeypatch.setenv("SCRATCH_NN_PINNED_EACH", "2")
    button(page, "Pin").click()
    button(look(page), "Unpin").click()
    look(page)
    assert not any(map(is_pinned, paths))


def test_several_are_deleted_and_brought_back(tmp_path: Path) -> None:
    for name in "ab":
        a_run(tmp_path, name)
    a_run(tmp_path, "c", OTHER)
    page = open_list("a", "b", "c")
    button(page, "Delete 2").click()
    look(page)
    assert [run.id for run in runs.list_runs(tmp_path)] == ["c"]
    assert "2 runs were deleted" in texts(page)
    button(page, "Undo").click()
    look(page)
    assert {run.id for run in runs.list_runs(tmp_path)} == {"a", "b", "c"}
    assert "deleted" not in texts(page)


def test_each_deleting_is_undone_alone(tmp_path: Path) -> None:
    for name in "ab":
        a_run(tmp_path, name)
    page = open_list("a")
    button(page, "Delete").click()
    page.session_state[CHOSEN] = ["b"]
    button(look(page), "Delete").click()
    button(look(page), "Undo").click()
    look(page)
    assert [run.id for run in runs.list_runs(tmp_path)] == ["b"]
    button(page, "Undo").click()
    look(page)
    assert len(runs.list_runs(tmp_path)) == 2


def test_the_last_one_can_be_brought_back_too(tmp_path: Path) -> None:
    a_run(tmp_path, "a")
    page = open_list("a")
    button(page, "Delete").click()
    look(page)
    assert "No network has been trained here yet" in texts(page)
    button(page, "Undo").click()
    assert column(look(page), "network") == ["784-4-10"]


def test_after_a_reload_one_can_still_bring_back_ones_own(
    tmp_path: Path, browser: dict[str, str]
) -> None:
    for name in "ab":
        a_run(tmp_path, name)
    page = open_list("a", "b")
    button(page, "Delete 2").click()
    look(page)
    browser["cookie"] = "y" * 32
    assert "Undo" not in labels(open_list())
    browser["cookie"] = COOKIE
    again = open_list()
    while "Undo" in labels(again):  # deleted in one second, or in two
        button(again, "Undo").click()
        look(again)
    assert {run.id for run in runs.list_runs(tmp_path)} == {"a", "b"}
    assert "Undo" not in labels(look(page))


def test_what_was_put_away_is_offered_on_the_next_visit(tmp_path: Path) -> None:
    a_run(tmp_path, "a")
    page = open_list("a")
    button(page, "Delete").click()
    button(look(page), "Close").click()
    assert "Undo" not in labels(look(page))
    assert "Undo" in labels(open_list())


def test_what_comes_back_is_pinned_only_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_PINNED_EACH", "1")
    first, second = (a_run(tmp_path, name) for name in "ab")
    set_pinned(first, True)
    page = open_list("a")
    button(page, "Delete").click()
    look(page)
    set_pinned(second, True)
    button(page, "Undo").click()
    look(page)
    assert (is_pinned(first), is_pinned(second)) == (False, True)
    assert "At most 1" in page.toast[0].value


def test_what_is_gone_for_good_is_said(tmp_path: Path) -> None:
    a_run(tmp_path, "a")
    page = open_list("a")
    button(page, "Delete").click()
    look(page)
    shutil.rmtree(tmp_path / ".deleted")
    button(page, "Undo").click()
    look(page)
    assert "gone for good" in page.toast[0].value


def test_one_under_way_is_not_deleted(jobs: Jobs) -> None:
    run_id = jobs.start(CONFIG, owners.Owner((MINE,)))
    until_status(jobs, run_id, "running")
    page = open_list(run_id)
    assert [list(status) for status in column(page, "status")] == [["Training"]]
    button(page, "Delete").click()
    look(page)
    assert "stop it first" in page.toast[0].value
    assert jobs.state(run_id) is not None
    assert next(one for one in page.get("download_button")).proto.disabled
