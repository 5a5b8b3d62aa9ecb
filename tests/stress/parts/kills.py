"""Trainings that are killed, again and again: what is lost, and whether they go on as if nothing
had been."""

import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import nn
from nn.cli.train.checkpoints import Checkpoints
from nn.runs import Run, write_config
from nn.training.build import build_network, build_trainer
from tests.stress.part import Part, Row, at_most, none_of

PROJECT = Path(__file__).resolve().parents[3]
KILLS = 100
AT_ONCE = 2
LATEST_SECONDS = 2.0
"""Every other time a training is killed at a random moment within so long of its first word."""
DEADLINE_SECONDS = 300.0
SETUPS: list[dict[str, Any]] = [
    {"hidden": (256, 256), "batch_size": 16, "epochs": 480},
    {"hidden": (128, 128), "optimizer": "adam", "learning_rate": 0.002, "dropout": 0.2}
    | {"batch_norm": True, "batch_size": 16, "val_size": 200, "epochs": 480},
    {"hidden": (128,), "ensemble": 2, "batch_size": 16, "momentum": 0.9, "epochs": 400},
    {"hidden": (64,), "batch_size": 16, "rotation": 10.0, "shift": 2, "epochs": 400},
    {"hidden": (1024, 1024), "optimizer": "adam", "learning_rate": 0.0003, "epochs": 400},
]
SMALL: dict[str, Any] = {"hidden": (128, 64)}
LARGE: dict[str, Any] = {"hidden": (1024, 1024), "optimizer": "adam"}
PLACES = ["half written", "before the names change", "between the names", "after the names"]
"""Where in the writing of a checkpoint a training ends itself the other times."""
SUICIDE = """
import os, pathlib, signal, sys
place, left = int(sys.argv[1]), int(sys.argv[2])
replace, write_bytes = os.replace, pathlib.Path.write_bytes

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def dying_write(path, data):
    global left
    if path.name.endswith("checkpoint.safetensors") or ".checkpoint.safetensors." in path.name:
        left -= 1
        if left <= 0 and place == 0:
            write_bytes(path, data[: len(data) // 2])
            die()
    return write_bytes(path, data)

def dying_replace(source, target):
    name = pathlib.Path(target).name
    if left <= 0 and place == 1 and name == "checkpoint-before.safetensors":
        die()
    if left <= 0 and place == 2 and name == "checkpoint.safetensors":
        die()
    replace(source, target)
    if left <= 0 and place == 3 and name == "checkpoint.safetensors":
        die()

os.replace, pathlib.Path.write_bytes = dying_replace, dying_write
from nn.cli import main
main(sys.argv[3:])
"""


