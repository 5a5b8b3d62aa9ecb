"""The layers, one file each."""

from nn.layers.batch_norm import BatchNorm
from nn.layers.dropout import Dropout
from nn.layers.gelu import GELU
from nn.layers.grouped_linear import GroupedLinear
from nn.layers.layer import Layer
from nn.layers.leaky_relu import LeakyReLU
from nn.layers.linear import Linear
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

LAYERS: dict[str, type[Layer]] = {
    layer.__name__: layer
    for layer in (Linear, GroupedLinear, BatchNorm, Dropout, ReLU, LeakyReLU, Tanh, Sigmoid, GELU)
}

__all__ = [
    "ACTIVATIONS",
    "GELU",
    "LAYERS",
    "BatchNorm",
    "Dropout",
    "GroupedLinear",
    "Layer",
    "LeakyReLU",
    "Linear",
    "ReLU",
    "Sigmoid",
    "Tanh",
]
