"""What the view "Backwards" computes, kept for all visitors who look at the same.

Backpropagation and the checks of it are in float64, so that what differs is not the rounding.
"""

import numpy as np
import streamlit as st

import nn
from nn.explain.chain import Chain
from nn.explain.gradient_check import STEPS, GradientCheck, GradientChecker
from nn.explain.one_step import OneStep, one_step
from ui.inside.backwards_weight import ChosenWeight
from ui.inside.chosen_network import ChosenNetwork

SAMPLE = 200
"""Weights that are checked at once."""


def chain(chosen: ChosenNetwork, image: np.ndarray, target: int) -> Chain:
    """Of a network, an image (28, 28) uint8 and the wanted class."""
    return _chain(chosen.key, image.tobytes(), target, chosen.network)


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


@st.cache_resource(max_entries=20, show_spinner=False)
def _chain(key: str, pixels: bytes, target: int, _network: nn.Network) -> Chain:
    return Chain(_network, _image(pixels)[0], target)


@st.cache_resource(max_entries=200, show_spinner=False)
def _check(
    key: str,
    pixels: bytes,
    target: int,
    name: str,
    index: tuple[int, ...],
    _network: nn.Network,
) -> GradientCheck:
    return _checker(key, pixels, target, _network).check(name, index, STEPS)


@st.cache_resource(max_entries=20, show_spinner=False)
def _check_many(key: str, pixels: bytes, target: int, _network: nn.Network) -> list[GradientCheck]:
    return _checker(key, pixels, target, _network).sample(SAMPLE)


@st.cache_resource(max_entries=200, show_spinner=False)
def _step_down(key: str, pixels: bytes, target: int, rate: float, _network: nn.Network) -> OneStep:
    return one_step(_network, _image(pixels), np.array([target]), rate)


# It takes 24 bytes for each parameter: one is kept, for whoever goes from weight to weight.
@st.cache_resource(max_entries=1, show_spinner=False)
def _checker(key: str, pixels: bytes, target: int, _network: nn.Network) -> GradientChecker:
    return GradientChecker(_network, _image(pixels), np.array([target]))


def _image(pixels: bytes) -> np.ndarray:
    return np.frombuffer(pixels, np.uint8).reshape(1, 28, 28)
