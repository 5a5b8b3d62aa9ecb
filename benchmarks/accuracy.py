"""`make evaluate` / `python -m benchmarks.accuracy`: how well the shipped models read digits."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click
import joblib
import numpy as np

import data
import nn
from benchmarks import answering, strokes
from benchmarks.child import PROJECT
from benchmarks.markdown import UNKNOWN, table
from nn.cli.train import recipes
from nn.evaluation.calibration import accuracy_interval, calibration_error
from nn.training.blas_threads import limited_threads

MODELS = PROJECT / "models"
HEAD = (
    "model",
    "network",
    "parameters",
    "MNIST test, image alone",
    "as it answers",
    "strokes, image alone",
    "as it answers",
    "calibration error",
    "file (MB)",
    "one digit (ms)",
)


@dataclass(frozen=True)
class Score:
    """How a network does on labelled images.

    alone: right answers from the image alone.
    right: right answers as the network gives them, which may be from test-time averages.
    count: how many images there are.
    calibration_error: of the network's own probabilities.
    """

    alone: int
    right: int
    count: int
    calibration_error: float

    @property
    def texts(self) -> tuple[str, str]:
        """Shares of right answers from the image alone, and as the network gives them, in bold and
        with their 95 % interval."""
        low, high = accuracy_interval(self.right, self.count)
        own = f"**{self.right / self.count:.2%}** ({low:.2%} to {high:.2%})"
        return f"{self.alone / self.count:.2%}", own


def score(network: nn.Network, images: np.ndarray, labels: np.ndarray) -> Score:
    """Let the network read images that are new to it."""
    alone = on_all_cores(network, images, nn.ALONE)
    own = on_all_cores(network, images, network.averaging)
    return Score(
        alone=int(np.count_nonzero(alone.argmax(axis=1) == labels)),
        right=int(np.count_nonzero(own.argmax(axis=1) == labels)),
        count=len(labels),
        calibration_error=calibration_error(own, labels),
    )


def on_all_cores(network: nn.Network, images: np.ndarray, averaging: nn.Averaging) -> np.ndarray:
    """The probabilities (n, classes) of the images; each core has a part of them.

    With averages over 27 copies the products are many and small: cores that share one wait for each
    other, above all in convolutions.
    """
    cores = joblib.cpu_count()
    networks = [network.copy() for _ in range(cores)]  # they work with buffers of their own
    parts = np.array_split(images, cores)
    with limited_threads(1), ThreadPoolExecutor(cores) as pool:
        predicted = pool.map(
            lambda one, some: one.predict_proba(some, averaging=averaging), networks, parts
        )
        return np.concatenate(list(predicted))


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


def decision(path: Path, mnist: data.Dataset) -> str:
    """Why a model answers averaged or alone: measured anew."""
    if path.stem not in recipes.names():
        return "it is of no recipe, so that the images kept back are not known."
    config = recipes.read(path.stem).config
    images, labels = answering.kept_back(mnist, config.val_size)
    return str(answering.compare(nn.load(path), config.averaging, images, labels))


def mnist_if_here() -> data.Dataset | None:
    """MNIST, None where it isn't on this machine, or not whole."""
    try:
        return data.load("mnist")
    except data.DatasetNotFound:
        return None


@click.command()
def accuracy() -> None:
    """Let the models in models/ read MNIST's test images and pen strokes, and print a table.

    In bold stands how the model itself answers, which the images kept back from its training
    decided, see `benchmarks.answering`; in brackets where its true accuracy lies with 95 %
    certainty.
    """
    mnist, drawings = mnist_if_here(), strokes.load()
    paths = sorted(MODELS.glob("*.safetensors"), key=lambda path: path.stat().st_size)
    click.echo(table(HEAD, [row(path, mnist, drawings) for path in paths]))
    if mnist is not None:
        for path in paths:
            click.echo(f"\n{path.stem}: {decision(path, mnist)}")
    else:
        click.echo("\nMNIST is not on this computer, or not whole: python -m nn data fetch mnist")
    if drawings is None:
        click.echo(
            f"\nThere are no pen strokes: set SCRATCH_NN_DATA to a folder that holds {strokes.FILE}"
        )


if __name__ == "__main__":
    accuracy()
