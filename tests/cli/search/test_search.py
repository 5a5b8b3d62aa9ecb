"""`python -m nn search`: what it tries, what it says, and what it refuses."""

import io
import json
import time
from pathlib import Path

import pytest

from nn.cli.search.progress import SearchBar
from nn.runs import Run
from nn.search import (
    Search,
    SearchSettings,
    SearchWriter,
    parse_parameter,
    read_origin,
    write_search,
)
from nn.training.config import TrainingConfig

QUICK = ("--dataset", "digits", "--hidden", "8", "--epochs", 2, "--threads", 1)


def only(runs: Path) -> Search:
    (folder,) = (runs / "searches").iterdir()
    return Search(folder)


def tried(search: Search, name: str) -> list:
    return [trial.params[name] for trial in search.trials]


def test_each_trial_is_a_run_with_its_settings(cli, runs):
    result = cli(
        *("search", *QUICK, "--param", "lr=log:0.01..1", "--param", "hidden=4|8", "--no-prune"),
        *("--trials", 3, "--json"),
    )
    assert result.exit_code == 0, result.output
    told, search = json.loads(result.stdout), only(runs)
    assert (search.status, told["status"]) == ("finished", "finished")
    assert told["trials"] == {"finished": 3}
    for trial in search.trials:
        run = Run(runs / trial.run_id)
        config = TrainingConfig.from_dict(run.config)
        assert config.learning_rate == trial.params["learning_rate"]
        assert list(config.hidden) == trial.params["hidden"]
        assert config.val_size == 240  # a sixth of 1,440
        assert config.seed == 0
        closing = run.events[-1]
        assert run.status == "finished"
        assert trial.value == trial.val_loss == closing["val_loss"]
        origin = read_origin(run.folder)
        assert origin is not None
        assert (origin.search, origin.trial) == (search.id, trial.number)
    best = min(search.trials, key=lambda trial: trial.value or 9)
    assert told["best"]["run"] == str(runs / best.run_id)
    assert f"--lr {best.params['learning_rate']!r}" in told["best"]["command"]
    assert "--val-size" not in told["best"]["command"]


def test_what_people_read(cli):
    result = cli("search", *QUICK, "--param", "lr=0.1|0.01", "--no-prune")
    assert result.exit_code == 0, result.output
    assert "240 of the training images are kept back" in result.stderr
    assert "trial 1/2: finished, validation loss" in result.stderr
    assert "2 trials: 2 finished" in result.stdout
    assert "1. trial" in result.stdout
    assert "python -m nn train --dataset digits --hidden 8" in result.stdout


def test_the_same_seed_tries_the_same_and_another_something_else(cli, runs):
    found = []
    for number, seed in enumerate((1, 1, 2)):
        folder = runs / "searches" / str(number)
        arguments = ("--param", "dropout=0..0.9", "--sampler", "random", "--search-seed", seed)
        cli("search", *QUICK, *arguments, "--trials", 2, "--search", folder)
        found.append([(trial.params, trial.value) for trial in Search(folder).trials])
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_grid_tries_each_combination_once(cli, runs):
    parameters = ("--param", "hidden=4|8", "--param", "dropout=0..0.2:0.1")
    cli("search", *QUICK, *parameters, "--sampler", "grid", "--epochs", 1)
    search = only(runs)
    pairs = {(str(trial.params["hidden"]), trial.params["dropout"]) for trial in search.trials}
    assert len(search.trials) == len(pairs) == 6
    assert search.settings.trials is None


def test_what_was_tried_is_not_trained_again(cli, runs):
    cli("search", *QUICK, "--param", "lr=0.1|0.2|0.3", "--trials", 9, "--epochs", 1)
    assert sorted(tried(only(runs), "learning_rate")) == [0.1, 0.2, 0.3]


