"""The controls of the view "Dream": whose dream, from where, and what keeps it from noise."""

from typing import NamedTuple

import numpy as np
import streamlit as st

from nn.explain.dreams import DreamSettings
from ui.inside.address_box import address_box
from ui.inside.neuron_choice import NeuronLayer, asked_neuron, choose_neuron, neuron_layers
from ui.inside.seed_box import seed_box
from ui.inside.view import Scene

IMAGE = "image"
STARTS = {"black": "black", "grey": "grey", "noise": "noise", IMAGE: "the image above"}
MOST_SEED = 999
_PENALTIES = {name: name for name in ("0", "0.03", "0.1", "0.3", "1", "3")}
_BLURS = {"0": "none", "0.5": "0.5 pixels", "1": "1 pixel"}
_JITTERS = {"0": "none", "1": "1 pixel", "2": "2 pixels", "4": "4 pixels"}


class DreamChoice(NamedTuple):
    """What is asked.

    layer, neuron: whose dream.
    start: a key of STARTS.
    settings: how it is found.
    """

    layer: NeuronLayer
    neuron: int
    start: str
    settings: DreamSettings


def choose_dream(scene: Scene, probabilities: np.ndarray) -> DreamChoice:
    """Draw the controls. `probabilities` (classes,) are those of the page's image: where the
    address asks for no neuron it is the class that it is read as."""
    usual = DreamSettings()
    output = neuron_layers(scene.chosen.network)[-1]
    layer, neuron = asked_neuron(scene) or (output, int(probabilities.argmax()))
    with st.container(key="dream_choice"):
        choose_neuron(scene, layer, neuron, "dream")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            start = address_box(
                "Start", "dream_start", STARTS, "grey", "The image to begin with.", scene.notices
            )
            dark = address_box(
                "Dark, λ",
                "dream_l2",
                _PENALTIES,
                f"{usual.l2:g}",
                "What all ink costs: λ times the sum of its squares; for a filter, divided by the "
                "number of its places.",
                scene.notices,
                width=110,
            )
            smooth = address_box(
                "Smooth, μ",
                "dream_tv",
                _PENALTIES,
                f"{usual.total_variation:g}",
                "What it costs that neighbours differ: μ times the sum of their squared "
                "differences, the total variation; for a filter, divided as λ is.",
                scene.notices,
                width=110,
            )
            blur = address_box(
                "Blur",
                "dream_blur",
                _BLURS,
                f"{usual.blur:g}",
                "The image is blurred by so much after every fourth step.",
                scene.notices,
                width=130,
            )
            jitter = address_box(
                "Jitter",
                "dream_jitter",
                _JITTERS,
                f"{usual.jitter:g}",
                "Before each gradient the image is moved at random, by so much at most.",
                scene.notices,
                width=120,
            )
            seed = seed_box(
                "Seed",
                "dream_seed",
                MOST_SEED,
                "Of what is random: the noise to begin with, and the jitter.",
                scene.notices,
                disabled=start != "noise" and jitter == "0",
            )
    settings = DreamSettings(
        l2=float(dark),
        total_variation=float(smooth),
        blur=float(blur),
        jitter=int(jitter),
        seed=seed,
    )
    return DreamChoice(layer, neuron, start, settings)