@dataclass
class Seen:
    """What became of a training that was killed again and again.

    lost: seconds of training, at each kill.
    """

    lost: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def measure(quick: bool) -> list[Row]:
    """Each of the set-ups is trained without and with kills, some of them in parallel."""
    kills = max(2, (KILLS // 10 if quick else KILLS) // len(SETUPS))
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(AT_ONCE) as pool:
        numbers = range(len(SETUPS))
        seen = list(pool.map(lambda number: _tried(Path(name), number, kills), numbers))
    lost = sorted(seconds for one in seen for seconds in one.lost)
    faults = [fault for one in seen for fault in one.faults]
    if len(lost) < 0.8 * kills * len(SETUPS):
        faults.append(f"the trainings were too short: {len(lost)} kills")
    middle, most = lost[len(lost) // 2], lost[-1]
    return [
        at_most(f"{len(lost)} SIGKILLs, half of them within a write: lost, median", middle, 1, "s"),
        at_most(f"{len(lost)} SIGKILLs, half of them within a write: lost, the most", most, 2, "s"),
        at_most("work for checkpoints: 784-128-64-10, SGD", 100 * _share_of_work(SMALL), 1, "%"),
        at_most(
            "work for checkpoints: 1.9 million weights, Adam", 100 * _share_of_work(LARGE), 5, "%"
        ),
        none_of(
            "trainings that after those don't go on as if nothing had been, bit for bit", faults
        ),
    ]


def _tried(folder: Path, number: int, kills: int) -> Seen:
    moments, seen = random.Random(number), Seen()
    whole, killed = folder / f"whole-{number}", folder / f"killed-{number}"
    config = nn.TrainingConfig(dataset="digits", **SETUPS[number]).to_dict()
    for run in (whole, killed):
        write_config(run, config)
    _train(whole).wait()
    before: Run | None = None
    for kill in range(kills + 1):
        program = [sys.executable, "-m", "nn"]
        if kill % 2 and kill < kills:
            place, count = moments.randrange(len(PLACES)), moments.randint(2, 4)
            program = [sys.executable, "-c", SUICIDE, str(place), str(count)]
        process = _train(killed, program)
        _wait_for_life(killed, process, before)
        if before is not None:
            _note_lost(seen, before, Run(killed))
        if kill == kills:
            process.wait()
            break
        if kill % 2 == 0:
            time.sleep(moments.uniform(0, LATEST_SECONDS))
            process.kill()
        if process.wait(DEADLINE_SECONDS) != -signal.SIGKILL:
            break  # it is at its end
        before = Run(killed)
        before.refresh()
    if Run(killed).status != "finished":
        seen.faults.append(f"set-up {number} is {Run(killed).status}: {Run(killed).events[-1]}")
    elif _bits(whole) != _bits(killed):
        seen.faults.append(f"set-up {number} ends with other weights")
    return seen


def _train(folder: Path, program: list[str] | None = None) -> subprocess.Popen[bytes]:
    program = program or [sys.executable, "-m", "nn"]
    resume = ["--resume"] if Run(folder).events else []
    command = [*program, "train", "--run", str(folder), "--threads", "1", *resume]
    return subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for_life(folder: Path, process: subprocess.Popen[bytes], before: Run | None) -> None:
    """Until it says that it begins, or goes on."""
    ends = time.monotonic() + DEADLINE_SECONDS
    count = 0 if before is None else _times_resumed(before)
    while process.poll() is None and time.monotonic() < ends:
        run = Run(folder)
        if run.events and (before is None or _times_resumed(run) > count):
            return
        time.sleep(0.02)


def _times_resumed(run: Run) -> int:
    return run.events_path.read_bytes().count(b'"type": "resumed"')


def _note_lost(seen: Seen, before: Run, after: Run) -> None:
    """How much it had trained beyond the step that it goes on from."""
    resumed = after.last("resumed")
    if resumed is None:
        seen.faults.append(f"{before.id} did not go on after {before.events[-1]}")
        return
    # No later than this it was there: events of its steps come several times a second.
    kept = max(event["time"] for event in before.events if event["step"] <= resumed["from_step"])
    seen.lost.append(before.events[-1]["time"] - kept)


def _share_of_work(settings: dict[str, Any]) -> float:
    """Of the processor's time, by the rest that is taken after each checkpoint; the middle one."""
    config = nn.TrainingConfig(dataset="digits", batch_size=64, **settings)
    images, labels = np.zeros((640, 28, 28), np.uint8), np.zeros(640, np.uint8)
    network = build_network(config, images, tuple("0123456789"))
    trainer = build_trainer(config, network, images, labels, 1)
    for _ in zip(range(20), trainer.run(), strict=False):
        pass
    with tempfile.TemporaryDirectory() as name:
        write_config(Path(name) / "run", config.to_dict())
        checkpoints = Checkpoints(Run(Path(name) / "run"))
        shares = []
        for _ in range(9):
            worked = time.thread_time()
            checkpoints.save(trainer)
            shares.append((time.thread_time() - worked) / checkpoints.seconds_left)
    return statistics.median(shares)


def _bits(folder: Path) -> list[bytes]:
    network = nn.load(Run(folder).model_path)
    buffers = network.named_buffers().values()
    return [array.tobytes() for array in (network.parameters, *buffers)]


PART = Part(measure, seconds=1800)
