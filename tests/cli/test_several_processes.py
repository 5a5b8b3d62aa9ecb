"""Trainings in several processes, from outside: nothing is left behind, and nothing is lost."""

import math
import os
import signal
import sys

import numpy as np
import pytest

import nn
from nn.cli.train.checkpoints import Checkpoints
from nn.cli.train.control import Command, Commands
from nn.cli.train.progress import ProgressBar
from nn.cli.train.session import Session
from nn.history.run_history import RunHistory
from nn.runs import Run, RunWriter, write_config

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(24, 12), batch_size=64, epochs=60)

needs_processes = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are copied on Linux only"
)


def new_run(folder):
    write_config(folder, CONFIG.to_dict())
    return Run(folder)


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """The weights of the same training, never interrupted."""
    from tests.cli.conftest import Process

    run = new_run(tmp_path_factory.mktemp("reference") / "r")
    process = Process("train", "--run", run.folder, "--threads", 2)
    assert process.end()[0] == 0
    process.close()
    return nn.load(run.model_path).parameters


@needs_processes
def test_goes_on_at_once_after_a_kill(start, tmp_path, reference):
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--threads", 2)
    process.wait_for(run.folder, "epoch", 2)
    process.popen.kill()
    process.popen.wait()
    again = start("train", "--run", run.folder, "--resume")
    code, _, err = again.end()
    assert code == 0, err
    assert process.end()[2].count("Traceback") == 0
    assert np.array_equal(nn.load(run.model_path).parameters, reference)


@needs_processes
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_processes_saves_and_can_be_resumed(start, tmp_path, reference, number):
    run = new_run(tmp_path / "r")
    process = start("train", "--run", run.folder, "--threads", 2, start_new_session=True)
    process.wait_for(run.folder, "progress")
    os.killpg(process.popen.pid, number)
    code, _, err = process.end()
    assert code == 128 + number
    assert "Traceback" not in err
    run.refresh()
    assert run.status == "interrupted"
    assert run.events[-1]["type"] == "checkpoint"
    code, _, err = start("train", "--run", run.folder, "--resume").end()
    assert code == 0, err
    assert np.array_equal(nn.load(run.model_path).parameters, reference)


def test_a_pause_of_a_diverging_training_leaves_the_last_good_model(tmp_path):
    network = nn.Network.mlp([4, 3, 2])
    trainer = nn.Trainer(
        network,
        nn.SGD(network.parameters, network.gradients),
        nn.CrossEntropyLoss(),
        np.zeros((8, 4), np.uint8),
        np.zeros(8, np.uint8),
    )
    network.parameters[0] = np.nan
    commands = Commands()
    commands.put(Command("pause"))
    folder = tmp_path / "r"
    with RunWriter(folder, {}) as writer, ProgressBar(50, 8, quiet=True) as bar:
        (folder / "model.safetensors").write_bytes(b"the last good one")
        history = RunHistory(folder, trainer, np.zeros((2, 4), np.uint8), np.zeros(2, np.uint8))
        checkpoints = Checkpoints(Run(folder))
        session = Session(
            *(trainer, writer, folder, commands, bar, history, checkpoints),
            threads=1,
            about={},
            resumed=None,
            max_seconds=math.inf,
            goes_on=lambda _: True,
        )
        with pytest.raises(nn.TrainingDiverged):
            session.run()
    assert (folder / "model.safetensors").read_bytes() == b"the last good one"
