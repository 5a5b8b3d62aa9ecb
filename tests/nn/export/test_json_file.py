"""JSON, read as a language without arrays would do it: with loops alone."""

import json
import math

import numpy as np
import pytest

import nn
from nn.export import export
from tests.nn.export.networks import convolutional, ensemble, images_and_rows, images_for


def linear(layer, x):
    rows = zip(layer["weight"], layer["bias"], strict=True)
    return [sum(w * v for w, v in zip(row, x, strict=True)) + bias for row, bias in rows]


def image(layer, x):
    channels, side = layer["channels"], layer["side"]
    return [
        [[x[(i * side + j) * channels + c] for j in range(side)] for i in range(side)]
        for c in range(channels)
    ]


def flatten(layer, x):
    return [value for channel in x for row in channel for value in row]


def row(layer, x):
    side = len(x[0])
    return [channel[i][j] for i in range(side) for j in range(side) for channel in x]


def conv2d(layer, x):
    size, side = len(layer["weight"][0][0]), len(x[0])
    places = range(side - size + 1)
    return [
        [
            [
                bias
                + sum(
                    weight[c][a][b] * x[c][i + a][j + b]
                    for c in range(len(x))
                    for a in range(size)
                    for b in range(size)
                )
                for j in places
            ]
            for i in places
        ]
        for weight, bias in zip(layer["weight"], layer["bias"], strict=True)
    ]


def max_pool2d(layer, x):
    half = range(len(x[0]) // 2)
    corners = ((0, 0), (0, 1), (1, 0), (1, 1))
    return [
        [[max(c[2 * i + a][2 * j + b] for a, b in corners) for j in half] for i in half] for c in x
    ]


def batch_norm(layer, x):
    numbers = zip(
        *(layer[name] for name in ("weight", "bias", "running_mean", "running_var")), x, strict=True
    )
    return [w * (v - mean) / math.sqrt(var + layer["eps"]) + b for w, b, mean, var, v in numbers]


def each(function):
    """A function of single values, for lists in lists."""

    def apply(layer, x):
        return [apply(layer, v) if isinstance(v, list) else function(layer, v) for v in x]

    return apply


def sums(layer, x):
    return [sum(values) for values in zip(*(forward(r, x) for r in layer["rows"]), strict=True)]


STEPS = {
    "linear": linear,
    "image": image,
    "flatten": flatten,
    "row": row,
    "conv2d": conv2d,
    "max_pool2d": max_pool2d,
    "batch_norm": batch_norm,
    "sum": sums,
    "relu": each(lambda layer, v: max(v, 0)),
    "leaky_relu": each(lambda layer, v: v if v > 0 else layer["negative_slope"] * v),
    "tanh": each(lambda layer, v: math.tanh(v)),
    "sigmoid": each(lambda layer, v: 1 / (1 + math.exp(-v))),
    "gelu": each(
        lambda layer, v: v * (1 + math.tanh(math.sqrt(2 / math.pi) * (v + 0.044715 * v**3))) / 2
    ),
}


def forward(layers, x):
    for layer in layers:
        x = STEPS[layer["type"]](layer, x)
    return x


@pytest.mark.parametrize("made", [convolutional, ensemble, images_and_rows])
def test_loops_find_what_the_network_answers(made):
    network = made()
    images = images_for(network)[:2]
    read = json.loads(export(network, "json").content)
    scaling = read["input"]
    assert scaling["shape"] == [8, 8]
    answers = []
    for one in images.reshape(2, -1).tolist():
        x = [(value - scaling["mean"]) / scaling["std"] for value in one]
        powers = [math.exp(z / read["temperature"]) for z in forward(read["layers"], x)]
        answers.append([power / sum(powers) for power in powers])
    expected = network.predict_proba(images, averaging=nn.ALONE)
    np.testing.assert_allclose(answers, expected, atol=1e-5)


def test_no_digit_of_a_weight_is_lost():
    network = convolutional()
    layers = json.loads(export(network, "json").content)["layers"]
    weight = next(layer["weight"] for layer in layers if layer["type"] == "linear")
    place = next(i for i, layer in enumerate(network.layers) if isinstance(layer, nn.Linear))
    tensor = network.state_dict()[f"{place}.weight"]
    np.testing.assert_array_equal(np.array(weight, np.float32), tensor)


def test_averages_are_told_and_left_to_the_reader():
    network = ensemble()
    read = json.loads(export(network, "json").content)
    assert read["averaging"] == {"copies": 27, "shift": 2, "rotation": 8.0}
    assert read["about"]["averages"].startswith("left out: scratch-nn itself answers with the mean")
    alone = json.loads(export(network, "json", averaging=nn.ALONE).content)
    assert alone["averaging"] == {"copies": 1, "shift": 0, "rotation": 0.0}
