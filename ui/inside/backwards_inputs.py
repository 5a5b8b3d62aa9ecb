"""Where the value that goes into a weight came from: a pixel, or what a layer before made."""

from typing import Any

import numpy as np

import nn
from nn.explain.chain import Chain
from nn.layers.activation import Activation
from ui.inside import backwards_numpy as code
from ui.inside.backwards_source import source_lines
from ui.inside.backwards_weight import ChosenWeight
from ui.shared.number_text import number_text

_MOVING = nn.Dropout | nn.Flatten
"""They make no new values: outside training dropout does nothing."""


def input_box(chain: Chain, weight: ChosenWeight, image: np.ndarray, name: str) -> dict[str, Any]:
    """words, source and code of a box, see `ui.inside.backwards_boxes`, and where it leads to.

    Args:
        chain, weight: of which the value is the input.
        image: (28, 28) uint8.
        name: what the page calls the input.
    """
    if weight.layer == 0:
        return _pixel(chain.network, int(image.ravel()[weight.input]), name)
    place, index = made_by(chain, weight.layer, weight.input)
    words, source, copied = _made(chain, place, index)
    return {
        "words": f"The value that comes from {name}{words}. A weight with no input has no part in "
        "the answer, and no gradient.",
        "source": source,
        "code": copied,
        "look": neuron_behind(chain, place, index),
    }


def made_by(chain: Chain, layer: int, input: int) -> tuple[int, int]:
    """The layer before that made this input of a layer, and the place in its output."""
    place, index = layer - 1, input
    while isinstance(before := chain.network.layers[place], _MOVING):
        if isinstance(before, nn.Flatten):
            channel, at = divmod(index, before.side**2)
            index = at * before.channels + channel
        place -= 1
    return place, index


def neuron_behind(chain: Chain, place: int, index: int) -> dict[str, int]:
    """The neuron or filter whose sum has become this value of a layer's output: {"layer",
    "neuron"}, and for a filter the "place" in its map."""
    layer = chain.network.layers[place]
    if isinstance(layer, nn.Linear):
        return {"layer": place, "neuron": index}
    if isinstance(layer, nn.Conv2d):
        at, filter = divmod(index, layer.out_channels)
        return {"layer": place, "neuron": filter, "place": at}
    if isinstance(layer, nn.MaxPool2d):
        four = _corners(layer, index)
        index = four[int(chain.inputs(place)[four].argmax())]  # of equal ones the first, as there
    return neuron_behind(chain, *made_by(chain, place, index))


def _pixel(network: nn.Network, ink: int, name: str) -> dict[str, Any]:
    return {
        "words": f"The {name} has {ink / 255:.3g} of full ink. The network sees it less the mean "
        f"of all pixels, {number_text(network.input_mean)}, in units of their standard deviation, "
        f"{network.input_std:.4g}.",
        "code": code.pixel_code(network, ink),
        "source": source_lines(nn.Network.scale_input, "] = images", "*= factor", "-= offset"),
        "in_picture": True,
    }


def _made(chain: Chain, place: int, index: int) -> tuple[str, dict[str, str], str]:
    """Words that follow the value's name, the lines that made it, and NumPy that does it again."""
    layer, inputs = chain.network.layers[place], chain.inputs(place)
    if isinstance(layer, Activation):
        z = float(inputs[index])
        words = f": what {layer.title} makes of z = {number_text(z, '.6g')}"
        return words, source_lines(type(layer).forward), code.activation_code(layer, z)
    if isinstance(layer, nn.BatchNorm):
        lines = source_lines(
            nn.BatchNorm.forward, "np.subtract(x, mean", "*= self.inverse_std", "y = ", "y += "
        )
        z = float(inputs[index])
        words = f": what batch normalisation makes of z = {number_text(z, '.6g')}"
        return words, lines, code.normalised_code(layer, index, z)
    if isinstance(layer, nn.MaxPool2d):
        lines = source_lines(
            *(nn.MaxPool2d.forward, "np.maximum(left, right", "return np.maximum(upper, lower")
        )
        four = inputs[_corners(layer, index)]
        return ", the largest of four of its map", lines, code.largest_code(four)
    if isinstance(layer, nn.Linear):
        lines = source_lines(nn.Linear.forward, "np.matmul(x, self.weight.T", "y += self.bias")
        return "", lines, _sum_code(layer, index, inputs)
    if isinstance(layer, nn.Conv2d):
        lines = source_lines(
            *(nn.Conv2d.forward, "= self._patches", "np.matmul(self._products", "rows += bias")
        )
        at, filter = divmod(index, layer.out_channels)
        row, column = divmod(at, layer.out_side)
        image, size = inputs.reshape(layer.side, layer.side, layer.in_channels), layer.kernel_size
        patch = image[row : row + size, column : column + size].transpose(2, 0, 1)
        return "", lines, _sum_code(layer, filter, patch.ravel())
    raise TypeError(f"it is not known how {layer} makes a value")


def _sum_code(layer: nn.Linear | nn.Conv2d, neuron: int, inputs: np.ndarray) -> str:
    bias = float(layer.bias[neuron])
    return code.sum_code(("w", layer.weight[neuron].ravel()), ("x", inputs), bias)


def _corners(pool: nn.MaxPool2d, index: int) -> list[int]:
    """The places in its input of the four values that one of its outputs is the largest of."""
    half = pool.side // 2
    at, channel = divmod(index, pool.channels)
    row, column = 2 * (at // half), 2 * (at % half)
    return [
        (y * pool.side + x) * pool.channels + channel
        for y in (row, row + 1)
        for x in (column, column + 1)
    ]
