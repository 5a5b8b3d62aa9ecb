"""Runs of many hours: what they take on disk, and what opening and listing them costs."""

import logging
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import nn
from nn.runs import Run, RunWriter
from tests.stress.part import Part, Row, at_most

PROJECT = Path(__file__).resolve().parents[3]
HOURS = 28
RUNS = 30
PROGRESS_SECONDS, EPOCH_SECONDS, CHECKPOINT_SECONDS = 0.2, 1.2, 1.0
STEPS_A_SECOND = 800
REPEATS = 5


def measure(quick: bool) -> list[Row]:
    """A run of `HOURS` is written as fast as it can be, and copied."""
    hours = HOURS / 10 if quick else HOURS
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, SCRATCH_NN_RUNS=folder):
        first = Path(folder) / "run-00"
        slowest = write_run(first, hours)
        for number in range(1, RUNS):
            copy = Path(folder) / f"run-{number:02}"
            copy.mkdir()
            for file in first.iterdir():
                (copy / file.name).write_bytes(file.read_bytes())
        size = (first / "events.jsonl").stat().st_size
        opened = _seconds(lambda: Run(first).events)
        taken = _memory(first)
        listed = _list_seconds()
        old = Path(folder) / "old"
        with patch("nn.runs.writer.MOST_BYTES", math.inf):
            write_run(old, hours)
        old_opened, mapped = _seconds(lambda: Run(old).events), _memory_of_process(old)
    return [
        at_most(f"a training of {hours:g} hours: its events on disk", size / 1e6, 2, "MB"),
        at_most(f"a training of {hours:g} hours: opening it", opened, 0.3, "s"),
        at_most(f"a training of {hours:g} hours: memory for it", taken / 1e6, 10, "MB", 1),
        at_most(f"one of {hours:g} hours by an old version: opening it", old_opened, 0.3, "s"),
        at_most(f"one of {hours:g} hours by an old version: memory for it", mapped, 10, "MB", 1),
        at_most(f"{RUNS} trainings of {hours:g} hours: listing them", listed, 0.3, "s"),
        at_most("the longest that a training waits for its events to be thinned", slowest, 1, "s"),
    ]


def write_run(folder: Path, hours: float) -> float:
    """Write the events of a training of so many hours; the longest that one took, in seconds."""
    config = nn.TrainingConfig(epochs=int(hours * 3600 / EPOCH_SECONDS)).to_dict()
    slowest, seconds = 0.0, 0.0
    with RunWriter(folder, config) as writer:
        writer.write("started", epochs=config["epochs"], train_samples=60_000, test_samples=10_000)
        due = {"progress": PROGRESS_SECONDS, "epoch": EPOCH_SECONDS, "checkpoint": 1.0}
        every = dict(due)
        while seconds < 3600 * hours:
            kind = min(due, key=lambda name: due[name])
            seconds = due[kind]
            due[kind] += every[kind]
            began = time.perf_counter()
            step, epoch = int(STEPS_A_SECOND * seconds), seconds / EPOCH_SECONDS
            whole = {"epoch": round(epoch)} if kind == "epoch" else {"epoch": epoch}
            writer.write(kind, step=step, **whole, time=1.7e9 + seconds, **_fields(kind, seconds))
            slowest = max(slowest, time.perf_counter() - began)
        writer.write("finished", step=step, epoch=epoch, test_accuracy=0.98, seconds=seconds)
    (folder / "model.safetensors").write_bytes(b"not looked at")
    return slowest


def _fields(kind: str, seconds: float) -> dict[str, float]:
    training = {"train_loss": 1 / (1 + seconds), "train_accuracy": 1 - 1 / (2 + seconds)}
    validation = {"val_loss": 1 / (1 + seconds), "val_accuracy": 1 - 1 / (2 + seconds)}
    if kind == "progress":
        return training | {"samples_per_second": 51234.567 + seconds, "learning_rate": 0.1}
    return training | validation if kind == "epoch" else {}


def _seconds(action: Callable[[], object]) -> float:
    """The median of some repetitions."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _memory(folder: Path) -> int:
    """The bytes that a run which has been read holds on to, at most while it was read."""
    tracemalloc.start()
    run = Run(folder)
    run.refresh()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most + sys.getsizeof(run)


def _memory_of_process(folder: Path) -> float:
    """MB that a process of its own has more at most, files that it maps included, when it has read
    a run."""
    lines = (
        "import re, sys",
        "from nn.runs import Run",
        "most = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])",
        "before, run = most(), Run(sys.argv[1])",
        "run.refresh()",
        "print(most() - before)",
    )
    command = [sys.executable, "-c", "\n".join(lines), str(folder)]
    return int(subprocess.check_output(command, cwd=PROJECT)) / 1e3


def _list_seconds() -> float:
    """Of the list of models, as Draw and Evaluate have it, before any of it is remembered."""
    logging.disable(logging.WARNING)  # it is used without a page
    from ui.models.list import _summary, list_models

    def first_time() -> None:
        _summary.cache_clear()
        list_models()

    return _seconds(first_time)


PART = Part(measure, seconds=300)
