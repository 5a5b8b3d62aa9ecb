"""Small networks of each kind, in float64, and their twins in PyTorch."""

import numpy as np

import nn
from nn.architectures import mlp_layers

OPTIONS = {"input_mean": 0.1, "input_std": 0.3, "dtype": "float64"}
"""Of all of them."""


def perceptron(seed=2, temperature=1.0, activation="gelu"):
    """36-12-7-4."""
    return nn.Network.mlp([36, 12, 7, 4], activation, seed=seed, temperature=temperature, **OPTIONS)


def convolutional(seed=2):
    """36-3C3-8-4."""
    layers = [nn.Conv2d(1, 3, 3, 6), nn.ReLU(), nn.MaxPool2d(3, 4), nn.Flatten(3, 2)]
    return nn.Network([*layers, *mlp_layers([12, 8, 4], "relu")], seed=seed, **OPTIONS)


def ensemble():
    """Two perceptrons."""
    return nn.join([perceptron(seed) for seed in (0, 1)])


def linear(weights, bias=0.0):
    """Two classes without hidden layers: z0 = w · x + b, z1 = 0."""
    network = nn.Network.mlp([len(weights), 2], initializer="zeros", dtype="float64")
    network.named_parameters()["0.weight"][0] = weights
    network.named_parameters()["0.bias"][0] = bias
    return network


def torch_twin(torch, network):
    """The same in PyTorch, for images (n, 36) of numbers in [0, 1]; of `perceptron` with GELU."""
    layers = []
    for index, layer in enumerate(network.layers):
        if isinstance(layer, nn.Linear):
            twin = torch.nn.Linear(layer.in_features, layer.out_features, dtype=torch.float64)
            with torch.no_grad():
                for name in ("weight", "bias"):
                    values = network.named_parameters()[f"{index}.{name}"]
                    getattr(twin, name).copy_(torch.tensor(np.ascontiguousarray(values)))
            layers.append(twin)
        else:
            layers.append(torch.nn.GELU(approximate="tanh"))
    return lambda x: torch.nn.Sequential(*layers)((x - 0.1) / 0.3)
