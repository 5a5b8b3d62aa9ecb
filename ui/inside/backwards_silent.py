"""Why no gradient reaches a neuron, where that is so."""

from nn.explain.chain import Chain, Delta
from nn.layers import ReLU
from ui.inside.backwards_weight import neuron_name
from ui.shared.number_text import number_text


def why_silent(chain: Chain, layer: int, neuron: int) -> str | None:
    """Why the gradients of all weights of a neuron or filter are 0, as plain text; None where one
    of them is not."""
    if chain.gradient(layer, neuron).any():
        return None
    name = neuron_name(chain.network, layer, neuron)
    end = "so all its gradients are 0: this image teaches it nothing."
    if not chain.inputs(layer).any():
        return f"All that goes into {name} is 0, {end}"
    if not chain.reaches(layer):
        return f"Nothing flows back to any place of {name}, {end}"
    return f"{_shut(chain, chain.delta(layer, neuron), name)}, {end}"


def _shut(chain: Chain, step: Delta, name: str) -> str:
    for slope in step.slopes:
        if slope.value == 0:
            function = chain.network.layers[slope.layer]
            z = number_text(slope.input)
            if isinstance(function, ReLU):
                return (
                    f"{name[0].upper()}{name[1:]} is silent: its sum z = {z} is not above 0, where "
                    "ReLU gives 0 and has the slope 0. Nothing flows back through it"
                )
            return f"At z = {z} the slope behind {name} is 0. Nothing flows back through it"
    if step.next_layer is None:
        return f"{name[0].upper()}{name[1:]} is already as it is wanted, δ = 0"
    return f"Nothing flows back to {name} from the next layer, whose own δ cancel out or are 0"
