"""The keyboard's focus stays where it was when the button that has it goes."""

from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script
from ui.components.unseen import unseen

_KEY = "kept_focus"
_component = st.components.v2.component(
    _KEY,
    js=fetched_script(Path(__file__).with_name("kept_focus.js")),
    isolate_styles=False,
)


def keep_focus(row: str) -> None:
    """Let the browser see to it on this page; it shows nothing. Call it once.

    Args:
        row: the key of a container with buttons that give way to others. The focus goes from one
            to the button that comes in its place, as soon as that can be used; from a button that
            was elsewhere to the heading of the page.
    """
    with unseen(_KEY):
        # Without a key, which would stand in each visitor's session: its data never change.
        _component(data={"row": row}, height=1)
