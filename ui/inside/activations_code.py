"""The numbers of the view "Activations" once more, as lines of NumPy."""

from collections.abc import Sequence

import nn
from nn.explain.neurons import neuron_layers
from ui.inside.copied_code import IMPORTS, ONE_IMAGE, steps_to

_PROBABILITIES = """powers = np.exp((h - h.max()) / model.TEMPERATURE)
print(powers[0] / powers.sum())
"""


def activations_code(network: nn.Network, off: Sequence[tuple[int, int]]) -> str:
    """Lines that print what the neurons of each layer say, and at last the probabilities.

    Args:
        network: a single one.
        off: (layer, neuron) of those that are switched off.
    """
    lines, done = [], 0
    for layer in neuron_layers(network):
        steps, _ = steps_to(network, layer.end)
        lines.append(f"h = model.run(h, model.LAYERS[{done}:{len(steps)}])")
        done = len(steps)
        units = sorted(unit for place, unit in off if place == layer.index)
        if units:
            lines.append(f"h[:, {units}] = 0  # switched off")
        lines.append("print(h[0])")
    body = "\n".join(lines)
    return f"{IMPORTS}\n{ONE_IMAGE}h = (image - model.MEAN) / model.STD\n{body}\n{_PROBABILITIES}"
