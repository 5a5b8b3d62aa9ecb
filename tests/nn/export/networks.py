"""Networks to export, of all layers there are, and what they answer."""

import runpy
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

import nn
from nn.architectures import convolution_layers, mlp_layers
from nn.export import export

SHIPPED = Path(__file__).resolve().parents[3] / "models" / "small.safetensors"


def with_moved_values(layers: list[Any], **options: Any) -> nn.Network:
    """A network whose biases and running statistics are none of the usual ones."""
    network = nn.Network(layers, input_mean=0.4, input_std=0.3, temperature=1.3, **options)
    rng = np.random.default_rng(1)
    for name, values in network.state_dict().items():
        if name.endswith("running_var"):
            values[...] = rng.uniform(0.5, 2, values.shape)
        elif values.ndim == 1:
            values += rng.normal(0, 0.2, values.shape)
    return network


def every_activation() -> nn.Network:
    """A perceptron with one of each."""
    layers: list[Any] = []
    for activation in nn.ACTIVATIONS.values():
        layers += [nn.Linear(64 if not layers else 12, 12), activation()]
    return with_moved_values([*layers, nn.Dropout(0.3), nn.Linear(12, 5)])


def convolutional(**options: Any) -> nn.Network:
    """As Train makes it, with batch normalisation."""
    front = convolution_layers(64, [3])
    back = mlp_layers([12, 7, 5], "leaky_relu", dropout=0.2, batch_norm=True)
    return with_moved_values([*front, *back], **options)


def ensemble() -> nn.Network:
    """Of unlike networks, with all test-time averages."""
    averaging = nn.Averaging(shift=2, rotation=8.0)
    perceptron = with_moved_values(mlp_layers([64, 9, 5]), averaging=averaging)
    return nn.join([convolutional(averaging=averaging), perceptron])


def only_moved() -> nn.Network:
    """With the means over moved copies alone."""
    return with_moved_values(mlp_layers([64, 9, 5]), averaging=nn.Averaging(shift=1))


def only_turned() -> nn.Network:
    """With the means over turned copies alone."""
    return with_moved_values(mlp_layers([64, 9, 5]), averaging=nn.Averaging(rotation=30.0))


def images_and_rows() -> nn.Network:
    """Layers in an order that nobody would choose, but that a file may hold: values become images,
    rows and other images, over and over, with many channels."""
    return with_moved_values(
        [
            nn.Linear(64, 32),
            nn.GELU(),
            nn.Conv2d(2, 3, 2, 4),
            nn.BatchNorm(27, eps=0.01),
            nn.LeakyReLU(0.2),
            nn.Conv2d(27, 8, 1, 1),
            nn.Linear(8, 75),
            nn.Tanh(),
            nn.MaxPool2d(3, 5),
            nn.Flatten(3, 2),
            nn.Branches([[nn.Linear(12, 9)], [nn.Linear(12, 6), nn.Sigmoid(), nn.Linear(6, 9)]]),
            nn.Conv2d(1, 5, 3, 3),
        ]
    )


def without_a_square() -> nn.Network:
    """For rows of values that are no square image."""
    return with_moved_values(mlp_layers([12, 9, 5]))


NETWORKS: dict[str, Callable[[], nn.Network]] = {
    made.__name__: made
    for made in (
        every_activation,
        convolutional,
        ensemble,
        only_moved,
        only_turned,
        images_and_rows,
        without_a_square,
    )
}
"""By what they are for."""


def images_for(network: nn.Network) -> np.ndarray:
    """A few images of noise, as a file for other programs takes them."""
    side = round(network.in_features**0.5)
    shape = (side, side) if side * side == network.in_features else (network.in_features,)
    return np.random.default_rng(0).random((6, *shape), np.float32)


def assert_same(probabilities: np.ndarray, network: nn.Network, images: np.ndarray) -> None:
    """These are the network's own answers, and they tell the images apart."""
    expected = network.predict_proba(images)
    assert expected.std(axis=0).max() > 0.01
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)


def program(network: nn.Network, format: str, folder: Path) -> dict[str, Any]:
    """What the program of a zip archive, which is unpacked into the folder, defines."""
    with zipfile.ZipFile(BytesIO(export(network, format).content)) as archive:
        assert archive.namelist() == ["model.py", "weights.npz"]
        archive.extractall(folder)
    return runpy.run_path(str(folder / "model.py"))
