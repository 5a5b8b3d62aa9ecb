"""The controls behind "More": layers and inputs as text, initial weights, loss, when to stop."""

from functools import partial
from typing import Any

import streamlit as st

from nn.initializers import INITIALIZERS
from nn.losses import VALUE_LOSSES
from nn.plane.config import (
    MOST_LAYERS,
    MOST_NEURONS,
    PLANE_ACTIVATIONS,
    PLANE_INITIALIZERS,
    PLAYGROUND,
)
from nn.plane.features import FEATURES
from ui.playground import parameters
from ui.playground.activation_title import activation_title
from ui.playground.address_fields import widths
from ui.playground.controls import control, of_arm, of_setup, with_value
from ui.playground.setup import Setup
from ui.playground.setup_address import MOST_SEED
from ui.settings.widgets import plain_number

_SCALES = (0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


def _loss_title(name: str) -> str:
    return VALUE_LOSSES[name].title


def _initializer_title(name: str) -> str:
    return "±0.5, biases 0.1" if name == PLAYGROUND else str(INITIALIZERS[name].title)


def draw_more(setup: Setup) -> None:
    """Draw them, for the network that is chosen."""
    _draw_layers(setup)
    _draw_start(setup)
    _draw_training(setup)
    _draw_stop(setup)


def _draw_layers(setup: Setup) -> None:
    arm = setup.arm
    sizes = widths(MOST_LAYERS, MOST_NEURONS)

    def choose_hidden(text: str) -> None:
        try:
            hidden = sizes.read(text.replace(" ", "") or "none")
        except ValueError as allowed:
            raise ValueError(f"Hidden layers must be {allowed}, got {text[:40]}.") from None
        parameters.change_arm(setup.chosen, hidden=hidden)

    def choose_inputs(names: list[str]) -> None:
        parameters.change_arm(
            setup.chosen, inputs=tuple(name for name in FEATURES if name in names) or arm.inputs
        )

    def choose_layer(place: int, name: str) -> None:
        chosen = list(arm.activations)
        chosen[place] = name
        parameters.change_arm(setup.chosen, activations=tuple(chosen))

    control(
        setup,
        "layers",
        "hidden",
        st.text_input,
        ", ".join(map(str, arm.hidden)),
        choose_hidden,
        disabled="neurons" in setup.locked | setup.hide,
        label="Hidden layers",
        placeholder="none",
        help=f"Neurons of each hidden layer, such as “8, 8”: at most {MOST_LAYERS} layers of "
        f"{MOST_NEURONS}. Empty: none. The same as + and − in the picture.",
    )
    control(
        setup,
        "inputs",
        "inputs",
        st.multiselect,
        list(arm.inputs),
        choose_inputs,
        label="Inputs",
        options=list(FEATURES),
        format_func=lambda name: FEATURES[name].title,
        help="What the network is told of a point; the same as a click on an input in the picture.",
    )
    for place, name in enumerate(arm.activations if len(arm.activations) > 1 else ()):
        control(
            setup,
            "activations",
            f"activation_{place}",
            st.selectbox,
            name,
            partial(choose_layer, place),
            label=f"Activation of layer {place + 1}",
            options=list(PLANE_ACTIVATIONS),
            format_func=activation_title,
            help="What the neurons of this hidden layer do with their sums.",
        )


def _draw_start(setup: Setup) -> None:
    arm = setup.arm
    control(
        setup,
        "initializer",
        "initializer",
        st.selectbox,
        arm.initializer,
        of_arm(setup, "initializer"),
        label="Initial weights",
        options=list(PLANE_INITIALIZERS),
        format_func=_initializer_title,
        help="How the weights to begin with are drawn. ±0.5 is TensorFlow Playground's; from zeros "
        "all neurons of a layer stay the same.",
    )
    control(
        setup,
        "initializer",
        "init_scale",
        st.selectbox,
        arm.init_scale,
        of_arm(setup, "init_scale"),
        label="Times",
        options=with_value(_SCALES, arm.init_scale),
        format_func=plain_number,
        help="The initial weights are so many times as large. Try 10.",
    )
    control(
        setup,
        "renew",
        "seed",
        st.number_input,
        setup.seed,
        _choose_seed,
        label="Seed of the weights",
        min_value=0,
        step=1,
        help="The same seed draws the same weights and mixes the points in the same order.",
    )


def _choose_seed(seed: Any) -> None:
    if seed is not None:
        parameters.change(seed=min(int(seed), MOST_SEED))


def _draw_training(setup: Setup) -> None:
    arm = setup.arm
    control(
        setup,
        "loss",
        "loss",
        st.selectbox,
        arm.loss,
        of_arm(setup, "loss"),
        disabled=not setup.classes,
        label="Loss",
        options=list(VALUE_LOSSES),
        format_func=_loss_title,
        help="How wrong an answer counts. Squared error is TensorFlow Playground's; cross-entropy "
        "is for classes, and there is no tanh at the output then.",
    )
    control(
        setup,
        "optimizer",
        "momentum",
        st.slider,
        arm.momentum,
        of_arm(setup, "momentum"),
        disabled=arm.optimizer != "sgd",
        label="Momentum",
        min_value=0.0,
        max_value=0.99,
        step=0.01,
        help="How much of the last update goes into the next one, as a rolling ball keeps its "
        "speed. For SGD alone.",
    )


def _draw_stop(setup: Setup) -> None:
    control(
        setup,
        "stop",
        "stop_loss",
        st.number_input,
        setup.stop_loss,
        of_setup("stop_loss"),
        label="Stop at a test loss of",
        min_value=0.0,
        max_value=10.0,
        step=0.01,
        format="%g",
        placeholder="never",
        help="The training stops by itself when the test loss is as small. Empty: it goes on.",
    )
    control(
        setup,
        "stop",
        "stop_still",
        st.toggle,
        setup.stop_still,
        of_setup("stop_still"),
        label="Stop when nothing moves",
        help="The training stops when the loss has not changed for a while.",
    )
