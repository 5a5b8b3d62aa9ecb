"""The chain rule as rows of boxes, for the browser: each box a number, its meaning, where it came
from, the lines of nn/ that computed it, and NumPy that does it again."""

from math import log
from typing import Any

import numpy as np

import nn
from nn.explain.chain import Chain, Delta, Slope
from nn.layers.activation import Activation
from ui.inside import backwards_numpy as code
from ui.inside.backwards_inputs import input_box
from ui.inside.backwards_source import source_lines
from ui.inside.backwards_terms import place_terms, softmax_terms, sum_terms
from ui.inside.backwards_weight import ChosenWeight, input_names, neuron_name
from ui.shared.counted import counted
from ui.shared.number_text import number_text, power_of_ten

Box = dict[str, Any]
"""symbol, value, words, source and code; and where there are some: sign (what stands before it),
unsigned (it cannot be negative), terms, above (whether the row above says more), look (a neuron
that another view shows), in_picture (whether the picture of the gradients shows where it lies)."""
Row = dict[str, Any]
"""title, symbol, value, boxes; and where they are not those of a box: source and code."""


def rows(chain: Chain, weight: ChosenWeight, image: np.ndarray) -> list[Row]:
    """From the loss down to the weight.

    Args:
        chain: the numbers.
        weight: which of the network's.
        image: (28, 28) uint8, of which the chain is.
    """
    if not chain.reaches(weight.layer):
        return [_loss_row(chain), _convolution_row(chain, weight)]
    steps = [chain.delta(weight.layer, weight.neuron)]
    for following in weight.path:
        later = steps[-1].next_layer
        assert later is not None
        steps.append(chain.delta(later, following))
    found = [_loss_row(chain)]
    for level in range(len(steps) - 1, -1, -1):
        followed = weight.path[level] if level < len(weight.path) else None
        found.append(_delta_row(chain, steps[level], level, followed))
    return [*found, _weight_row(chain, weight, steps[0], found[-1], image)]


def _loss_row(chain: Chain) -> Row:
    label = chain.network.labels[chain.target]
    p = float(chain.probabilities[chain.target])
    said = f"{p:.6g}" if p else f"{power_of_ten(-round(chain.loss / log(10)))}, nearly"
    box = {
        "unsigned": True,
        "symbol": f"−ln p({label})",
        "value": chain.loss,
        "words": f'The network gives the wanted class "{label}" the probability {said}. The loss '
        "is 0 if that is 1, and grows without end as it goes to 0.",
        "source": source_lines(
            nn.CrossEntropyLoss.__call__, "loss = float(", "loss / n, p.T", "sums = "
        ),
        "code": code.loss_code(chain.logits, chain.target),
        "terms": softmax_terms(chain),
    }
    return {
        "title": "The loss",
        "symbol": "L",
        "value": chain.loss,
        "unsigned": True,
        "boxes": [box],
    }


def _delta_row(chain: Chain, step: Delta, level: int, followed: int | None) -> Row:
    name = neuron_name(chain.network, step.layer, step.neuron)
    boxes = _logit_boxes(chain, step) if followed is None else [_sum_box(chain, step, level)]
    if followed is not None:
        boxes[0]["terms"] = sum_terms(chain, step, level, followed)
    boxes += [_slope_box(chain, step, slope) for slope in step.slopes]
    return {
        "title": f"How the loss changes with {name}",
        "symbol": "δ = ∂L/∂z",
        "value": step.value,
        "boxes": boxes,
    }


def _logit_boxes(chain: Chain, step: Delta) -> list[Box]:
    network, k = chain.network, step.neuron
    label, wanted = network.labels[k], float(k == chain.target)
    loss = nn.CrossEntropyLoss.__call__
    return [
        {
            "unsigned": True,
            "symbol": f"p({label})",
            "value": float(chain.probabilities[k]),
            "words": f'The probability that the network gives to "{label}": softmax of its logits.',
            "source": source_lines(loss, "p = np.exp(z)", "p /= sums * n"),
            "code": code.probability_code(chain.logits, k),
            "terms": softmax_terms(chain),
        },
        {
            "unsigned": True,
            "sign": "−",
            "symbol": f"q({label})",
            "value": wanted,
            "words": "What is wanted: 1 for the wanted class, 0 for the others. So every other "
            "class is pushed down by its own probability, and the wanted one up by what it lacks.",
            "source": source_lines(loss, "p[at_label] -= on / n"),
            "code": code.wanted_code(network.num_classes, chain.target, k),
        },
    ]


