"""What is changed in the picture itself and belongs to the set-up: it goes into the address."""

from typing import Any

import streamlit as st

from nn.plane.config import MOST_LAYERS, MOST_NEURONS, PlaneConfig
from nn.plane.features import FEATURES
from ui.playground import own_points, parameters
from ui.playground.acts import Ask
from ui.playground.own_points import OwnPoints
from ui.playground.setup import OWN, Setup
from ui.playground.setup_address import MOST_SEED
from ui.playground.training_points import all_points

NEW_LAYER = 2
"""Neurons of a layer that is added."""
_BEFORE = "playground_before_painting"
"""The set-up whose points the visitor has begun to paint on."""


def change_setup(ask: Ask) -> bool:
    """Write the change into the address, and say whether the page is to run for it; ValueError
    where the set-up cannot be changed so."""
    setup, details = parameters.setup_now(), ask.details
    match ask.kind:
        case "renew":
            parameters.change(seed=(setup.seed + 1) % (MOST_SEED + 1))
        case "points":
            paint(setup, own_points.from_browser(details))
        case "show":
            _show(**details)
            return False
        case _:
            arm = details["arm"]
            if arm >= len(setup.arms):
                raise ValueError("there is no second network")
            parameters.change_arm(arm, **_CHANGES[ask.kind](setup.arms[arm], details))
    return True


def paint(setup: Setup, own: OwnPoints) -> None:
    """Take these points in the place of those of `setup`. Where all painting has been undone, the
    data are again those that it began with."""
    if setup.own is None:
        st.session_state[_BEFORE] = setup
    before: Setup | None = st.session_state.get(_BEFORE)
    if before is not None and own == OwnPoints.of(all_points(before)):
        parameters.change(data=before.data, own=None)
    else:
        parameters.change(data=OWN, own=own)


def _show(test: bool | None, discrete: bool | None, speed: str | None) -> None:
    """The browser shows it already; in the address it stands for others, and for coming back."""
    chosen = {"show_test": test, "discrete": discrete, "speed": speed}
    parameters.change(**{name: value for name, value in chosen.items() if value is not None})


def _inputs(config: PlaneConfig, details: dict[str, Any]) -> dict[str, Any]:
    """The other inputs and this one, or without it; the last one stays."""
    name = details["name"]
    if name not in FEATURES:
        raise ValueError(f"an input is one of {', '.join(FEATURES)}")
    on = set(config.inputs) ^ {name}
    return {"inputs": tuple(one for one in FEATURES if one in on) or config.inputs}


def _layers(config: PlaneConfig, details: dict[str, Any]) -> dict[str, Any]:
    hidden = config.hidden
    if details["change"] < 0:
        return {"hidden": hidden[:-1]}
    return {"hidden": (*hidden, NEW_LAYER)[:MOST_LAYERS]}


def _neurons(config: PlaneConfig, details: dict[str, Any]) -> dict[str, Any]:
    widths, layer = list(config.hidden), details["layer"]
    if layer >= len(widths):
        raise ValueError("there is no such hidden layer")
    widths[layer] = min(max(widths[layer] + details["change"], 1), MOST_NEURONS)
    return {"hidden": tuple(widths)}


_CHANGES = {"input": _inputs, "layers": _layers, "neurons": _neurons}
