"""What keeping a history takes of a training, in a process of its own.

    python -m benchmarks.history_cost SETTINGS THREADS FOLDER

trains twice, with SETTINGS as JSON, on the images in FOLDER as written by `benchmarks.images`: with
and without a history, some steps of each in turns, so that what else the machine does disturbs both
alike. Prints the seconds of both, as JSON.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from benchmarks.child import PROJECT, child_environment
from benchmarks.images import Images, load
from nn.history.run_history import RunHistory
from nn.training.blas_threads import set_threads
from nn.training.build import build_network, build_trainer
from nn.training.config import TrainingConfig
from nn.training.events import BatchEnd
from nn.training.trainer import Trainer

STEPS = 100
"""So many of each in turns: some hundredths of a second."""


def main() -> None:
    settings, threads, folder = sys.argv[1:]
    set_threads(int(threads))
    config = TrainingConfig.from_dict(json.loads(settings))
    with tempfile.TemporaryDirectory(dir=folder) as history:
        trainings = [
            in_turns(config, load(Path(folder)), int(threads), kept)
            for kept in (None, Path(history))
        ]
        seconds, turn, going_on = [0.0, 0.0], 0, True
        while going_on:
            turn += 1
            for which in (0, 1) if turn % 2 else (1, 0):  # who is first is so in turns
                began = time.perf_counter()
                going_on = next(trainings[which], False)
                seconds[which] += time.perf_counter() - began
    print(json.dumps(dict(zip(("without", "with_history"), seconds, strict=True))))


def in_turns(
    config: TrainingConfig, images: Images, threads: int, history_folder: Path | None
) -> Iterator[bool]:
    """Train as `nn.cli.train` does, with a history in the folder if there is one.

    Yields True after each turn, the last time after the last step: only then may one of two
    trainings end, since that gives BLAS its threads back.
    """
    network = build_network(config, images.train_images, [str(digit) for digit in range(10)])
    trainer = build_trainer(config, network, images.train_images, images.train_labels, threads)
    assert isinstance(trainer, Trainer)  # not those of an ensemble
    history = None
    if history_folder is not None:
        history = RunHistory(history_folder, trainer, images.test_images, images.test_labels)
    for event in trainer.run():
        if history is not None:
            history.see(event)
        is_last = event.step == trainer.epochs * trainer.steps_per_epoch
        if isinstance(event, BatchEnd) and (is_last or event.step % STEPS == 0):
            yield True
    if history is not None:
        history.end()


def measure(settings: dict[str, Any], threads: int, folder: Path) -> dict[str, float]:
    """The seconds of a training "without" and of one "with_history"."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.history_cost"),
            *(json.dumps(settings), str(threads), str(folder)),
        ],
        cwd=PROJECT,
        env=child_environment(),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        raise click.ClickException(f"its process ended: {last[0] if last else 'without a word'}")
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds


if __name__ == "__main__":
    main()