def test_trials_that_are_behind_end_early_and_keep_their_model(cli, runs):
    # In this order of the grid the better rates come first.
    rates = "lr=0.3|0.2|1e-06|2e-06|3e-06|4e-06"
    told = cli("search", *QUICK, "--param", rates, "--epochs", 9, "--sampler", "grid")
    search = only(runs)
    pruned = [trial for trial in search.trials if trial.state == "pruned"]
    assert len(pruned) >= 2
    assert f"{len(pruned)} ended early" in told.stdout
    assert {trial.reason for trial in pruned} == {"pruned"}
    for trial in pruned:
        run = Run(runs / trial.run_id)
        assert (run.status, run.events[-1]["reason"]) == ("stopped", "pruned")
        assert trial.epochs in (2, 4, 8)
        assert run.model_path.is_file()
        assert not run.checkpoint_path.exists()
    best = search.best
    assert best is not None
    assert best.params["learning_rate"] >= 0.2
    assert set(search.importance) <= {"learning_rate"}


def test_what_diverges_or_cannot_be_is_a_failed_trial_and_the_search_goes_on(cli, runs):
    parameters = ("--param", "lr=0.1|100", "--param", "nesterov=true|false")
    more = ("--sampler", "grid", "--no-prune", "--hidden", "64,64")
    result = cli("search", *QUICK, *parameters, *more)
    assert result.exit_code == 0, result.output
    search = only(runs)
    assert search.status == "finished"
    for trial in search.trials:
        if trial.params["nesterov"]:
            assert (trial.state, trial.run_id) == ("failed", "")
            assert trial.message == "nesterov needs a momentum above 0, got 0"
        elif trial.params["learning_rate"] == 100:
            assert trial.state == "failed"
            assert "diverged" in (trial.message or "")
            assert Run(runs / trial.run_id).status == "failed"
        else:
            assert search.best == trial
    assert "4 trials: 1 finished, 3 failed" in result.stdout


def test_where_all_trials_fail_the_search_does(cli, runs):
    result = cli("search", *QUICK, "--nesterov", "--momentum", 0.5, "--param", "momentum=0|0.1")
    assert result.exit_code == 0, result.output
    assert [trial.state for trial in only(runs).trials].count("failed") == 1
    parameters = ("--param", "lr=90..100", "--hidden", "64,64", "--sampler", "random")
    result = cli("search", *QUICK, *parameters, "--trials", 40, "--search", runs / "searches" / "b")
    assert result.exit_code == 1
    search = Search(runs / "searches" / "b")
    assert (search.status, len(search.trials)) == ("failed", 20)
    assert "the last 20 trials failed: training diverged" in result.stderr


def test_after_its_time_no_trial_begins_and_the_last_one_ends(cli, runs):
    parameters = ("--param", "dropout=0..0.5", "--epochs", 5000, "--minutes", 0.02)
    result = cli("search", *QUICK, *parameters)
    assert result.exit_code == 0, result.output
    search = only(runs)
    assert search.status == "finished"
    assert search.events[-1]["reason"] == "time"
    assert [(trial.state, trial.reason) for trial in search.trials] == [("pruned", "time")]
    assert Run(runs / search.trials[0].run_id).events[-1]["reason"] == "time"
    assert "there is no best" in result.stdout


def test_by_accuracy(cli, runs):
    cli("search", *QUICK, "--param", "label_smoothing=0|0.1", "--metric", "accuracy")
    assert all(trial.value == trial.val_accuracy for trial in only(runs).trials)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "a search needs at least one setting to vary"),
        (("--param", "lr=0.1..0.5", "--sampler", "grid"), "a grid needs values or a step for lear"),
        (("--param", "lr=0.5..0.1"), "from a lower to a higher number, got 0.5..0.1"),
        (("--param", "seed=1|2"), "seed can't be searched"),
        (("--param", "lr=0.1|0.2", "--trials", 0), "0 is not in the range"),
        (("--param", "lr=0.1|0.2", "--dataset", "none"), "must be one of mnist"),
        (("--resume",), "--resume needs --search DIR"),
        (("--resume", "--search", "nowhere"), "--search: nowhere is no search"),
        (("--join", "--search", "nowhere"), "--search: nowhere is no search"),
        (("--join",), "--join needs --search DIR"),
        (("--param", "lr=0.1..0.5", "--minutes", 1e7), "--minutes: minutes must be a number"),
        (("--param", "lr=0.1..0.5", "--search-seed", -1), "--search-seed: seed must be a whole"),
    ],
)
def test_what_is_refused_and_why(cli, runs, arguments, words):
    result = cli("search", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.output.replace("│", " ").split())
    assert not (runs / "searches").exists()
    assert "are kept back" not in result.output  # nothing is


