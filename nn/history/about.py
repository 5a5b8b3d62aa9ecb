"""What the records of a history are about."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nn.layers.specs import layers_from_specs
from nn.network import Network
from nn.replacing import replacing

ABOUT = "about.json"
FORMAT = 1


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
    """Read it; FileNotFoundError if there is no history, ValueError if it is of another kind."""
    content = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.pop("format", None) != FORMAT:
        raise ValueError(f"{folder} holds no history of format {FORMAT}")
    try:
        return About(**content)
    except TypeError as error:
        raise ValueError(f"{folder} holds no whole history: {error}") from error
