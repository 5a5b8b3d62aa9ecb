"""`python -m nn runs`."""

import json
import zipfile
from pathlib import Path

import nn
from nn.runs import Run, RunWriter, list_runs, write_name

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(4,), epochs=2)


def a_run(folder: Path) -> None:
    with RunWriter(folder, CONFIG.to_dict()) as writer:
        writer.write("started", epochs=2)
        writer.write("finished", 46, 2.0, test_accuracy=0.925, test_loss=0.25, seconds=3.0)
    nn.save(nn.Network([nn.Linear(784, 4), nn.ReLU(), nn.Linear(4, 10)]), Run(folder).model_path)
    write_name(folder, "deep one")


def test_list_says_what_came_of_each(cli, runs):
    a_run(runs / "first")
    with RunWriter(runs / "second", CONFIG.to_dict()):
        pass
    head, second, first = cli("runs", "list").stdout.splitlines()
    assert "waiting" in second
    for name, word in {
        "Run": "first",
        "State": "finished",
        "Network": "784-4-10",
        "Data": "digits",
        "Accuracy": "92.5 %",
        "Loss": "0.2500",
        "Time": "3.0 s",
        "Name": "deep one",
        "Settings": "epochs=2",
    }.items():
        assert first[head.index(name) :].startswith(word)
    told = [json.loads(line) for line in cli("runs", "list", "--json").stdout.splitlines()]
    assert [one["test_accuracy"] for one in told] == [None, 0.925]


def test_list_says_which_learning_rate_was_set_on_the_way(cli, runs):
    with RunWriter(runs / "set", CONFIG.to_dict() | {"learning_rate": 50.0}) as writer:
        writer.write("started", epochs=2)
        writer.write("finished", 46, 2.0, test_accuracy=0.9, set_learning_rate=0.03)
    assert "learning_rate=50 epochs=2 set_learning_rate=0.03" in cli("runs", "list").stdout


def test_a_learning_rate_that_was_set_back_is_not_told(cli, runs):
    with RunWriter(runs / "set back", CONFIG.to_dict()) as writer:
        writer.write("started", epochs=2)
        writer.write("finished", 46, 2.0, set_learning_rate=CONFIG.learning_rate)
    assert "set_learning_rate" not in cli("runs", "list").stdout


def test_list_says_why_one_failed(cli, runs):
    with RunWriter(runs / "wild", CONFIG.to_dict()) as writer:
        writer.write("started", epochs=2)
        writer.write("failed", 9, 0.4, message="training diverged\x1b[31m", reason="diverged")
    head, line = cli("runs", "list").stdout.splitlines()
    assert line[head.index("Why it failed") :] == "training diverged [31m"
    told = json.loads(cli("runs", "list", "--json").stdout)
    assert (told["reason"], told["message"]) == ("diverged", "training diverged\x1b[31m")


def test_without_runs_the_list_is_empty(cli):
    result = cli("runs", "list")
    assert result.stdout == ""
    assert "No run is in" in result.stderr
    assert cli("runs", "list", "--json").output == ""


def test_a_trial_that_its_search_ended_is_not_a_stopped_one(cli, runs):
    for name, reason in (("pruned one", {"reason": "pruned"}), ("stopped one", {})):
        with RunWriter(runs / name, CONFIG.to_dict()) as writer:
            writer.write("started", epochs=2)
            writer.write("stopped", 23, 1.0, **reason)
    lines = {line[:7]: line for line in cli("runs", "list").stdout.splitlines()}
    assert "ended early" in lines["pruned "]
    assert "stopped  " in lines["stopped"]


def test_what_a_run_from_a_file_holds_does_not_steer_the_terminal(cli, runs):
    with RunWriter(runs / "first", CONFIG.to_dict() | {"dataset": "\x1b[31mred"}):
        pass
    line = cli("runs", "list").stdout
    assert "red" in line
    assert "\x1b" not in line


def test_a_run_goes_into_a_file_and_out_again(cli, runs, tmp_path):
    a_run(runs / "first")
    file = tmp_path / "run.zip"
    for named in ("first", runs / "first"):
        assert cli("runs", "export", named, file).exit_code == 0
    result = cli("runs", "import", file)
    assert result.exit_code == 0, result.output
    new, old = list_runs(runs)
    assert new.id in result.stdout
    assert (new.config, new.events, new.name) == (old.config, old.events, "deep one")


def test_what_cannot_be_done_is_said(cli, runs, tmp_path):
    result = cli("runs", "export", "nobody", tmp_path / "x.zip")
    assert result.exit_code == 2
    assert "Invalid value for RUN: " in result.stderr
    assert "is no run" in result.stderr
    assert not (tmp_path / "x.zip").exists()
    with RunWriter(runs / "bare", CONFIG.to_dict()) as writer:
        writer.write("failed", message="no weights")
    result = cli("runs", "export", "bare", tmp_path / "x.zip")
    assert result.exit_code == 2
    assert "Invalid value for RUN: the training must have left a network" in result.stderr
    a_run(runs / "first")
    result = cli("runs", "export", "first", tmp_path / "nowhere" / "x.zip")
    assert result.exit_code == 2
    assert f"FILE: {tmp_path / 'nowhere' / 'x.zip'} can't be written: there is no" in result.stderr
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as archive:
        archive.writestr("evil.py", "")
    result = cli("runs", "import", tmp_path / "y.zip")
    assert result.exit_code == 2
    assert "Invalid value for FILE: " in result.stderr
    assert "evil.py" in result.stderr
