"""A search whose processes are killed, stopped, paused, or joined by others."""

import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from nn.runs import Run
from nn.search import Search

DEADLINE = 60
SLOW = ("--dataset", "digits", "--hidden", "8", "--epochs", 40, "--threads", 1, "--no-prune")
MANY = ("--param", "dropout=0..0.5", "--sampler", "random")


def wait_for(process, folder: Path, kind: str, count: int = 1) -> Search:
    """Wait until the search in `folder` has so many events of a type."""
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        if (folder / "search.json").exists():
            search = Search(folder)
            if [event["type"] for event in search.events].count(kind) >= count:
                return search
        if process.popen.poll() is not None:
            raise AssertionError(f"ended before {kind!r}: {process.end()}")
        time.sleep(0.01)
    raise AssertionError(f"no {kind!r} within {DEADLINE} s")


def check_counts(search: Search, runs: Path, count: int) -> None:
    """Each trial has begun and ended once, and is one run."""
    kinds = Counter((event["type"], event.get("trial")) for event in search.events)
    for number in range(count):
        assert kinds["trial_started", number] == kinds["trial_ended", number] == 1
    assert [trial.number for trial in search.trials] == list(range(count))
    assert len(list(runs.glob("*/config.json"))) == count


@pytest.fixture
def folder(runs: Path) -> Path:
    return runs / "searches" / "one"


def test_a_killed_search_goes_on_and_finds_what_an_undisturbed_one_does(cli, start, runs, folder):
    arguments = ("search", *SLOW, *MANY, "--trials", 3, "--search", folder)
    process = start(*arguments, "--control", "stdin")
    search = wait_for(process, folder, "trial_started", 2)
    run_folder = runs / search.trials[1].run_id
    process.wait_for(run_folder, "epoch", 3)
    process.send("pause")  # which writes a checkpoint
    wait_for(process, folder, "paused")
    process.send("resume")
    process.wait_for(run_folder, "resumed")
    process.popen.kill()
    process.popen.wait()
    assert Search(folder).status == "interrupted"
    result = cli("search", "--search", folder, "--resume", "--threads", 1)
    assert result.exit_code == 0, result.output
    search = Search(folder)
    assert search.status == "finished"
    check_counts(search, runs, 3)
    resumed = Run(run_folder).last("resumed")
    assert resumed is not None
    assert resumed["from_step"] > 0

    undisturbed = runs.parent / "others" / "searches" / "two"
    assert cli(*arguments[:-1], undisturbed).exit_code == 0
    assert [(trial.params, trial.value) for trial in search.trials] == [
        (trial.params, trial.value) for trial in Search(undisturbed).trials
    ]


def test_two_processes_share_a_search_and_one_is_killed(start, runs, folder):
    arguments = ("search", *SLOW, *MANY, "--trials", 4, "--search", folder, "--join")
    first = start(*arguments)
    wait_for(first, folder, "trial_started")
    second = start(*arguments)
    search = wait_for(second, folder, "trial_started", 2)
    assert [trial.state for trial in search.trials[:2]].count("running") >= 1
    first.popen.kill()
    code, _, errors = second.end()
    assert code == 0, errors
    search = Search(folder)
    assert search.status == "finished"
    check_counts(search, runs, 4)


def test_ctrl_c_saves_and_says_how_to_go_on(cli, start, runs, folder):
    process = start("search", *SLOW, *MANY, "--trials", 2, "--search", folder, "--epochs", 200)
    search = wait_for(process, folder, "trial_started")
    process.wait_for(runs / search.trials[0].run_id, "epoch")
    refused = cli("search", "--search", folder)
    assert refused.exit_code == 2
    assert "another process works on" in " ".join(refused.output.split())
    process.popen.send_signal(signal.SIGINT)
    code, _, errors = process.end()
    assert code == 128 + signal.SIGINT
    assert "--resume" in errors
    assert [event["type"] for event in Search(folder).events][-1] == "left"
    assert cli("search", "--search", folder, "--threads", 1).exit_code == 0
    check_counts(Search(folder), runs, 2)


def test_commands_on_standard_input(start, runs, folder):
    endless = ("--epochs", 5000, "--search", folder, "--control", "stdin")
    process = start("search", *SLOW, *MANY, *endless)
    search = wait_for(process, folder, "trial_started")
    run_folder = runs / search.trials[0].run_id
    process.wait_for(run_folder, "epoch")
    process.send("pause")
    search = wait_for(process, folder, "paused")
    assert process.wait_for(run_folder, "paused").status == "paused"
    assert search.status == "paused"
    process.send("set", name="learning_rate", value=0.5)
    process.send("resume")
    process.wait_for(run_folder, "resumed")
    assert wait_for(process, folder, "resumed").status == "running"
    process.popen.stdin.close()
    assert process.end()[0] == 0
    search = Search(folder)
    assert (search.status, search.can_go_on) == ("interrupted", True)
    assert search.events[-1]["type"] == "left"

    process = start("search", "--search", folder, "--control", "stdin", "--threads", 1)
    wait_for(process, folder, "resumed", 2)
    process.wait_for(run_folder, "resumed", 2)
    process.send("stop")
    code, _, errors = process.end()
    assert code == 0, errors
    search = Search(folder)
    assert search.status == "stopped"
    assert [(trial.state, trial.reason) for trial in search.trials] == [("pruned", "stopped")]
    assert Run(run_folder).status == "stopped"
