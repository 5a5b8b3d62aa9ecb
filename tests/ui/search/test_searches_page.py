"""The view "Searches": a form that a link can hold, a search that is steered, and what it found."""

from dataclasses import replace
from pathlib import Path

import joblib
import pytest
from streamlit.testing.v1 import AppTest

from nn.search import Search, SearchWriter, write_search
from tests.ui.run_list.runs_page import COOKIE, MINE
from tests.ui.runs.searching import SETTINGS, search_state, until_search
from tests.ui.runs.trainings import until
from tests.ui.train.train_page import PROJECT, button, labels, look, progress_text, texts
from ui.runs.badges import BADGES
from ui.runs.files import write_token
from ui.runs.jobs import Jobs
from ui.runs.owners import Owner, write_owner
from ui.runs.readers import search_key
from ui.search import text
from ui.search.estimate import Expected
from ui.search.form import form_text, read_form
from ui.search.plotted import coordinates
from ui.search.row import badge, details

OTHERS = "|".join(map(str, range(8, 300)))
FORM = (
    "base=Fast;data=digits;each=3;how=random;best=accuracy;prune=no;trials=7;minutes=;"
    "learning_rate=log:0.001..0.1;hidden=32|none;batch_norm=true|false"
)


def open_searches(**parameters: str) -> AppTest:
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
    page.switch_page("pages/runs.py")
    page.query_params["view"] = "searches"
    for name, value in parameters.items():
        page.query_params[name] = value
    return look(page)


def shown_search(page: AppTest) -> str:
    value = page.query_params["search"]
    return value if isinstance(value, str) else value[0]


def start(page: AppTest, jobs: Jobs) -> str:
    """Start the search of the form; its id."""
    button(page, "Start search").click()
    look(page)
    search_id = shown_search(page)
    until_search(jobs, search_id, "running")
    return search_id


def a_search(folder: Path, count: int) -> Search:
    """A finished search of so many trials, each better than the one before."""
    path = folder / "searches" / "20260101-000000-000-abcdef"
    write_search(path, SETTINGS)
    with SearchWriter(path) as writer:
        writer.write("started", trials=count)
        for number in range(count):
            params = {"learning_rate": round(0.01 * (number + 1), 2)}
            writer.write("trial_started", trial=number, run=f"run-{number}", params=params)
            value = 1 - number / 10
            figures = {"value": value, "val_loss": value, "val_accuracy": 0.9, "epochs": 2}
            state = "pruned" if number == 1 else "finished"
            writer.write("trial_ended", trial=number, state=state, seconds=2.0, **figures)
        writer.write("importance", trials=count, shares={"learning_rate": 1.0})
        writer.write("finished")
    return Search(path)


def a_search_of_ones_own(browser: dict[str, str], folder: Path, count: int) -> Path:
    """The folder of one that has ended, which this browser has started."""
    browser["cookie"] = COOKIE
    search = a_search(folder, count)
    write_token(search.folder)
    write_owner(search.folder, Owner((MINE,)))
    return search.folder


def another_trial(search: Search, number: int) -> None:
    """Add one that is better than all before."""
    with SearchWriter(search.folder) as writer:
        params = {"learning_rate": 0.01}
        writer.write("trial_started", trial=number, run=f"run-{number}", params=params)
        figures = {"value": 0.5 - number / 10, "epochs": 2, "seconds": 2.0}
        writer.write("trial_ended", trial=number, state="finished", **figures)


def test_a_link_holds_the_whole_form_and_what_it_starts(jobs: Jobs) -> None:
    page = open_searches(form=FORM)

    settings = search_state(jobs, start(page, jobs)).search.settings

    assert [f"{part.name}={part.text}" for part in settings.space] == [
        "learning_rate=log:0.001..0.1",
        "hidden=32|none",
        "batch_norm=true|false",
    ]
    assert (settings.sampler, settings.metric, settings.prune) == ("random", "accuracy", False)
    assert (settings.trials, settings.minutes) == (7, None)
    base = settings.base
    assert (base.dataset, base.optimizer, base.epochs) == ("digits", "adam", 3)
    assert base.val_size > 0


