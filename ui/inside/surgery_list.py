"""What was operated, one thing behind the other: read from the address and written to it."""

from collections.abc import Sequence

import streamlit as st

from ui.inside import parameters
from ui.inside.neuron_choice import NeuronLayer
from ui.inside.surgery_operations import (
    MOST_CHARACTERS,
    Operated,
    added,
    from_text,
    to_text,
    toggled,
)
from ui.inside.surgery_sources import Sources
from ui.inside.view import Scene
from ui.shared.url_text import quote

_FULL = "inside_surgery_full"


def asked_operations(
    scene: Scene, layers: Sequence[NeuronLayer], sources: Sources
) -> list[Operated]:
    """What the address says, without what can't be done, which a notice says."""
    text = parameters.get("surgery") or ""
    operations, wrong = _read(text, layers, sources)
    if wrong:
        places = ", ".join(str(layer.place) for layer in layers)
        scene.notices.warning(
            f"The link asks for surgery {quote(wrong[0])}, which can't be done here. It must be "
            f'as in "cut-0-3.5_9~noise-2b-all-0.5-7", the layers {places}, at most '
            f"{MOST_CHARACTERS} characters.",
            icon=":material/link_off:",
        )
    return operations


def _read(
    text: str, layers: Sequence[NeuronLayer], sources: Sources
) -> tuple[list[Operated], list[str]]:
    """The operations of a text, and the parts of it that are none."""
    found, wrong = [], []
    parts = text.split("~") if text else []
    if len(text) > MOST_CHARACTERS:
        parts, wrong = text[:MOST_CHARACTERS].split("~")[:-1], [text]
    for part in parts:
        try:
            one = from_text(part, layers)
            if one.tool.how == "swapped":
                source = sources.known(one.tool.source)
                if source is None:
                    raise ValueError("no such network")
                one = one._replace(tool=one.tool._replace(source=source))
            found.append(one)
        except ValueError:
            wrong.append(part)
    return found, wrong


def operate(
    layers: Sequence[NeuronLayer], sources: Sources, *new: Operated, is_added: bool
) -> None:
    """The visitor does this, or takes it back if it is done already and not to be `is_added`."""
    # Of this moment: several clicks may come before the page is drawn once.
    operations, _ = _read(parameters.get("surgery") or "", layers, sources)
    for one in new:
        operations = (added if is_added else toggled)(operations, one)
    text = to_text(operations)
    if len(text) > MOST_CHARACTERS:
        st.session_state[_FULL] = True
    else:
        parameters.choose(surgery=text or None)


def say_full() -> None:
    """Once, that something was not done."""
    if st.session_state.pop(_FULL, False):
        st.warning(
            "The address of the page holds no more operations: that one was not done.",
            icon=":material/error:",
        )
