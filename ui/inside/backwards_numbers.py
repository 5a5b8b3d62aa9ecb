"""What the view "Backwards" computes, kept for all visitors who look at the same.

Backpropagation and the checks of it are in float64, so that what differs is not the rounding.
"""

import numpy as np
import streamlit as st

import nn
from nn.explain.chain import Chain
from nn.explain.gradient_check import STEPS, GradientCheck, GradientChecker
from nn.explain.loss_trace import LossTrace
from nn.explain.one_step import OneStep, one_step
from ui.inside.backwards_weight import ChosenWeight
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.heavy import heavy
from ui.shared.lately import Lately

SAMPLE = 200
"""Weights that are checked at once."""
_chains: Lately[Chain] = Lately(20_000_000)
"""In bytes: each holds on to the network that it is of, and a training that is followed has another
one with each save."""


def chain(chosen: ChosenNetwork, image: np.ndarray, target: int) -> Chain:
    """Of a network, an image (28, 28) uint8 and the wanted class."""
    pixels, network = image.tobytes(), chosen.network
    return _chains.get(
        (chosen.key, pixels, target),
        lambda: Chain(network, _traced(chosen.key, pixels, target, network)),
        lambda _: network.parameters.nbytes,
    )


def check(
    chosen: ChosenNetwork, image: np.ndarray, target: int, weight: ChosenWeight
) -> GradientCheck:
    """Of one weight, at all steps."""
    name, index = f"{weight.layer}.weight", weight.index(chosen.network)
    return _check(chosen.key, image.tobytes(), target, name, index, chosen.network)


def check_many(chosen: ChosenNetwork, image: np.ndarray, target: int) -> list[GradientCheck]:
    """Of `SAMPLE` weights, at one step."""
    return _check_many(chosen.key, image.tobytes(), target, chosen.network)


def step_down(chosen: ChosenNetwork, image: np.ndarray, target: int, rate: float) -> OneStep:
    """One step of gradient descent on this image alone."""
    return _step_down(chosen.key, image.tobytes(), target, rate, chosen.network)


@st.cache_resource(max_entries=200, show_spinner=False)
def _check(
    key: str,
    pixels: bytes,
    target: int,
    name: str,
    index: tuple[int, ...],
    _network: nn.Network,
) -> GradientCheck:
    return GradientChecker(_traced(key, pixels, target, _network)).check(name, index, STEPS)


@st.cache_resource(max_entries=20, show_spinner=False)
def _check_many(key: str, pixels: bytes, target: int, _network: nn.Network) -> list[GradientCheck]:
    return GradientChecker(_traced(key, pixels, target, _network)).sample(SAMPLE)


@st.cache_resource(max_entries=200, show_spinner=False)
def _step_down(key: str, pixels: bytes, target: int, rate: float, _network: nn.Network) -> OneStep:
    return one_step(_traced(key, pixels, target, _network), rate)


def _traced(key: str, pixels: bytes, target: int, network: nn.Network) -> LossTrace:
    image = np.frombuffer(pixels, np.uint8).reshape(28, 28)
    return heavy(
        ("loss trace", key, pixels, target),
        lambda: LossTrace.of_image(network, image, target),
        16 * network.num_parameters,  # weights and gradients in float64
    )