def test_the_form_is_handed_out_as_a_link_and_a_command(jobs: Jobs) -> None:
    page = open_searches(form=FORM)

    link, command = (code.value for code in page.code)

    assert "form=base%3DFast" in link
    assert "--param learning_rate=log:0.001..0.1" in command
    assert "--trials 7" in command
    assert command.endswith(f"--threads {max(1, joblib.cpu_count() - 1)}")  # as the app trains


def test_a_long_link_is_read_whole_or_said_to_be_cut() -> None:
    listed = "|".join(map(str, range(1, 700)))
    form, problems = read_form(f"data=digits;hidden={listed}")
    assert problems == []
    assert read_form(form_text(form)) == (form, [])
    form, problems = read_form(f"data=digits;dropout=0..0.5;hidden={listed}{listed}{listed}")
    assert [row.field for row in form.rows] == ["dropout"]
    assert problems == ["it must have at most 5,000 characters, the rest is left out"]


def test_what_a_link_cannot_mean_is_said(jobs: Jobs) -> None:
    page = open_searches(form="base=Fast;trials=soon;dropout=2..3;seed=1|2")

    said = texts(page)
    for words in ("trials must be a number from 1 to 500", "Dropout", "seed can't be searched"):
        assert words in said
    assert "got soon" in said
    assert "Start search" in labels(page)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("how=grid;dropout=0..0.5", "a grid tries values that are listed"),
        ("trials=;minutes=;dropout=0..0.5", "how many trials or how many minutes"),
        # One value among many: few trials have it.
        (f"hidden=2048,2048,2048|{OTHERS}", "parameters are too many"),
    ],
)
def test_a_form_that_does_not_fit_says_what_to_change(jobs: Jobs, form: str, words: str) -> None:
    page = open_searches(form=form)

    assert words in texts(page)
    assert button(page, "Start search").disabled


