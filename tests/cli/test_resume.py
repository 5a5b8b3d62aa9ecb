"""Interrupted trainings go on as if nothing had happened, bit for bit."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import nn
from nn.runs import Run, write_config

# Everything with a state of its own: momentum, running means, dropout, validation.
PROJECT = Path(__file__).resolve().parents[2]

CONFIG = nn.TrainingConfig(
    dataset="digits",
    hidden=(24,),
    batch_norm=True,
    dropout=0.2,
    optimizer="adam",
    learning_rate=0.003,
    schedule="cosine",
    val_size=200,
    batch_size=32,
    epochs=75,
    seed=3,
)


needs_signals = pytest.mark.skipif(os.name == "nt", reason="no process can send them on Windows")


def new_run(folder):
    write_config(folder, CONFIG.to_dict())
    return Run(folder)


def figures(run):
    """The epochs' figures and the final ones, without times."""
    run.refresh()
    kept = ("epoch", "step", "train_loss", "train_accuracy", "val_loss", "val_accuracy")
    final = run.last("finished")
    return [[event[key] for key in kept] for event in run.epochs], [
        final[key] for key in ("step", "test_loss", "test_accuracy", "val_loss", "best_epoch")
    ]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The same training, never interrupted."""
    run = new_run(tmp_path_factory.mktemp("reference") / "r")
    command = [sys.executable, "-m", "nn", "train", "--run", str(run.folder), "--threads", "1"]
    project = Path(__file__).resolve().parents[2]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    return run


def finish(cli, run):
    """By the command that is printed: it goes on with as many threads as before. Returns what it
    told people."""
    result = cli("train", "--run", run.folder, "--resume")
    assert result.exit_code == 0, result.stderr
    return result.stderr


def same(run, reference):
    epochs, final = figures(run)
    expected_epochs, expected_final = figures(reference)
    # Losses are added up piece by piece, and an interruption makes other pieces.
    assert epochs == [pytest.approx(epoch, rel=1e-6) for epoch in expected_epochs]
    assert final == expected_final
    ours, theirs = nn.load(run.model_path), nn.load(reference.model_path)
    assert ours.parameters.tobytes() == theirs.parameters.tobytes()
    for name, buffer in theirs.named_buffers().items():
        assert ours.named_buffers()[name].tobytes() == buffer.tobytes()


def test_killed_after_a_checkpoint(start, tmp_path, reference):
    """What was done after the checkpoint is done again, and counted once."""
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--control", "stdin", "--threads", 1)
    process.wait_for(run.folder, "progress")
    process.send("pause")
    process.wait_for(run.folder, "paused")
    epochs = len(Run(run.folder).epochs)
    process.send("resume")
    process.wait_for(run.folder, "epoch", epochs + 2)
    process.popen.kill()
    process.end()
    killed = Run(run.folder)
    assert killed.status == "interrupted"

    code, _, err = start("train", "--run", run.folder, "--resume").end()
    assert code == 0, err
    run.refresh()
    assert run.last("resumed")["from_step"] == killed.last("checkpoint")["step"] > 0
    same(run, reference)


def test_an_ensemble_goes_on_with_the_member_whose_turn_it_was(start, cli, tmp_path):
    folder = tmp_path / "r"
    config = nn.TrainingConfig(dataset="digits", hidden=(8,), ensemble=2, epochs=30)
    write_config(folder, config.to_dict())
    process = start("train", "--run", folder, "--control", "stdin", "--threads", 1)
    process.wait_for(folder, "epoch", 31)
    process.send("pause")
    process.wait_for(folder, "paused")
    process.popen.kill()
    process.end()

    run = Run(folder)
    paused = run.last("paused")["step"]
    finish(cli, run)
    run.refresh()
    assert run.last("resumed")["from_step"] == paused
    assert [event["epoch"] for event in run.epochs] == list(range(1, 61))
    assert nn.architecture(nn.load(run.model_path)) == "2 × 784-8-10"


def test_killed_before_the_first_checkpoint(start, cli, tmp_path, reference):
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--threads", 1)
    process.wait_for(run.folder, "epoch", 2)
    process.popen.kill()
    process.end()
    for path in run.checkpoint_paths:  # as if it had been killed a moment earlier
        path.unlink(missing_ok=True)
    assert run.can_go_on
    finish(cli, run)
    same(run, reference)


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_by_a_signal(start, cli, tmp_path, reference, number):
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--threads", 1)
    process.wait_for(run.folder, "progress")
    process.popen.send_signal(number)
    code, out, err = process.end()
    assert code == 128 + number
    assert out == ""
    assert "--resume" in err
    # Near the working directory it is named from there.
    (named,) = re.findall(r"--run (\S+)", err)
    assert (PROJECT / named).resolve() == run.folder.resolve()
    assert "Traceback" not in err
    run.refresh()
    assert run.status == "interrupted"
    assert run.events[-1]["type"] == "checkpoint"
    finish(cli, run)
    same(run, reference)


@needs_signals
def test_interrupted_while_paused(start, cli, tmp_path, reference):
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--control", "stdin", "--threads", 1)
    process.wait_for(run.folder, "progress")
    process.send("pause")
    process.wait_for(run.folder, "paused")
    process.popen.send_signal(signal.SIGINT)
    assert process.end()[0] == 128 + signal.SIGINT
    finish(cli, run)
    same(run, reference)


def test_stopped_and_continued(start, cli, tmp_path, reference):
    """A stopped run's model is its best so far, and it still goes on from its newest state."""
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--control", "stdin", "--threads", 1)
    process.wait_for(run.folder, "epoch", 5)
    process.send("stop")
    assert process.end()[0] == 0
    run.refresh()
    assert run.status == "stopped"
    best = min(event["val_loss"] for event in run.epochs)
    assert run.last("stopped")["val_loss"] == pytest.approx(best)
    finish(cli, run)
    same(run, reference)


