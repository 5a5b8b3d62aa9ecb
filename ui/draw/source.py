"""Where the image that is read comes from: the drawing board or a file."""

import streamlit as st

from ui.shared.help_beside import help_beside

BOARD = "By hand"
PICTURE = "From a file"

_KEY = "image_source"


def image_source() -> str:
    """Let the visitor choose; one of the two above."""
    st.html(f"<style>{help_beside(_KEY)}</style>")
    return st.segmented_control(
        "Where the image comes from",
        [BOARD, PICTURE],
        default=BOARD,
        required=True,
        key=_KEY,
        persist_state="session",
        label_visibility="collapsed",
        help="Draw with mouse, pen or finger, or choose a photo or drawing from your files, "
        "which works with the keyboard too.",
    )


def choose_picture() -> None:
    """Let it be a file from now on. Before the choice is shown, as in a callback."""
    st.session_state[_KEY] = PICTURE