def test_a_search_on_data_that_is_not_here_is_not_begun(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.is_available", lambda name: name == "digits")

    page = open_searches(form="base=Fast;data=emnist_digits;dropout=0..0.5")

    assert "**EMNIST digits** is not on this computer yet" in texts(page)
    assert button(page, "Start search").disabled


def test_a_search_whose_process_broke_off_is_listed_as_failed_with_its_reason(
    jobs: Jobs, tmp_path: Path
) -> None:
    state = search_state(jobs, a_search(tmp_path, 1).id)
    broken = replace(state, status="waiting", failure="No such images.")

    assert badge(broken) == BADGES["failed"]
    assert "No such images." in details(broken)


def test_more_time_than_the_operator_allows_is_refused_at_the_door(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_MAX_MINUTES", "1")
    form = "base=Accurate;data=digits;each=50;trials=100;minutes=;dropout=0..0.5"

    said = texts(open_searches(form=form))

    assert "at most 1 min are allowed" in said or "at most 60 s are allowed" in said


def test_a_number_that_is_too_large_is_said_and_nothing_starts_with_another(jobs: Jobs) -> None:
    page = open_searches(form=FORM)

    next(box for box in page.number_input if box.label == "Epochs of a trial").set_value(300)
    look(page)

    assert "Epochs of a trial: at most 200 are allowed, not 300." in texts(page)
    assert button(page, "Start search").disabled


def test_what_is_wrong_with_a_link_is_said_to_its_end_and_in_the_words_of_the_form() -> None:
    _, problems = read_form("each=9999;how=luck")

    assert problems == [
        "Epochs of a trial must be a number from 1 to 200, got 9999",
        "How to choose must be one of tpe, random, grid, got luck",
    ]


def test_a_setting_is_added_changed_and_removed(jobs: Jobs) -> None:
    page = open_searches(form="data=digits;dropout=0..0.5")
    added = next(box for box in page.selectbox if box.label == "Add a setting to try")

    added.set_value("activation")
    look(page)
    button(page, "Remove").click()  # of dropout, which comes first
    look(page)
    settings = search_state(jobs, start(page, jobs)).search.settings

    assert [part.name for part in settings.space] == ["activation"]


def test_a_search_is_paused_resumed_and_stopped(jobs: Jobs) -> None:
    page = open_searches(form=FORM)
    search_id = start(page, jobs)
    look(page)

    assert "form" not in page.query_params
    assert "trials are done" in progress_text(page)
    for label, status in (("Pause", "paused"), ("Resume", "running"), ("Stop", "stopped")):
        button(page, label).click()
        look(page)
        until_search(jobs, search_id, status)
        look(page)
    until(lambda: not jobs.line().active)
    assert "Stopped. 1 trial: 1 finished." in texts(look(page))
    button(page, "Delete").click()
    look(page)
    assert jobs.searches.all() == []
    assert "search" not in page.query_params


def test_who_has_closed_the_page_finds_their_search_again_and_names_it(
    jobs: Jobs, browser: dict[str, str]
) -> None:
    browser["cookie"] = "x" * 32
    search_id = start(open_searches(form=FORM), jobs)
    jobs.send(search_key(search_id), {"command": "pause"})
    until_search(jobs, search_id, "paused")

    home = look(AppTest.from_file(str(PROJECT / "streamlit_app.py")))
    page = open_searches()

    assert "Your search is under way" in str([link.proto.label for link in home.get("page_link")])
    heads = [head.value for head in page.subheader]
    assert heads == ["Your searches under way", "New search"]
    button(page, "Open").click()
    look(page)
    next(field for field in page.text_input if field.label == "Name").set_value("Friday")
    look(page)
    assert "**“Friday”**" in texts(page)
    jobs.send(search_key(search_id), {"command": "stop"})
    until_search(jobs, search_id, "stopped")
    home.switch_page("pages/home.py")
    look(home)
    assert "Your search has ended" in str([link.proto.label for link in home.get("page_link")])


def test_a_search_that_has_ended_is_news_until_its_owner_has_seen_it(
    jobs: Jobs, browser: dict[str, str], tmp_path: Path
) -> None:
    folder = a_search_of_ones_own(browser, tmp_path, 3)
    page = open_searches()
    page.query_params["view"] = "compare"
    look(page)

    button(page, "Your search has ended: see what it has found").click()
    look(page)

    assert (shown_search(page), page.query_params["view"]) == (folder.name, "searches")
    assert "The search is finished" in texts(page)
    page.query_params["view"] = "compare"
    assert "Your search has ended: see what it has found" not in labels(look(page))


def test_a_trial_that_ones_own_stop_cut_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "searches" / "one"
    write_search(path, SETTINGS)
    with SearchWriter(path) as writer:
        for number, reason in enumerate(("pruned", "stopped", "time")):
            params = {"learning_rate": 0.01}
            writer.write("trial_started", trial=number, run=f"run-{number}", params=params)
            writer.write("trial_ended", trial=number, state="pruned", reason=reason)

    assert text.counts(Search(path)) == "3 trials: 1 ended early, 1 ended with the time, 1 stopped"


def test_who_did_not_start_it_only_watches(jobs: Jobs, browser: dict[str, str]) -> None:
    search_id = start(open_searches(form=FORM), jobs)

    browser["cookie"] = "y" * 32
    page = open_searches(search=search_id)

    assert "You are watching." in texts(page)
    assert not {"Pause", "Stop", "Delete"} & set(labels(page))
    jobs.send(search_key(search_id), {"command": "stop"})


def test_what_a_search_found(jobs: Jobs, tmp_path: Path) -> None:
    search = a_search(tmp_path, 4)

    page = open_searches(search=search.id)

    said = texts(page)
    assert "The search is finished. 4 trials: 3 finished, 1 ended early." in said
    assert "**trial 4**, validation loss **0.7000** · Learning rate 0.04" in said
    table = page.dataframe[0].value
    assert list(table["Trial"]) == [1, 2, 3, 4]
    assert list(table["Learning rate"]) == ["0.01", "0.02", "0.03", "0.04"]
    assert list(table["State"]) == ["finished", "ended early", "finished", "finished"]


def test_a_trial_is_ranked_above_those_that_were_ended_early(tmp_path: Path) -> None:
    traces = coordinates(a_search(tmp_path, 4))["data"]
    groups = {trace["name"]: trace["text"] for trace in traces if "text" in trace}

    assert not groups["Worst quarter"]  # trial 2 was ended early: 1 and 3 are in the middle
    assert groups["Below the middle"][0].startswith("Trial 1:")
    assert groups["Above the middle"][0].startswith("Trial 3:")


def test_the_best_is_trained_with_exactly_its_settings_on_all_images(
    jobs: Jobs, tmp_path: Path
) -> None:
    page = AppTest.from_file(str(PROJECT / "streamlit_app.py"))
    page.switch_page("pages/train.py")
    look(page)  # the form has settings of its own
    page.switch_page("pages/runs.py")
    page.query_params["view"] = "searches"
    page.query_params["search"] = a_search(tmp_path, 4).id
    look(page)

    next(box for box in page.number_input if box.label == "Epochs").set_value(7)
    button(page, "Train the best on everything").click()
    look(page)

    (state,) = jobs.recent()
    config = state.run.config
    assert (config["learning_rate"], config["val_size"], config["epochs"]) == (0.04, 0, 7)
    assert config["hidden"] == [8]
    assert page.select_slider(key="learning_rate").value == 0.04  # between two steps
    assert "\nthe settings of the training shown" in texts(page)


def test_a_search_that_was_deleted_is_brought_back(
    jobs: Jobs, browser: dict[str, str], tmp_path: Path
) -> None:
    folder = a_search_of_ones_own(browser, tmp_path, 3)
    page = open_searches(search=folder.name)

    button(page, "Delete").click()
    assert "was deleted; its trials are still there" in texts(look(page))
    assert not folder.exists()
    button(page, "Undo").click()
    assert "best validation loss 0.8000" in texts(look(page))
    assert "was deleted" not in texts(page)


def test_trials_that_made_way_are_counted_where_their_search_is_listed_and_shown(
    jobs: Jobs, tmp_path: Path
) -> None:
    search = a_search(tmp_path, 3)
    (tmp_path / "run-1").mkdir()

    assert "2 of its trials not here any more" in texts(open_searches())
    assert "2 of these trials can't be opened any more" in texts(open_searches(search=search.id))


def test_the_trial_to_open_is_the_best_until_one_is_chosen(jobs: Jobs, tmp_path: Path) -> None:
    search = a_search(tmp_path, 2)
    page = open_searches(search=search.id)
    key = f"search_trial_{search.id}"
    assert page.selectbox(key=key).value == 0
    another_trial(search, 2)
    assert look(page).selectbox(key=key).value == 2

    page.selectbox(key=key).set_value(1)
    look(page)
    another_trial(search, 3)
    assert look(page).selectbox(key=key).value == 1


@pytest.mark.parametrize(
    ("trial_seconds", "words"),
    [(0.1, "20 trials: about 4 s in all"), (54, "20 trials of about 54 s each: about 18 min")],
)
def test_what_a_search_takes_adds_up(trial_seconds: float, words: str) -> None:
    assert Expected(2 + 20 * trial_seconds, trial_seconds, 20).words == words


def test_a_name_that_is_too_long_is_cut_and_that_is_said(
    jobs: Jobs, browser: dict[str, str], tmp_path: Path
) -> None:
    folder = a_search_of_ones_own(browser, tmp_path, 1)
    page = open_searches(search=folder.name)

    next(field for field in page.text_input if field.label == "Name").set_value("a" * 32)
    look(page)

    assert f"**“{'a' * 24}”**" in texts(page)
    assert "at most 24 characters" in page.toast[0].value


def test_the_list_leads_to_each_search(jobs: Jobs, tmp_path: Path) -> None:
    search = a_search(tmp_path, 3)
    page = open_searches()

    assert "best validation loss 0.8000" in texts(page)
    button(page, "Open").click()
    look(page)

    assert shown_search(page) == search.id


@pytest.mark.parametrize("search_id", ["", "../x", "a" * 500])
def test_a_search_that_is_not_here_is_said(jobs: Jobs, search_id: str) -> None:
    assert "There is no search" in texts(open_searches(search=search_id))


def test_a_search_that_was_spoilt_breaks_nothing(jobs: Jobs, tmp_path: Path) -> None:
    search = a_search(tmp_path, 2)
    with (search.folder / "events.jsonl").open("ab") as file:
        file.write(b'{"type": "trial_ended", "time": 1, "trial": 7, "state": "finished"}\n')
        file.write(b'{"type": "trial_started", "time": 1, "trial": 8, "run": "..", "params": {}}\n')
        file.write(b'{"type": "importance", "time": 1, "shares": {"$x$": 1}}\nnoise')

    page = open_searches(search=search.id)

    assert "The best: **trial 1**" in texts(page)
