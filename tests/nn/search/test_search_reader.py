"""A search as its folder tells it."""

import json
from pathlib import Path

import pytest

from nn.runs import RunLocked
from nn.search import (
    Origin,
    Range,
    Search,
    SearchSettings,
    SearchWriter,
    best_config,
    list_searches,
    read_origin,
    remove_search,
    write_origin,
    write_search,
)
from nn.search.command_line import search_command, train_command
from nn.training.config import TrainingConfig

SETTINGS = SearchSettings(
    TrainingConfig(dataset="digits", hidden=(32,), val_size=100, batch_norm=True),
    (Range("learning_rate", 0.01, 1.0, log=True),),
    trials=4,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "searches" / "one"
    write_search(folder, SETTINGS)
    return folder


def write(folder: Path, *events: dict) -> Search:
    with open(folder / "events.jsonl", "a", encoding="utf-8") as file:
        file.writelines(json.dumps(event) + "\n" for event in events)
    return Search(folder)


def began(time: float, trial: int, rate: float = 0.1) -> dict:
    more = {"trial": trial, "run": f"r{trial}", "params": {"learning_rate": rate}}
    return {"type": "trial_started", "time": time} | more


def ended(time: float, trial: int, value: float | None, state: str = "finished", **more) -> dict:
    event = {"type": "trial_ended", "time": time, "trial": trial, "state": state, "value": value}
    return event | {"seconds": 10} | more


def test_the_story_of_a_search(folder):
    search = Search(folder)
    assert (search.id, search.status, search.trials, search.best) == ("one", "waiting", [], None)
    search = write(
        folder,
        {"type": "started", "time": 100, "trials": 4},
        began(100, 0, 0.5),
        ended(110, 0, 0.3, best_epoch=2),
        began(110, 1),
        ended(120, 1, 0.4),
        began(120, 2),
        ended(125, 2, 0.1, "pruned", reason="pruned"),
        began(125, 3, 0.02),
        {"type": "importance", "time": 126, "trials": 3, "shares": {"learning_rate": 1.0}},
    )
    assert search.status == "interrupted"
    assert [trial.state for trial in search.trials] == ["finished", "finished", "pruned", "running"]
    assert [trial.number for trial in search.ranking] == [0, 1]
    assert search.importance == {"learning_rate": 1.0}
    with SearchWriter(folder) as writer:
        assert search.status == "running"
        writer.write("trial_ended", trial=3, state="finished", value=0.2, seconds=5.0)
        writer.write("finished")
    assert search.refresh()
    assert search.status == "finished"
    assert search.best is not None
    assert search.best.number == 3
    assert [(number, value) for _, number, value in search.best_so_far] == [(0, 0.3), (3, 0.2)]
    assert search.run_folder("r3") == folder.parents[1] / "r3"


def test_of_accuracies_the_highest_is_the_best(folder, tmp_path):
    other = tmp_path / "other"
    write_search(other, SearchSettings(SETTINGS.base, SETTINGS.space, metric="accuracy"))
    search = write(other, began(1, 0), ended(2, 0, 0.8), began(2, 1), ended(3, 1, 0.9))
    assert search.best is not None
    assert search.best.number == 1
    assert [number for _, number, _ in search.best_so_far] == [0, 1]


def test_pauses_and_what_lies_between_two_processes_is_no_work(folder):
    search = write(
        folder,
        {"type": "started", "time": 100, "trials": 4},
        began(100, 0),
        {"type": "paused", "time": 110},
        {"type": "resumed", "time": 200},
        ended(205, 0, 0.3),
        began(205, 1),  # killed
        {"type": "resumed", "time": 900},
        began(901, 1),
    )
    assert search.seconds == 10 + 5 + 1
    assert search.seconds_worked(911) == 26
    # Three trials are still to come, the one until now took 10 s, and one has had 1 s at 901.
    assert search.seconds_left(901) == 29
    assert search.seconds_left(909) == 21
    # It has had 31 s: those to come are thought to take the mean of 10 and 31.
    assert search.seconds_left(931) == 2 * 20.5


def test_what_a_line_cannot_mean_is_passed_over(folder):
    search = write(
        folder,
        {"type": "started", "time": 1},
        {"type": "unknown", "time": 1},
        {"type": "trial_started", "time": 2, "trial": 0},
        {"type": "trial_started", "time": "x", "trial": 0, "run": "a", "params": {}},
        {"type": "trial_started", "time": 2, "trial": 0, "run": "a", "params": {"x": [[1]]}},
        {"type": "trial_started", "time": 2, "trial": 0, "run": "a", "params": {"momentum": 0.5}},
        began(2, 0, rate=7.0),  # more than there may be
        *(began(2, 0) | {"run": run} for run in ("..", "../r0", "/etc", "a\0b", "é" * 200)),
        {"type": "trial_ended", "time": 2, "trial": 7, "state": "finished", "value": 1},
        began(3, 1),
        {"type": "trial_ended", "time": 4, "trial": 1, "state": "great", "value": 1},
        ended(5, 1, 10**400),
        {"type": "importance", "time": 6, "trials": 1, "shares": {"a": 7}},
    )
    assert [(trial.number, trial.value) for trial in search.trials] == [(1, None)]
    assert search.importance == {}
    assert search.best is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"base": {}, "space": 3}', "{" * 5000])
