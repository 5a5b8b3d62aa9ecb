"""What the view "Why" shows: maps of the image, for the network and for one with random weights."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

import nn
from nn.explain import deletion
from nn.explain.attribution import (
    Attribution,
    Target,
    gradient_times_input,
    integrated_gradients,
    occlusion,
)
from nn.explain.deletion import DeletionCurve, most_important_first, random_order
from nn.explain.randomised import randomised
from ui.inside.chosen_network import ChosenNetwork
from ui.shared.number_text import number_text
from ui.shared.percent import SIGN

GRADIENT, INTEGRATED, OCCLUSION = "Gradient × input", "Integrated gradients", "Occlusion"
RANDOM_ORDER = "Random order"
_RANDOM_ORDERS = 5


@dataclass(frozen=True)
class Question:
    """What is asked: which classes' logits the maps explain, and how the patch of occlusion is.

    target, contrast: classes, see `nn.explain.attribution.Target`.
    patch, fill: see `nn.explain.attribution.occlusion`.
    """

    target: int
    contrast: int | None
    patch: int
    fill: str


@dataclass(frozen=True)
class Maps:
    """The answers for one network and one image.

    value, black: what is explained, for the image and for a black one.
    attributions: the three maps by their titles.
    """

    value: float
    black: float
    attributions: dict[str, Attribution]


def maps(chosen: ChosenNetwork, pixels: np.ndarray, question: Question) -> Maps:
    """Of the network, for an image (28, 28) uint8; kept for all visitors."""
    return _maps(chosen.key, pixels.tobytes(), question, False, chosen.network)


def random_maps(chosen: ChosenNetwork, pixels: np.ndarray, question: Question) -> Maps:
    """The same of a network of the same layers whose weights are random."""
    return _maps(chosen.key, pixels.tobytes(), question, True, chosen.network)


@st.cache_resource(max_entries=64, show_spinner=False)
def _maps(
    key: str, pixels: bytes, question: Question, at_random: bool, _network: nn.Network
) -> Maps:
    # A copy goes, with the values of hundreds of images that its layers hold.
    network = randomised(_network) if at_random else _network.copy()
    image = np.frombuffer(pixels, np.uint8)
    target = Target(question.target, question.contrast)
    value, black = target.value(network, np.stack((image, np.zeros_like(image))))
    attributions = {
        GRADIENT: gradient_times_input(network, image, target),
        INTEGRATED: integrated_gradients(network, image, target),
        OCCLUSION: occlusion(network, image, target, question.patch, question.fill),
    }
    return Maps(float(value), float(black), attributions)


def deletion_curves(
    chosen: ChosenNetwork, pixels: np.ndarray, question: Question
) -> dict[str, DeletionCurve]:
    """The deletion curve of each map by its title, and at last the mean one of random orders."""
    return _curves(chosen.key, pixels.tobytes(), question, chosen)


@st.cache_resource(max_entries=64, show_spinner=False)
def _curves(
    key: str, pixels: bytes, question: Question, _chosen: ChosenNetwork
) -> dict[str, DeletionCurve]:
    image = np.frombuffer(pixels, np.uint8)
    found = maps(_chosen, image, question).attributions
    orders = [most_important_first(one.pixels) for one in found.values()]
    orders += [random_order(image.size, seed) for seed in range(_RANDOM_ORDERS)]
    curves = deletion.deletion_curves(_chosen.network.copy(), image, orders, question.target)
    random = curves[len(found) :]
    mean = np.mean([one.probabilities for one in random], axis=0)
    mean_curve = DeletionCurve(random[0].shares, mean)
    return dict(zip(found, curves, strict=False)) | {RANDOM_ORDER: mean_curve}


def completeness(title: str, attribution: Attribution) -> str:
    """What the shares of a map add up to, beside what they should."""
    total, found = attribution.total, float(attribution.pixels.sum())
    if title == OCCLUSION:
        return f"Adds up to {_number(found)}; it need not add up to {_number(total)}."
    text = f"Adds up to {_number(found)} of {_number(total)}; "
    if abs(total) < 0.05:  # a percentage of next to nothing says nothing
        return f"{text}gap {_number(attribution.gap)}."
    return f"{text}gap {100 * abs(attribution.gap / total):.1f}{SIGN}."


def _number(value: float) -> str:
    return number_text(value, ".2f")
