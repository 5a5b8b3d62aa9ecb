"""Two networks side by side, and which of them the page's controls are about."""

from dataclasses import replace

import streamlit as st

from ui.playground import parameters
from ui.playground.controls import control
from ui.playground.on_stage import TITLES
from ui.playground.setup import Setup


def choose_compare(setup: Setup) -> None:
    """Draw the switch for a second network, and with one the choice between them."""
    control(
        setup,
        "compare",
        "compare",
        st.toggle,
        len(setup.arms) > 1,
        _compare,
        label="Compare with another",
        help="A second network beside the first, at first the same: on the same points, with the "
        "same seed, played together.",
    )
    if len(setup.arms) > 1:
        control(
            setup,
            "compare",
            "arm",
            st.segmented_control,
            setup.chosen,
            lambda place: parameters.change(chosen=place),
            label="Settings of",
            label_visibility="collapsed",
            options=list(range(len(setup.arms))),
            format_func=lambda place: f"Settings of {TITLES[place]}",
            required=True,
            help="Whose settings the controls below show and change.",
        )
        if setup.arms[0] == setup.arms[1]:
            st.caption("B is like A until changed.", width="content")


def _compare(two: bool) -> None:
    setup = parameters.setup_now()
    arms = (setup.arms[0], setup.arms[0]) if two else (setup.arm,)
    parameters.put(replace(setup, arms=arms, chosen=1 if two else 0))
