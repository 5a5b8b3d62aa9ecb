"""View: how the gradient of the loss comes back to a weight, and whether it is right."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from nn.explain.chain import Chain
from ui.components.network_views import browser_component, floats_text, pixels_text
from ui.inside import parameters
from ui.inside.backwards_boxes import rows
from ui.inside.backwards_checks import many_weights, one_step_down, trying
from ui.inside.backwards_numbers import chain
from ui.inside.backwards_silent import why_silent
from ui.inside.backwards_weight import (
    ChosenWeight,
    choose_target,
    choose_weight,
    chosen_weight,
    input_names,
    neuron_name,
    take_weight,
)
from ui.inside.sent_number import sent_number
from ui.inside.view import Scene, View
from ui.shared.url_text import plain

_component = browser_component("backwards")
_KEY = "inside_backwards"


def _draw(scene: Scene) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="backwards_choice"):
        target = choose_target(scene)
        numbers = chain(scene.chosen, scene.image.pixels, target)
        weight = chosen_weight(numbers, scene.notices)
        choose_weight(numbers, weight)
    for words in _what_is_asked(scene, numbers):
        st.caption(words)
    way, checks = st.columns([3, 2], gap="large")
    with way:
        _component(
            key=_KEY,
            data={
                "picture": _picture(scene, numbers, weight),
                "rows": rows(numbers, weight, scene.image.pixels),
            },
            height="content",
            **_callbacks(numbers, weight),
        )
    with checks:
        trying(scene, target, weight)
        many_weights(scene, target)
        one_step_down(scene, target)


def _what_is_asked(scene: Scene, numbers: Chain) -> list[str]:
    network, found = scene.chosen.network, []
    if scene.image.label is None and parameters.get("target") is None:
        label = plain(network.labels[numbers.target])
        found.append(
            f"What you drew is not known, so the wanted class is the answer itself, {label}. "
            "Choose another to see what would have to change."
        )
    if network.temperature != 1:
        found.append(
            "The loss is the cross-entropy, from softmax of the logits as they are; the answer "
            f"above divides them by a temperature of {network.temperature:.3g} first."
        )
    return found


def _picture(scene: Scene, numbers: Chain, weight: ChosenWeight) -> dict[str, Any]:
    gradients = numbers.gradient(weight.layer, weight.neuron)
    of_pixels = weight.layer == 0 and len(gradients) == scene.image.pixels.size
    name = neuron_name(scene.chosen.network, weight.layer, weight.neuron)
    return {
        "title": f"∂L/∂w of all weights to {name}",
        "gradients": floats_text(gradients),
        "side": int(np.ceil(np.sqrt(len(gradients)))),
        "names": input_names(scene.chosen.network, weight.layer),
        "chosen": weight.input,
        "image": pixels_text(scene.image.pixels) if of_pixels else None,
        "silent": why_silent(numbers, weight.layer, weight.neuron),
    }


def _callbacks(numbers: Chain, weight: ChosenWeight) -> dict[str, Callable[[], None]]:
    network = numbers.network

    def chosen() -> None:
        input = sent_number(_sent("chosen"), "input")
        if input is not None and input < len(numbers.gradient(weight.layer, weight.neuron)):
            take_weight(weight, weight.neuron, input)

    def followed() -> None:
        sent = _sent("followed")
        level, neuron = sent_number(sent, "level"), sent_number(sent, "neuron")
        if level is None or neuron is None or level >= len(weight.path):
            return
        layer = [k for k in numbers.layers if k > weight.layer][level]
        if neuron < len(numbers.outputs(layer)):
            path = ".".join(map(str, [*weight.path[:level], neuron]))
            parameters.choose_neuron(weight.layer, weight.neuron, input=weight.input, path=path)

    def looked() -> None:
        sent = _sent("looked")
        layer, neuron = sent_number(sent, "layer"), sent_number(sent, "neuron")
        if layer not in numbers.layers or neuron is None:
            return
        units = network.parameter_shapes()[f"{layer}.weight"][0]
        if neuron < units:
            place = sent_number(sent, "place")
            if place is None or place >= len(numbers.outputs(layer)) // units:
                place = None
            parameters.choose_neuron(layer, neuron, view="neuron", place=place)

    return {
        "on_chosen_change": parameters.of_hand(chosen),
        "on_followed_change": parameters.of_hand(followed),
        "on_looked_change": parameters.of_hand(looked),
    }


def _sent(name: str) -> Any:
    return st.session_state[_KEY][name]


BACKWARDS = View(
    "Backwards",
    "A weight's gradient says how the loss changes when the weight grows. It is a product along "
    "the way back from the loss: look for the factor that is 0 or tiny, which stops all learning "
    "there, and for the terms that carry most of a sum.",
    _draw,
)
