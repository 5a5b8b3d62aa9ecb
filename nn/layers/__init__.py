"""The layers, one file each."""

from nn.layers.batch_norm import BatchNorm
from nn.layers.branches import Branches
from nn.layers.conv2d import Conv2d
from nn.layers.dropout import Dropout
from nn.layers.flatten import Flatten
from nn.layers.gelu import GELU
from nn.layers.layer import Layer
from nn.layers.leaky_relu import LeakyReLU
from nn.layers.linear import Linear
from nn.layers.max_pool2d import MaxPool2d
from nn.layers.relu import ReLU
from nn.layers.sigmoid import Sigmoid
from nn.layers.tanh import Tanh

ACTIVATIONS: dict[str, type[Layer]] = {
    "relu": ReLU,
    "leaky_relu": LeakyReLU,
    "tanh": Tanh,
    "sigmoid": Sigmoid,
    "gelu": GELU,
}

_ALL: list[type[Layer]] = [
    Linear,
    Conv2d,
    MaxPool2d,
    Flatten,
    BatchNorm,
    Dropout,
    Branches,
    *ACTIVATIONS.values(),
]
LAYERS: dict[str, type[Layer]] = {layer.__name__: layer for layer in _ALL}

__all__ = [
    "ACTIVATIONS",
    "GELU",
    "LAYERS",
    "BatchNorm",
    "Branches",
    "Conv2d",
    "Dropout",
    "Flatten",
    "Layer",
    "LeakyReLU",
    "Linear",
    "MaxPool2d",
    "ReLU",
    "Sigmoid",
    "Tanh",
]
