"""The controls of surgery: the tool, and what it is put to by number."""

from collections.abc import Callable

import streamlit as st

from nn.explain.surgery import MOST_NOISE
from ui.inside import parameters
from ui.inside.address_box import address_box
from ui.inside.neuron_choice import NeuronLayer
from ui.inside.seed_box import seed_box
from ui.inside.surgery_operations import (
    MOST_SEED,
    Operated,
    Tool,
    can_operate,
    units_from,
)
from ui.inside.surgery_sources import Sources
from ui.inside.view import Scene
from ui.shared.link_notice import asked_decimal

HOWS = {"cut": "Cut", "frozen": "Freeze", "noise": "Noise", "swapped": "Swap"}
PARTS = {"neurons": "Neurons", "biases": "Their biases"}
_LAYER, _UNITS, _REFUSED = "surgery_layer", "surgery_units", "surgery_refused"


def choose_tool(scene: Scene, sources: Sources) -> Tool:
    """Draw what chooses it."""
    names = sources.names
    hows = {how: title for how, title in HOWS.items() if how != "swapped" or names}
    how = address_box(
        "Tool",
        "surgery_how",
        hows,
        "cut",
        "Cut: says 0 to all images. Freeze: says its mean over the test images, always. Noise: so "
        "much is added at random. Swap: gets the weights of the same neuron in another network.",
        scene.notices,
        width=130,
    )
    part = "neurons"
    if how != "frozen":
        part = address_box(
            "Of",
            "surgery_part",
            PARTS,
            "neurons",
            "Neurons with all they have, or the bias alone, which is added to a neuron's sum.",
            scene.notices,
            width=150,
        )
    tool = Tool(how, part == "biases")
    if how == "noise":
        seed = seed_box(
            "Seed", "surgery_seed", MOST_SEED, "Another seed, other noise.", scene.notices
        )
        tool = tool._replace(size=_size(scene), seed=seed)
    elif how == "swapped":
        source = address_box(
            "For those of",
            "surgery_from",
            names,
            next(iter(names)),
            "A network of the same layers, or this one at another moment of its training.",
            scene.notices,
            width=320,
        )
        tool = tool._replace(source=source)
    return tool


def operate_by_number(
    tool: Tool, layers: list[NeuronLayer], operate: Callable[[Operated], None]
) -> None:
    """Draw what puts the tool to neurons that are written down."""
    open_to = [layer for layer in layers if can_operate(tool, layer, layers)]
    if not open_to:
        st.caption(
            "This network has no hidden layer. Of its logits the biases can be cut or disturbed, "
            "and the neurons only be swapped for those of another network."
        )
        return

    def begin() -> None:
        layer = open_to[st.session_state[_LAYER] % len(open_to)]
        try:
            units = units_from(str(st.session_state[_UNITS] or "all"), layer)
        except ValueError as error:
            refuse(str(error))
            return
        operate(Operated(tool, layer, units))

    # Another tool may have fewer layers.
    if st.session_state.get(_LAYER, 0) >= len(open_to):
        st.session_state[_LAYER] = 0
    st.selectbox(
        "Layer",
        range(len(open_to)),
        key=_LAYER,
        format_func=lambda k: open_to[k].title,
        help="The layer of the neurons that are numbered beside it.",
        width=130,
    )
    st.text_input(
        "Numbers",
        key=_UNITS,
        placeholder="all",
        max_chars=200,
        help='Such as "3, 5, 10-20", counted from 0, or "all".',
        width=150,
    )
    st.button("Operate", on_click=begin, help="Put the tool to the neurons of these numbers.")


def refuse(message: str) -> None:
    """Let the page say, as Markdown, why something was not done."""
    st.session_state[_REFUSED] = message


def say_refused() -> None:
    """Say it, once."""
    wrong = st.session_state.pop(_REFUSED, None)
    if wrong is not None:
        st.warning(wrong, icon=":material/error:")


def _size(scene: Scene) -> float:
    key = "surgery_size_box"
    asked = asked_decimal("surgery_size", 0, MOST_NOISE, scene.notices)
    st.session_state[key] = 1.0 if asked is None else asked
    chosen: float = st.number_input(
        "Size",
        min_value=0.0,
        max_value=MOST_NOISE,
        step=0.25,
        format="%g",
        key=key,
        width=120,
        help="Of the noise, in standard deviations of what each neuron says over the test images.",
        on_change=lambda: parameters.choose(surgery_size=f"{st.session_state[key]:g}"),
    )
    return chosen
