"""The picture of a network at work that Home shows."""

from pathlib import Path

import streamlit as st

_PICTURE = Path(__file__).resolve().with_name("network.svg")

# As a component, because the drawing takes the colour of the page's text: an image could not know
# it, and `st.html` takes SVG out.
_component = st.components.v2.component(
    "network_picture", html=_PICTURE.read_text(encoding="utf-8")
)

# Its place is kept from the start, so that what is below does not jump when it comes.
_STYLE = """<style>
.st-key-network_picture { aspect-ratio: 780 / 346; max-width: 54rem; margin: 0 auto; }
</style>"""


def network_picture() -> None:
    """Show how a network of 784-128-64-10 reads a 3."""
    st.html(_STYLE)
    _component(key="network_picture")
