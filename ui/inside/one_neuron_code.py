"""The numbers of the view "One neuron" once more, as lines of NumPy."""

import nn
from nn.explain.neurons import neuron_layer
from ui.inside.copied_code import IMPORTS, ONE_IMAGE, steps_to

_SHOWN = 10
"""Terms, the largest."""


def one_neuron_code(network: nn.Network, place: int, unit: int, at: int | None) -> str:
    """Lines that print the largest terms of a neuron's sum, the sum, and what the neuron says.

    Args:
        network: a single one.
        place, unit: of its layer, and which it is there.
        at: of a filter the place of the image, row by row; None for that of the largest sum.
    """
    first = len(steps_to(network, place)[0]) - 1
    last = len(steps_to(network, neuron_layer(network, place).end)[0])
    is_filter = isinstance(network.layers[place], nn.Conv2d)
    return f"""{IMPORTS}
{ONE_IMAGE}h = model.run((image - model.MEAN) / model.STD, model.LAYERS[:{first}])
weights = model.TENSORS["{place}.weight"][{unit}]
{_patch(first, unit, at) if is_filter else "inputs = h[0]"}
terms = weights * inputs
for k in np.abs(terms).argsort(axis=None)[::-1][:{_SHOWN}]:
    print(*np.unravel_index(k, terms.shape), inputs.flat[k], weights.flat[k], terms.flat[k])
print(terms.sum() + model.TENSORS["{place}.bias"][{unit}])
print(model.run(h, model.LAYERS[{first}:{last}])[0, {unit}])
"""


def _patch(first: int, unit: int, at: int | None) -> str:
    where = "sums.argmax()" if at is None else at
    return f"""sums = model.run(h, model.LAYERS[{first}:{first + 1}])[0, {unit}]  # at each place
row, column = np.unravel_index({where}, sums.shape)
size = weights.shape[1]
inputs = h[0, :, row : row + size, column : column + size]"""