def test_a_new_learning_rate_survives_a_kill(start, cli, tmp_path):
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--control", "stdin", "--threads", 1)
    process.send("set", name="learning_rate", value=0.5)
    process.wait_for(run.folder, "set")
    process.wait_for(run.folder, "checkpoint")
    process.popen.kill()
    process.end()
    finish(cli, run)
    run.refresh()
    assert run.last("set")["value"] == 0.5
    since = run.last("set")["step"]
    assert max(event["learning_rate"] for event in run.progress if event["step"] > since) > 0.1


@needs_signals
def test_a_damaged_checkpoint_gives_way_to_the_one_before(start, cli, tmp_path, reference):
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--threads", 1)
    process.wait_for(run.folder, "progress")
    process.popen.send_signal(signal.SIGINT)
    process.end()
    newest, before, _ = run.checkpoint_paths
    kept = newest.read_bytes(), before.read_bytes()
    for path in (newest, before):
        path.write_bytes(path.read_bytes()[:1000])
    result = cli("train", "--run", run.folder, "--resume")
    assert result.exit_code == 1
    assert "checkpoint.safetensors" in result.stderr
    assert "The network that the training had is kept" in result.stderr

    flipped = bytearray(kept[0])
    flipped[len(flipped) // 2] ^= 1
    newest.write_bytes(flipped)
    before.write_bytes(kept[1])
    told = finish(cli, run)
    run.refresh()
    assert run.last("resumed")["note"] in told
    assert "newest checkpoint is damaged" in told
    same(run, reference)
    assert not any(path.exists() for path in run.checkpoint_paths)


def test_a_rate_that_made_it_diverge_is_taken_back(start, cli, tmp_path):
    config = nn.TrainingConfig(dataset="digits", hidden=(16,), loss="mse", epochs=100)
    write_config(tmp_path / "r", config.to_dict())
    run = Run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--control", "stdin", "--threads", 1)
    process.wait_for(run.folder, "progress")
    for rate in (0.2, 90):  # the first of them has hardly been tried when the second comes
        process.send("set", name="learning_rate", value=rate)
    code, _, err = process.end()
    assert code == 1
    assert "Resume goes on from before it was set" in err
    run.refresh()
    assert run.can_go_on
    (first_set, *_) = [event["step"] for event in run.events if event["type"] == "set"]

    finish(cli, run)
    run.refresh()
    assert "before the learning rate was set" in run.last("resumed")["note"]
    assert run.last("resumed")["from_step"] <= first_set
    assert run.last("set")["value"] == config.learning_rate
    assert run.status == "finished"


@pytest.mark.parametrize("rates", [(), (90,)])
def test_another_rate_can_be_given(start, cli, tmp_path, rates):
    """After an interruption, or where the last rate made it diverge."""
    config = nn.TrainingConfig(dataset="digits", hidden=(16,), loss="mse", epochs=100)
    write_config(tmp_path / "r", config.to_dict())
    run = Run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--control", "stdin", "--threads", 1)
    process.wait_for(run.folder, "progress")
    for rate in rates:
        process.send("set", name="learning_rate", value=rate)
    if not rates:
        process.popen.send_signal(signal.SIGINT)
    process.end()
    for wrong in (-1, 0, "nan"):
        result = cli("train", "--run", run.folder, "--resume", "--lr", wrong)
        assert result.exit_code == 2
        assert "--lr" in result.stderr
    result = cli("train", "--run", run.folder, "--resume", "--lr", 0.05, "--max-seconds", 0.001)
    assert result.exit_code == 0, result.stderr
    run.refresh()
    changed = run.last("set")
    assert changed["value"] == 0.05
    assert run.events.index(changed) == run.events.index(run.last("resumed")) + 1
    assert run.status == "stopped"
    assert cli("train", "--run", run.folder, "--resume").exit_code == 0
    run.refresh()
    assert run.progress[-1]["learning_rate"] == 0.05


@pytest.mark.parametrize("more", [(), ("--ensemble", 2)])
def test_what_diverged_by_itself_goes_on_with_a_smaller_rate(cli, tmp_path, more):
    folder = tmp_path / "r"
    options = ("--dataset", "digits", "--epochs", 2, "--lr", 90, *more)
    assert cli("train", *options, "--run", folder).exit_code == 1
    assert "--resume --lr RATE" in cli("train", "--run", folder, "--resume").stderr
    assert cli("train", "--run", folder, "--resume", "--lr", 0.001).exit_code == 0
    run = Run(folder)
    assert run.status == "finished"
    # On a slow computer what diverged has told of its progress too.
    since = run.events[run.events.index(run.last("resumed")) :]
    rates = {event["learning_rate"] for event in since if event["type"] == "progress"}
    assert rates == {0.001}  # of all networks
    assert run.last("finished")["set_learning_rate"] == 0.001


def test_what_diverged_by_itself_is_not_tried_again(cli, tmp_path):
    folder = tmp_path / "r"
    options = ("--dataset", "digits", "--epochs", 2, "--lr", 90)
    assert cli("train", *options, "--run", folder).exit_code == 1
    assert not Run(folder).can_go_on
    result = cli("train", "--run", folder, "--resume")
    assert result.exit_code == 2
    assert "would do so again" in result.stderr
