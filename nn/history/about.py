"""What the records of a history are about."""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nn.checks import real_number, whole_number
from nn.layers.row import check_row, state_shapes
from nn.layers.specs import layers_from_specs
from nn.network import Network
from nn.replacing import replacing
from nn.runs.json_text import read_json

ABOUT = "about.json"
FORMAT = 1
MOST_PARAMETERS = 30_000_000
"""Of a network whose history is looked at: weights that are 0 take as much memory as others."""
MOST_IMAGES = 100_000_000


@dataclass(frozen=True)
class About:
    """What is the same at all moments.

    layers: their specs, see `Layer.spec`.
    input_mean, input_std: see `Network`.
    steps_per_epoch: batches.
    test_images: the places, in the dataset's test part, of the images that are answered.
    probe: how many training images tell how the layers fare.
    """

    layers: list[dict[str, Any]]
    input_mean: float
    input_std: float
    steps_per_epoch: int
    test_images: list[int]
    probe: int

    def new_network(self) -> Network:
        """A network of this kind, its weights all 0."""
        return Network(
            layers_from_specs(self.layers),
            input_mean=self.input_mean,
            input_std=self.input_std,
            initializer="zeros",
        )


def write_about(
    folder: Path, network: Network, steps_per_epoch: int, test_images: np.ndarray, probe: int
) -> None:
    """Write the file, in one step."""
    about = About(
        layers=[layer.spec() for layer in network.layers],
        input_mean=network.input_mean,
        input_std=network.input_std,
        steps_per_epoch=steps_per_epoch,
        test_images=test_images.tolist(),
        probe=probe,
    )
    with replacing(folder / ABOUT) as file:
        file.write_text(json.dumps({"format": FORMAT} | asdict(about)), encoding="utf-8")


def read_about(folder: Path) -> About:
    """Read it; FileNotFoundError if there is no history, ValueError if it is of another kind, or
    holds what cannot be."""
    content = read_json((folder / ABOUT).read_bytes())
    if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
        raise ValueError(f"{folder} holds no history of format {FORMAT}")
    try:
        about = About(**content)
        _check(about)
        return about
    except (ValueError, TypeError) as error:
        raise ValueError(f"{folder} holds no whole history: {error}") from error


def _check(about: About) -> None:
    """Raise ValueError, or TypeError, if a training can't have been like this."""
    layers = layers_from_specs(about.layers)
    check_row(layers)
    count = sum(math.prod(shape) for shape in state_shapes(layers).values())
    whole_number("number of parameters", count, 1, MOST_PARAMETERS)
    for name in ("input_mean", "input_std"):
        real_number(name, getattr(about, name), -1e6, 1e6)
    whole_number("steps_per_epoch", about.steps_per_epoch, 1, MOST_IMAGES)
    whole_number("probe", about.probe, 0, MOST_IMAGES)
    if not isinstance(about.test_images, list):
        raise ValueError(f"test_images must be a list, got {about.test_images!r:.80}")
    for place in about.test_images:
        whole_number("test_images", place, 0, MOST_IMAGES)