def test_what_cannot_begin_leaves_no_search(cli, runs):
    arguments = (*QUICK, "--param", "lr=0.1|0.2", "--dask", "nowhere")
    assert "address of a Dask scheduler" in " ".join(cli("search", *arguments).output.split())
    assert not list((runs / "searches").iterdir())
    kept = runs / "searches" / "one"
    write_search(kept, SearchSettings(TrainingConfig(val_size=9), (parse_parameter("lr=0.1..1"),)))
    cli("search", "--search", kept, "--dask", "nowhere")
    assert Search(kept).status == "waiting"


def test_a_search_that_there_is_goes_on_only_as_it_was(cli, runs):
    folder = runs / "searches" / "one"
    same = ("search", *QUICK, "--param", "lr=0.1|0.2", "--epochs", 1, "--search", folder)
    assert cli(*same).exit_code == 0
    result = cli(*same)
    assert "is already finished" in result.output
    result = cli(*same, "--momentum", 0.5)
    assert "is a search with other settings" in " ".join(result.output.split())


def test_a_damaged_journal_is_said(cli, runs):
    folder = runs / "searches" / "one"
    same = ("search", *QUICK, "--param", "lr=0.1..0.2", "--trials", 2, "--minutes", 1e-6)
    assert cli(*same, "--search", folder).exit_code == 0
    (folder / "events.jsonl").unlink()
    nested = "[" * 5000
    for text in ("{}\n{}\n", "no JSON\n{}\n", '{"op_code": 77}\n{}\n', f"{nested}\n{{}}\n"):
        (folder / "journal.log").write_text(text)
        result = cli("search", "--search", folder)
        assert result.exit_code == 1
        assert "is damaged" in result.stderr


@pytest.mark.parametrize(
    ("written", "instead", "words"),
    [
        ('"directions": [1]', '"directions": [2]', "its direction must be MINIMIZE"),
        ('"directions": [1]', '"directions": [1, 1]', "its direction must be MINIMIZE"),
        ('"high\\": 0.2', '"high\\": Infinity', "is damaged"),
        ('"run": "', '"run": "../', "the run of trial 0 must be a name"),
        ('"low\\": 0.1', '"low\\": 0.15', "trial 0 must have learning_rate in 0.1..0.2"),
    ],
)
def test_a_journal_of_something_else_is_damaged(cli, runs, written, instead, words):
    """A trial that a killed process left is gone on with: not just anywhere."""
    folder = runs / "searches" / "one"
    same = ("search", *QUICK, "--param", "lr=0.1..0.2", "--trials", 2, "--minutes", 1e-6)
    assert cli(*same, "--search", folder).exit_code == 0
    (folder / "events.jsonl").unlink()
    journal = (folder / "journal.log").read_text()
    assert written in journal
    (folder / "journal.log").write_text(journal.replace(written, instead))
    result = cli("search", "--search", folder)
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_bar_on_a_terminal_tells_the_best_and_the_time_left(runs, monkeypatch):
    folder = runs / "searches" / "one"
    settings = SearchSettings(TrainingConfig(val_size=9), (parse_parameter("lr=0.1..1"),), trials=4)
    write_search(folder, settings)
    with SearchWriter(folder) as writer:
        writer.write("started")
        writer.write("trial_started", trial=0, run="r", params={"learning_rate": 0.5})
        writer.write("trial_ended", trial=0, state="finished", value=0.25, seconds=20.0)
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stderr", terminal)
    search = Search(folder)
    with SearchBar(search) as bar:
        bar.show(search, time.time())
    assert "trial 1/4" in terminal.getvalue()
    assert "01:00 left, best validation loss 0.2500 (trial 1)" in terminal.getvalue()
