"""The page scrolls to where an act of the visitor has changed something that is out of sight."""

from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script

_KEY = "scrolled_to"
_component = st.components.v2.component(
    _KEY,
    js=fetched_script(Path(__file__).with_name("scrolled_to.js")),
    isolate_styles=False,
)
# No place in the page's column, which would leave a gap there.
_STYLE = f"<style>div:has(> .st-key-{_KEY}_place) {{ position: absolute; width: 0; }}</style>"


def scrolled_to(anchor: str, *, turn: int) -> None:
    """Let the browser scroll to a heading, with the focus of the keyboard too; it shows nothing.

    Args:
        anchor: of the heading.
        turn: how often this was to be done in this session: it is done when the number has grown.
    """
    with st.container(key=f"{_KEY}_place"):
        st.html(_STYLE)
        _component(key=_KEY, data={"id": anchor, "turn": turn}, height=1)
