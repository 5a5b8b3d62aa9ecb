"""The page scrolls to where an act of the visitor has changed something that is out of sight."""

from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script
from ui.components.unseen import unseen

_KEY = "scrolled_to"
_component = st.components.v2.component(
    _KEY,
    js=fetched_script(Path(__file__).with_name("scrolled_to.js")),
    isolate_styles=False,
)


def scrolled_to(anchor: str | None, *, turn: int) -> None:
    """Let the browser scroll to a heading, with the focus of the keyboard too; it shows nothing.

    Args:
        anchor: of the heading; None for the one that the address ends with (#...), if any: the
            browser goes there too early, while what stands above has not got its height.
        turn: how often this was to be done in this session: it is done when the number has grown.
    """
    with unseen(_KEY):
        _component(key=_KEY, data={"id": anchor, "turn": turn}, height=1)
