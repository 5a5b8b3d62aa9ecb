"""What a file for other programs says of a network: the same for all formats."""

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nn.averaging import ALONE, Averaging
from nn.export.steps import Step, steps_of
from nn.network import Network

Array = np.ndarray

INK = "from 0 for the background to 1 for ink"
"""What pixels mean."""
_LONGEST = 200
"""Signs of what may be of any length."""


@dataclass(frozen=True)
class About:
    """What people want to know of a network, each in a few words; "" for what isn't known.

    name: what it is called.
    data: the data that it learned from.
    accuracy: how often it is right, and on which images, as it answers by itself.
    accuracy_alone: the same without its test-time averages.
    """

    name: str = ""
    data: str = ""
    accuracy: str = ""
    accuracy_alone: str = ""


@dataclass(frozen=True)
class Plan:
    """A network, ready to be written.

    steps: what it does with rows (n, values) of scaled pixels, see `Step`.
    tensors: float32 in C order, by the names of `Network.state_dict`.
    shape: of an image, (side, side), or (values,) where it isn't square.
    labels: what the classes are called, each in one line.
    mean, std: inputs are (image - mean) / std.
    temperature: probabilities are softmax(logits / temperature).
    averaging: the copies of an image over whose logits the file takes the mean.
    about: name, data, accuracy, averages and version, each in one line.
    """

    steps: list[Step]
    tensors: dict[str, Array]
    shape: tuple[int, ...]
    labels: list[str]
    mean: float
    std: float
    temperature: float
    averaging: Averaging
    about: dict[str, str]

    @property
    def values(self) -> int:
        """How many pixels an image has."""
        return math.prod(self.shape)


def plan_of(network: Network, about: About, averaging: Averaging, *, averages: bool) -> Plan:
    """The plan of a network that answers with the mean over the copies of `averaging`, if the
    format takes `averages` by itself.

    Raises ValueError if its values are beyond all sense (`Network.check_values`), or if its images
    can't be moved.
    """
    network.check_values()
    averaging.check_fits(network.in_features)
    side = math.isqrt(network.in_features)
    inside = averaging if averages else ALONE
    notes = {
        "name": about.name,
        "data": about.data,
        "accuracy": _accuracy(about, network.averaging, inside),
        "averages": _averages(network.averaging, inside),
        "version": f"scratch-nn {_version()}",
    }
    return Plan(
        steps=steps_of(network.layers),
        tensors={
            name: np.ascontiguousarray(tensor, np.float32)
            for name, tensor in network.state_dict().items()
        },
        shape=(side, side) if side * side == network.in_features else (network.in_features,),
        labels=[one_line(label) for label in network.labels],
        mean=network.input_mean,
        std=network.input_std,
        temperature=network.temperature,
        averaging=averaging,
        about={name: one_line(text) for name, text in notes.items() if text},
    )


def one_line(text: str) -> str:
    """A text that may be anything, as one line of signs that can be seen, not too long.

    It comes from a file that anybody may have made and goes into programs and terminals.
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in text[: 2 * _LONGEST])
    return " ".join(seen.split())[:_LONGEST]


def _accuracy(about: About, own: Averaging, taken: Averaging) -> str:
    """How often what is in the file is right; "" where that isn't known."""
    if taken == own:
        return about.accuracy
    return "" if taken else about.accuracy_alone


def _averages(own: Averaging, taken: Averaging) -> str:
    """What is to be said of test-time averages; "" where there is nothing."""
    if taken:
        return f"inside: each answer is the mean over {taken.copies} copies of the image, {taken}"
    if own != ALONE:
        return (
            f"left out: scratch-nn itself answers with the mean over {own.copies} copies of the "
            f"image, {own}"
        )
    return ""


def _version() -> str:
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
