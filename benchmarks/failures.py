"""`python -m benchmarks.failures`: train the set-ups of `nn.failures` and keep small recordings.

Anywhere the settings and the seed make the same training, but for rounding.
"""

import math
import shutil
from pathlib import Path

import click
import numpy as np

from nn.cli.train.control import Commands
from nn.cli.train.training import perform
from nn.failures import RECORDED, recordings_folder
from nn.history import History, recorder
from nn.runs import Run, RunWriter, write_config
from nn.runs.lock import LOCK
from nn.training.blas_threads import limited_threads

MOMENTS = 18
"""So many moments of a history are kept, at most, ..."""
WEIGHT_BYTES = 160_000
"""... and the weights of as many of them as have room in this."""


@click.command()
def failures() -> None:
    """Train all set-ups anew and write their recordings to models/failures/."""
    for name in RECORDED:
        folder = recordings_folder() / name
        shutil.rmtree(folder, ignore_errors=True)
        run = record(name, folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        last = run.events[-1]
        click.echo(f"{name}: {run.status} after {last['epoch']:g} epochs, {size / 1000:.0f} kB")


def record(name: str, folder: Path) -> Run:
    """Train the set-up of this name into a new or empty folder, and keep what a recording has."""
    # What is kept must not depend on how busy the machine is.
    recorder.FREE_SECONDS = math.inf
    config = RECORDED[name]
    write_config(folder, config.to_dict())
    run = Run(folder)
    with limited_threads(1), RunWriter(folder, None) as writer:
        try:
            perform(run, config, writer, Commands(), threads=1, resume=False, steered=True)
        except click.ClickException:
            run.refresh()
            if run.status != "failed":  # it may diverge: its last event says so
                raise
    run.refresh()
    for path in (run.model_path, *run.checkpoint_paths, folder / LOCK):
        path.unlink(missing_ok=True)
    keep_some_moments(folder)
    return run


def keep_some_moments(folder: Path) -> None:
    """Drop moments of the run's history, so that the rest are evenly spread among all."""
    history = History(folder)
    files = {
        "weights.bin": history.whole(),
        "answers.bin": history.answers(),
        "health.bin": history.health(),
    }
    steps = spread(files["health.bin"]["step"], MOMENTS)
    few = spread(steps, WEIGHT_BYTES // files["weights.bin"].dtype.itemsize)
    for name, records in files.items():
        kept = few if name == "weights.bin" else steps
        content = records[np.isin(records["step"], kept)].tobytes()
        (history.folder / name).write_bytes(content)


def spread(values: np.ndarray, count: int) -> np.ndarray:
    """At most so many of the values, the first and the last among them, evenly spread."""
    places = np.linspace(0, len(values) - 1, min(count, len(values)))
    return values[np.rint(places).astype(int)]


if __name__ == "__main__":
    failures()
