"""The training of a set-up as a program of its own with PyTorch."""

import numpy as np

from data.plane.points import Points
from nn.plane.config import LINEAR, PlaneConfig
from ui.playground.take_along.code_parts import (
    END,
    TORCH_ACTIVATIONS,
    TORCH_LOSSES,
    TORCH_OPTIMIZERS,
    data_code,
    inputs_code,
    loss_kind,
    settings,
)

_CODE = '''"""A network on points in the plane: {title}.

As the page Playground of scratch-nn trains it, with the same weights to begin with and the same
points in the same order, and so with the same numbers (in float64). It needs PyTorch and NumPy.
"""

import base64

import numpy as np
import torch

torch.set_default_dtype(torch.float64)

{settings}


{inputs}


def loss(outputs, targets):
    """The mean loss."""
    return {loss}


def new_network():
    """The network with the weights to begin with."""
    network = torch.nn.Sequential(
{layers}
    )
    place, start = 0, torch.tensor(START)
    for layer in network:
        if isinstance(layer, torch.nn.Linear):
            rows, columns = layer.in_features, layer.out_features
            middle = place + rows * columns
            layer.weight.data = start[place:middle].reshape(rows, columns).T.clone()
            layer.bias.data = start[middle : middle + columns].clone()
            place = middle + columns
    return network


def train(epochs=EPOCHS):
    """Train; returns the network and the losses of training and test."""
    network = new_network()
    optimizer = {optimizer}
    x, targets = torch.tensor(inputs(TRAIN)), torch.tensor(TRAIN_TARGETS)
    for epoch in range(epochs):
        order = np.random.default_rng([SEED, epoch]).permutation(len(x))
        for begin in range(0, len(x), BATCH_SIZE):
            batch = order[begin : begin + BATCH_SIZE]
            optimizer.zero_grad()
            loss(network(x[batch]), targets[batch]).backward()
            for parameter in network.parameters():
                parameter.grad += L1 * parameter.data.sign()
            optimizer.step()
    test_x, test_targets = torch.tensor(inputs(TEST)), torch.tensor(TEST_TARGETS)
    with torch.no_grad():
        return network, loss(network(x), targets).item(), loss(network(test_x), test_targets).item()

'''


def torch_code(
    config: PlaneConfig,
    train: Points,
    test: Points,
    start: np.ndarray,
    *,
    epochs: int,
    title: str,
) -> str:
    """The program; the arguments are those of `numpy_code`."""
    lines = []
    sizes = zip(config.widths, config.widths[1:], config.layer_activations, strict=False)
    for rows, columns, activation in sizes:
        lines.append(f"        torch.nn.Linear({rows}, {columns}),")
        if activation != LINEAR:
            lines.append(f"        {TORCH_ACTIVATIONS[activation]},")
    arguments = "\n        network.parameters(), lr=LEARNING_RATE, weight_decay=L2"
    return (_CODE + END).format(
        title=title,
        settings=settings(config, epochs, len(train)),
        inputs=inputs_code(config),
        loss=TORCH_LOSSES[loss_kind(config)],
        layers="\n".join(lines),
        optimizer=TORCH_OPTIMIZERS[config.optimizer].format(arguments),
        data=data_code(config, train, test, start),
    )