def _sum_box(chain: Chain, step: Delta, level: int) -> Box:
    count = len(step.weights)
    return {
        "symbol": "Σ w·δ",
        "value": float(step.weights @ step.deltas),
        "words": f"It reaches the loss through the {counted(count, 'neuron')} of the next layer: "
        "the weight to each, times the δ of that one. Take a term to see where its δ came from.",
        "source": source_lines(nn.Linear.backward, "np.matmul(grad_output, self.weight"),
        "code": code.sum_code(("w", step.weights), ("delta", step.deltas)),
        "level": level,
        "above": True,
    }


def _slope_box(chain: Chain, step: Delta, slope: Slope) -> Box:
    layer = chain.network.layers[slope.layer]
    if isinstance(layer, nn.BatchNorm):
        gamma = number_text(float(layer.weight[step.neuron]))
        return {
            "sign": "×",
            "symbol": "γ/σ",
            "value": slope.value,
            "words": f"Batch normalisation divides by σ = {_sigma(layer, step.neuron):.4g}, which "
            f"it knows from training, and multiplies by γ = {gamma}.",
            "source": source_lines(nn.BatchNorm.backward, "self.weight * self.inverse_std"),
            "code": code.batch_norm_code(layer, step.neuron),
        }
    assert isinstance(layer, Activation)
    return {
        "sign": "×",
        "symbol": "f′(z)",
        "value": slope.value,
        "words": f"The slope of {layer.title} at z = {number_text(slope.input, '.6g')}. "
        + ("Nothing comes through where it is 0." if slope.value == 0 else "")
        + ("All of it comes through where it is 1." if slope.value == 1 else ""),
        "source": source_lines(type(layer).backward),
        "code": code.slope_code(layer, slope.input),
        "look": {"layer": step.layer, "neuron": step.neuron},
    }


def _weight_row(
    chain: Chain, weight: ChosenWeight, step: Delta, above: Row, image: np.ndarray
) -> Row:
    network, value = chain.network, float(chain.inputs(weight.layer)[weight.input])
    name = neuron_name(network, weight.layer, weight.neuron)
    source = input_names(network, weight.layer)[weight.input]
    boxes = [
        {
            "symbol": "δ",
            "value": step.value,
            "words": f"How the loss changes with {name}: the row above.",
            "source": above["boxes"][-1]["source"],  # its last factor makes the product
            "code": _delta_code(chain, step),
            "above": True,
        },
        {"sign": "×", "symbol": "a", "value": value} | input_box(chain, weight, image, source),
    ]
    return {
        "title": f"The weight from {source} to {name}",
        "symbol": "∂L/∂w",
        "value": step.value * value,
        "boxes": boxes,
        "source": source_lines(nn.Linear.backward, "np.matmul(self.x.T, grad_output"),
        "code": code.product_code([("delta", step.value), ("a", value)]),
    }


def _convolution_row(chain: Chain, weight: ChosenWeight) -> Row:
    deltas, seen = chain.places(weight.layer, weight.neuron, weight.input)
    name = neuron_name(chain.network, weight.layer, weight.neuron)
    source = input_names(chain.network, weight.layer)[weight.input]
    value = float(deltas @ seen)
    box = {
        "symbol": "Σ δ·a",
        "value": value,
        "words": f"The filter lies on the image at {len(deltas):,} places, with the same weight "
        "each time, so the gradient is the sum over them: δ of the map there, times the value "
        "under the weight. The way from these δ to the loss goes through all that comes after and "
        "is not drawn.",
        "source": source_lines(nn.Conv2d.backward, "grad_matrix += patches.T @ grad_places"),
        "code": code.sum_code(("delta", deltas), ("a", seen)),
        "terms": place_terms(chain, weight.layer, deltas, seen),
        "look": {"layer": weight.layer, "neuron": weight.neuron},
    }
    return {
        "title": f"The weight at {source} of {name}",
        "symbol": "∂L/∂w",
        "value": value,
        "boxes": [box],
    }


def _delta_code(chain: Chain, step: Delta) -> str:
    if step.next_layer is None:
        p = float(chain.probabilities[step.neuron])
        return f"p = {p!r}\nq = {int(step.neuron == chain.target)}\nprint(p - q)"
    slopes = [(f"slope_{k + 1}", slope.value) for k, slope in enumerate(step.slopes)]
    return code.product_code([("sum", float(step.weights @ step.deltas)), *slopes])


def _sigma(layer: nn.BatchNorm, neuron: int) -> float:
    return float(np.sqrt(float(layer.running_var[neuron]) + layer.eps))
