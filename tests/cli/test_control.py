"""Steering a training through its standard input, as the app does."""

import json

import pytest

import nn
from nn.cli.train.control import Command, parse
from nn.runs import write_config


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ('{"command": "pause"}', Command("pause")),
        ('{"command": "resume"}', Command("resume")),
        ('{"command": "stop"}', Command("stop")),
        ('{"command": "set", "name": "learning_rate", "value": 0.05}', Command("set", 0.05)),
        ('{"command": "set", "name": "learning_rate", "value": 1}', Command("set", 1.0)),
    ],
)
def test_control_lines(line, command):
    assert parse(line) == command


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("", "JSON"),
        ("pause", "JSON"),
        ("[]", "command"),
        ("{}", "command"),
        ('{"command": "closed"}', "command"),
        ('{"command": ["pause"]}', "command"),
        ('{"command": "set", "name": "epochs", "value": 3}', "name"),
        ('{"command": "set", "name": "learning_rate"}', "learning_rate"),
        ('{"command": "set", "name": "learning_rate", "value": "0.1"}', "learning_rate"),
        ('{"command": "set", "name": "learning_rate", "value": true}', "learning_rate"),
        ('{"command": "set", "name": "learning_rate", "value": NaN}', "learning_rate"),
        ('{"command": "set", "name": "learning_rate", "value": -1}', "learning_rate"),
        ("[" * 100_000, "JSON"),
        (b"\xff\xfe", "JSON"),
    ],
)
def test_other_lines_are_refused(line, word):
    with pytest.raises(ValueError, match=word):
        parse(line)


@pytest.fixture
def training(start, tmp_path):
    """A training that takes a minute if nobody ends it, steered, at its first progress."""
    folder = tmp_path / "r"
    config = nn.TrainingConfig(dataset="digits", hidden=(16,), epochs=10_000)
    write_config(folder, config.to_dict())
    process = start("train", "--run", folder, "--control", "stdin", "--threads", 1, "--json")
    return process, process.wait_for(folder, "progress")


def test_pause_resume_and_stop(training):
    process, run = training
    process.send("pause")
    process.wait_for(run.folder, "paused")
    run.refresh()
    assert run.status == "paused"
    network = nn.load(run.model_path)  # the newest weights are there to be looked at
    assert network.num_classes == 10
    assert run.checkpoint_path.exists()
    count = len(run.progress)

    process.send("resume")
    process.wait_for(run.folder, "progress", count + 1)
    run.refresh()
    assert run.status == "running"

    process.send("stop")
    code, out, _ = process.end()
    run.refresh()
    assert code == 0
    assert run.status == "stopped"
    assert json.loads(out)["status"] == "stopped"
    assert json.loads(out)["test_accuracy"] == run.last("stopped")["test_accuracy"]


def test_a_paused_training_waits(training):
    process, run = training
    process.send("pause")
    process.wait_for(run.folder, "paused")
    run.refresh()
    step = run.last("paused")["step"]
    process.send("pause")  # twice is once
    process.send("set", name="learning_rate", value=0.02)
    process.wait_for(run.folder, "set")
    run.refresh()
    assert run.events[-1]["step"] == step
    assert run.status == "paused"
    process.send("stop")
    assert process.end()[0] == 0
    run.refresh()
    assert run.last("stopped")["step"] == step


def test_a_new_learning_rate_is_used_from_then_on(training):
    process, run = training
    process.send("set", name="learning_rate", value=0.05)
    process.wait_for(run.folder, "set")
    process.wait_for(run.folder, "progress", len(run.progress) + 3)
    run.refresh()
    assert run.last("set")["name"] == "learning_rate"
    assert run.last("set")["value"] == 0.05
    assert run.progress[0]["learning_rate"] == 0.1
    assert run.progress[-1]["learning_rate"] == 0.05


def test_bad_lines_are_named_and_ignored(training):
    process, run = training
    process.send_line("faster!")
    process.send("set", name="learning_rate", value=1000)
    process.send("stop")
    code, _, err = process.end()
    assert code == 0
    assert "faster!" in err
    assert "(0, 100]" in err
    run.refresh()
    assert run.last("set") is None


@pytest.mark.parametrize("paused", [False, True])
def test_when_the_steering_program_dies_the_training_saves_and_ends(training, start, paused):
    process, run = training
    if paused:
        process.send("pause")
        process.wait_for(run.folder, "paused")
    process.popen.stdin.close()
    process.end()
    run.refresh()
    assert run.status == "interrupted"
    assert run.events[-1]["type"] in ("checkpoint", "paused")
    step = run.last("checkpoint")["step"]

    again = start("train", "--run", run.folder, "--resume", "--control", "stdin", "--threads", 1)
    again.wait_for(run.folder, "resumed")
    run.refresh()
    assert run.last("resumed")["from_step"] == step
    again.send("stop")
    assert again.end()[0] == 0


def test_nothing_but_the_result_is_printed_for_a_program(training):
    process, run = training
    process.wait_for(run.folder, "epoch", 3)
    process.send("stop")
    _, out, err = process.end()
    assert len(out.splitlines()) == 1
    assert err == ""
