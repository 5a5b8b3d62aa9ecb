"""Opening an address of TensorFlow Playground: pasted into a box, or in the page's own address."""

import streamlit as st

from ui.playground import parameters
from ui.playground.page_due import due_after
from ui.playground.setup_address import written
from ui.playground.tensorflow_address import TensorFlowSetup, from_address
from ui.shared import address
from ui.shared.url_text import plain

PARAMETER = "tensorflow"
"""The page's parameter that holds what follows the # of such an address."""
_BOX, _SAID = "playground_tensorflow", "playground_tensorflow_said"


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
        st.session_state[_SAID] = (True, found.said)
    except ValueError as error:
        st.session_state[_SAID] = (False, [f"The link's `{PARAMETER}` cannot be used: {error}."])
    address.correct({name: [value] for name, value in texts.items() if value is not None})


def said_of_address(wrong: list[str]) -> tuple[list[str], list[str]]:
    """What cannot be used: `wrong`, and in an address that was opened last; and what is otherwise
    here in that."""
    fine, said = st.session_state.get(_SAID, (True, []))
    return (wrong, said) if fine else ([*wrong, *said], [])


def paste_address() -> None:
    """The box to paste one into."""
    with st.popover(
        "Open an address",
        icon=":material/content_paste:",
        key="playground_from_tensorflow",
        help="Opens an address of TensorFlow Playground as the same set-up here.",
    ):
        st.text_input(
            "Address of TensorFlow Playground",
            key=_BOX,
            placeholder="https://playground.tensorflow.org/#activation=tanh&…",
            on_change=due_after(_open_pasted),
            help="Copy it from the browser's address bar there: all settings are in it.",
        )


def _open_pasted() -> None:
    text = st.session_state.get(_BOX, "")
    if not text.strip():
        return
    try:
        found: TensorFlowSetup = from_address(text)
    except ValueError as error:
        st.session_state[_SAID] = (False, [f"That is no set-up: {plain(str(error))}."])
        return
    st.session_state[_SAID] = (True, found.said)
    parameters.open_setup(found.setup)