def test_a_damaged_search_is_no_search(folder, text):
    (folder / "search.json").write_text(text)
    with pytest.raises(ValueError, match=r"search\.json can't be read"):
        Search(folder)
    assert list_searches(folder.parent) == []


def test_a_folder_is_one_search(folder, tmp_path):
    with pytest.raises(ValueError, match=r"holds 'search\.json'"):
        write_search(folder, SETTINGS)
    with pytest.raises(ValueError, match="is no search"):
        Search(tmp_path)
    assert [search.id for search in list_searches(folder.parent)] == ["one"]


def test_others_may_join_a_search_and_each_writes_whole_lines(folder):
    with SearchWriter(folder) as first:
        with pytest.raises(RunLocked):
            SearchWriter(folder)
        with SearchWriter(folder, join=True) as second:
            assert first.has_company
            assert second.has_company
            (folder / "events.jsonl").write_text('{"type": "started", "time": 1}\n{"type": "tri')
            second.write("paused")
            first.write("resumed")
            with pytest.raises(RunLocked):
                remove_search(folder)
        assert not first.has_company
    assert [event["type"] for event in Search(folder).events] == ["started", "paused", "resumed"]
    remove_search(folder)
    assert list_searches(folder.parent) == []


def test_a_run_says_of_which_search_it_is(tmp_path):
    assert read_origin(tmp_path) is None
    write_origin(tmp_path, Origin("one", 3))
    assert read_origin(tmp_path) == Origin("one", 3)
    for text in ("[]", '{"search": "one"}', '{"search": 1, "trial": 2}', "{"):
        (tmp_path / "search.json").write_text(text)
        assert read_origin(tmp_path) is None


def test_the_best_is_trained_on_all_images(folder):
    search = write(folder, began(1, 0, 0.25), ended(2, 0, 0.3))
    config = best_config(search)
    assert config is not None
    assert (config.learning_rate, config.val_size, config.hidden) == (0.25, 0, (32,))
    assert train_command(config)[4:] == [
        *("--dataset", "digits", "--hidden", "32", "--batch-norm", "--lr", "0.25")
    ]
    assert search_command(SETTINGS)[4:8] == [
        *("--param", "learning_rate=log:0.01..1", "--trials", "4")
    ]


def test_instead_of_patience_the_best_lasts_as_many_epochs_as_its_network(tmp_path):
    base = TrainingConfig(dataset="digits", val_size=100, patience=3, warmup_epochs=9)
    write_search(tmp_path, SearchSettings(base, SETTINGS.space))
    search = write(tmp_path, began(1, 0), ended(2, 0, 0.3, best_epoch=7))
    config = best_config(search)
    assert config is not None
    assert (config.epochs, config.patience, config.warmup_epochs) == (7, None, 7)
