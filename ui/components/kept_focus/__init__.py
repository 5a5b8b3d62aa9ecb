"""The keyboard's focus stays where it was when the button that has it goes."""

from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script

_KEY = "kept_focus"
_component = st.components.v2.component(
    _KEY,
    js=fetched_script(Path(__file__).with_name("kept_focus.js")),
    isolate_styles=False,
)
# No place in the page's column, which would leave a gap there.
_STYLE = f"<style>div:has(> .st-key-{_KEY}_place) {{ position: absolute; width: 0; }}</style>"


def keep_focus(row: str) -> None:
    """Let the browser see to it on this page; it shows nothing. Call it once.

    Args:
        row: the key of a container with buttons that give way to others. The focus goes from one
            to the button that comes in its place, as soon as that can be used; from a button that
            was elsewhere to the heading of the page.
    """
    with st.container(key=f"{_KEY}_place"):
        st.html(_STYLE)
        # Without a key, which would stand in each visitor's session: its data never change.
        _component(data={"row": row}, height=1)
