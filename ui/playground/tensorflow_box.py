"""Opening an address of TensorFlow Playground: pasted into a box, or in the page's own address."""

import streamlit as st

from ui.playground import notices, parameters
from ui.playground.page_due import due_after
from ui.playground.setup_address import written
from ui.playground.tensorflow_address import TensorFlowSetup, from_address
from ui.shared import address
from ui.shared.url_text import plain

PARAMETER = "tensorflow"
"""The page's parameter that holds what follows the # of such an address."""
_POPOVER, _BOX = "playground_from_tensorflow", "playground_tensorflow"
_WRONG = "playground_tensorflow_wrong"


def open_from_address() -> None:
    """Open what the page's own address asks for, and put the set-up in its place; call it before
    anything else is drawn."""
    text = address.get(PARAMETER)
    if text is None:
        return
    texts: dict[str, str | None] = {}
    try:
        found = from_address(text)
        texts = written(found.setup)
        notices.say(said=found.said)
    except ValueError as error:
        notices.say(wrong=[f"The link's `{PARAMETER}` cannot be used: {error}."])
    address.correct({name: [value] for name, value in texts.items() if value is not None})


def paste_address() -> None:
    """The box to paste one into; it closes once that is open."""
    popover = st.popover(
        "Open an address",
        icon=":material/content_paste:",
        key=_POPOVER,
        on_change="rerun",
        help="Opens an address of TensorFlow Playground as the same set-up here.",
    )
    if not popover.open:  # the next time it is empty
        return
    with popover:
        st.text_input(
            "Address of TensorFlow Playground",
            key=_BOX,
            placeholder="https://playground.tensorflow.org/#activation=tanh&…",
            on_change=due_after(_open_pasted),
            help="Copy it from the browser's address bar there: all settings are in it.",
        )
        if wrong := st.session_state.get(_WRONG):
            st.warning(wrong, icon=":material/link_off:")


def _open_pasted() -> None:
    text = st.session_state.get(_BOX, "")
    st.session_state.pop(_WRONG, None)
    if not text.strip():
        return
    try:
        found: TensorFlowSetup = from_address(text)
    except ValueError as error:
        st.session_state[_WRONG] = f"That is no set-up: {plain(str(error))}."
        return
    notices.say(said=found.said)
    st.session_state[_POPOVER] = False
    parameters.open_setup(found.setup)
