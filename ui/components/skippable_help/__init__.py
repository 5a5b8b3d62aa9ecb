"""The keyboard passes the help buttons of fields by: from one field to the next it is one Tab."""

from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script
from ui.components.unseen import unseen

_KEY = "skippable_help"
_component = st.components.v2.component(
    _KEY,
    js=fetched_script(Path(__file__).with_name("skippable_help.js")),
    isolate_styles=False,
)


def skippable_help() -> None:
    """Let the browser see to it from now on; it shows nothing.

    Screen readers find the buttons as before, and Shift + Tab leads back to each of them. Those of
    numbers, which stand beside no field, remain stops.
    """
    with unseen(_KEY):
        # Without a key, which would stand in each visitor's session: its data never change.
        _component(data={}, height=1)
