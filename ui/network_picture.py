"""The picture of a network at work that Home shows."""

from pathlib import Path

import streamlit as st

_PICTURE = Path(__file__).resolve().parent / "images" / "network.svg"

# As a component, because the drawing takes the colour of the page's text: an image could not know
# it, and `st.html` takes SVG out.
network_picture = st.components.v2.component(
    "network_picture", html=_PICTURE.read_text(encoding="utf-8")
)
