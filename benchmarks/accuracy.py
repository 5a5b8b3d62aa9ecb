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
from nn.test_time import predict_proba_shifted

MODELS = PROJECT / "models"
SHIFT = 1
"""Pixels by which images are moved for the averages over shifts."""

HEAD = (
    "model",
    "network",
    "parameters",
    "MNIST test",
    "with shifts",
    "strokes",
    "with shifts",
    "calibration error",
    "file (MB)",
    "one digit (ms)",
)


@dataclass(frozen=True)
class Score:
    """How a network does on labelled images: right answers of so many, plain and averaged over
    small shifts, and the calibration error of the plain probabilities."""

    right: int
    right_shifted: int
    count: int
    calibration_error: float

    @property
    def text(self) -> str:
        """The share of right answers and its 95 % interval."""
        low, high = accuracy_interval(self.right, self.count)
        return f"{self.right / self.count:.2%} ({low:.2%} to {high:.2%})"

    @property
    def shifted_text(self) -> str:
        return f"{self.right_shifted / self.count:.2%}"


def score(network: nn.Network, images: np.ndarray, labels: np.ndarray) -> Score:
    """Let the network read images that are new to it."""
    probabilities = network.predict_proba(images)
    shifted = predict_proba_shifted(network, images, SHIFT)
    return Score(
        right=int(np.count_nonzero(probabilities.argmax(axis=1) == labels)),
        right_shifted=int(np.count_nonzero(shifted.argmax(axis=1) == labels)),
        count=len(labels),
        calibration_error=calibration_error(probabilities, labels),
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
        test.text if test else UNKNOWN,
        test.shifted_text if test else UNKNOWN,
        drawn.text if drawn else UNKNOWN,
        drawn.shifted_text if drawn else UNKNOWN,
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

    In brackets where the true accuracy lies with 95 % certainty. "With shifts" averages the
    probabilities over the image moved by a pixel.
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
