"""The controls for a network and its training, in a row above the picture."""

import streamlit as st

import nn
from nn.plane.config import PLANE_ACTIVATIONS
from ui.playground import parameters
from ui.playground.activation_title import MIXED, activation_title
from ui.playground.controls import control, of_arm, with_value
from ui.playground.setup import Setup
from ui.playground.training_more import draw_more
from ui.settings.settings import LEARNING_RATES
from ui.settings.widgets import plain_number

_RATES = (*LEARNING_RATES, 7.0, 10.0)
_PENALTIES = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_BATCHES = (1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 0)


def draw_training_row(setup: Setup) -> None:
    """Draw them, for the network that is chosen."""
    arm = setup.arm
    with st.container(key="playground_training", horizontal=True, vertical_alignment="bottom"):
        control(
            setup,
            "rate",
            "rate",
            st.select_slider,
            arm.learning_rate,
            of_arm(setup, "learning_rate"),
            label="Learning rate",
            options=with_value(_RATES, arm.learning_rate),
            format_func=plain_number,
            help="How far each update moves the weights. Too small takes for ever, too large never "
            "settles. It may change while it trains.",
        )
        _choose_activation(setup)
        control(
            setup,
            "optimizer",
            "optimizer",
            st.selectbox,
            arm.optimizer,
            of_arm(setup, "optimizer"),
            label="Optimizer",
            options=list(nn.OPTIMIZERS),
            format_func=lambda name: nn.OPTIMIZERS[name].title,
            help="How the weights follow their gradients. SGD goes straight down the slope; Adam "
            "gives each weight a step of its own.",
        )
        for title, name in (("L1", "l1"), ("L2", "l2")):
            control(
                setup,
                "penalty",
                name,
                st.selectbox,
                getattr(arm, name),
                of_arm(setup, name),
                label=title,
                options=with_value(_PENALTIES, getattr(arm, name)),
                format_func=lambda rate: plain_number(rate) if rate else "none",
                help=_PENALTY_HELP[name],
            )
        control(
            setup,
            "batch",
            "batch",
            st.selectbox,
            arm.batch_size,
            of_arm(setup, "batch_size"),
            label="Batch size",
            options=sorted({*_BATCHES, arm.batch_size}, key=lambda size: size or 10_000),
            format_func=lambda size: f"{size:,}" if size else "all",
            help="How many points are looked at before each update. Few make a trembling way down, "
            "all of them a smooth and slow one.",
        )
        more = st.popover(
            "More",
            icon=":material/tune:",
            help="Layers and inputs as text, initial weights, loss, momentum, when to stop.",
            key="playground_more",
            on_change="rerun",
        )
        # Closed, the browser would go on sending what was last chosen in it, whatever has been
        # changed elsewhere since.
        if more.open:
            with more:
                draw_more(setup)


_PENALTY_HELP = {
    "l1": "Pulls all weights and biases towards 0 by the same amount: those that are hardly needed "
    "get there.",
    "l2": "Pulls all weights and biases towards 0, the larger the more: the surface becomes "
    "smoother.",
}


def _choose_activation(setup: Setup) -> None:
    """One for all layers."""
    activations = setup.arm.activations
    same = len(set(activations)) <= 1
    options = list(PLANE_ACTIVATIONS) if same else [MIXED, *PLANE_ACTIVATIONS]

    def choose(name: str) -> None:
        if name != MIXED:
            parameters.change_arm(setup.chosen, activations=(name,) * len(activations))

    control(
        setup,
        "activations",
        "activation",
        st.selectbox,
        (activations[0] if activations else "tanh") if same else MIXED,
        choose,
        disabled=not activations,
        label="Activation",
        options=options,
        format_func=activation_title,
        help="What a neuron does with its sum. Under More each layer can have one of its own."
        if activations
        else "What a neuron does with its sum: there is no hidden layer now.",
    )
