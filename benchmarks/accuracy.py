"""`make evaluate` / `python -m benchmarks.accuracy`: how well the shipped models read digits."""

import time
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

import data
import nn
from benchmarks import strokes
from benchmarks.child import PROJECT
from benchmarks.markdown import UNKNOWN, table
from nn.calibration import accuracy_interval, calibration_error

MODELS = PROJECT / "models"
SHIFT = 1
"""Pixels by which images are moved for the averages over shifts, where a network has none."""

HEAD = (
    "model",
    "network",
    "parameters",
    "MNIST test, image alone",
    "with shifts",
    "strokes, image alone",
    "with shifts",
    "calibration error",
    "file (MB)",
    "one digit (ms)",
)


@dataclass(frozen=True)
class Score:
    """How a network does on labelled images.

    alone, shifted: right answers from the image alone, and from the mean over small shifts.
    uses_shifts: whether the network itself answers with that mean.
    count: how many images there are.
    calibration_error: of the network's own probabilities.
    """

    alone: int
    shifted: int
    uses_shifts: bool
    count: int
    calibration_error: float

    @property
    def right(self) -> int:
        """How many the network itself gets right."""
        return self.shifted if self.uses_shifts else self.alone

    @property
    def texts(self) -> tuple[str, str]:
        """Shares of right answers from the image alone and with shifts; the network's own way is in
        bold, with its 95 % interval."""
        low, high = accuracy_interval(self.right, self.count)
        alone, shifted = (f"{right / self.count:.2%}" for right in (self.alone, self.shifted))
        interval = f"({low:.2%} to {high:.2%})"
        if self.uses_shifts:
            return alone, f"**{shifted}** {interval}"
        return f"**{alone}** {interval}", shifted


def score(network: nn.Network, images: np.ndarray, labels: np.ndarray) -> Score:
    """Let the network read images that are new to it."""
    uses_shifts = network.test_time_shift > 0
    alone = network.predict_proba(images, 0)
    shifted = network.predict_proba(images, network.test_time_shift or SHIFT)
    return Score(
        alone=int(np.count_nonzero(alone.argmax(axis=1) == labels)),
        shifted=int(np.count_nonzero(shifted.argmax(axis=1) == labels)),
        uses_shifts=uses_shifts,
        count=len(labels),
        calibration_error=calibration_error(shifted if uses_shifts else alone, labels),
    )


def milliseconds(network: nn.Network, repetitions: int = 200) -> float:
    """Median time from one image to its probabilities."""
    image = np.zeros((1, network.in_features), np.float32)
    times = []
    for _ in range(repetitions):
        began = time.perf_counter()
        network.predict_proba(image)
        times.append(time.perf_counter() - began)
    return 1000 * float(np.median(times))


def row(path: Path, mnist: data.Dataset | None, drawings: strokes.Drawings | None) -> list[str]:
    """A model's line of the table."""
    network = nn.load(path)
    test = mnist and score(network, mnist.test_images, mnist.test_labels)
    drawn = drawings and score(network, drawings.images, drawings.labels)
    return [
        path.stem,
        nn.architecture(network),
        f"{network.num_parameters:,}",
        *(test.texts if test else (UNKNOWN, UNKNOWN)),
        *(drawn.texts if drawn else (UNKNOWN, UNKNOWN)),
        f"{test.calibration_error:.2%}" if test else UNKNOWN,
        f"{path.stat().st_size / 1e6:.2f}",
        f"{milliseconds(network):.2f}",
    ]


def mnist_if_here() -> data.Dataset | None:
    """MNIST, None where it isn't on this machine, or not whole."""
    try:
        return data.load("mnist")
    except data.DatasetNotFound:
        return None


@click.command()
def accuracy() -> None:
    """Let the models in models/ read MNIST's test images and pen strokes, and print a table.

    "With shifts" is from the mean over the image and copies moved by as many pixels as the model's
    test_time_shift says, or by one. In bold how the model itself answers, and in brackets where its
    true accuracy lies with 95 % certainty.
    """
    mnist, drawings = mnist_if_here(), strokes.load()
    paths = sorted(MODELS.glob("*.safetensors"), key=lambda path: path.stat().st_size)
    click.echo(table(HEAD, [row(path, mnist, drawings) for path in paths]))
    if mnist is None:
        click.echo("\nMNIST is not on this machine, or not whole: python -m nn data fetch mnist")
    if drawings is None:
        click.echo(
            f"\nThere are no pen strokes: set SCRATCH_NN_DATA to a folder that holds {strokes.FILE}"
        )


if __name__ == "__main__":
    accuracy()
