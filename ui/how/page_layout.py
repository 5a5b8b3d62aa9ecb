"""What the page How it works looks like beyond the others: one column, to be read."""

import streamlit as st

_STYLE = """<style>
.st-key-how_it_works { max-width: 46rem; margin-inline: auto; }
div:has(> .st-key-how_notices):not(:has(.stAlert)) { position: absolute; }
/* Room before each step. */
.st-key-how_it_works h2 { margin-top: 2rem; }
.st-key-how_image img { image-rendering: pixelated; border-radius: 0.3rem; }
</style>"""


def page_layout() -> None:
    """Set it; call it once in each run of the page."""
    st.html(_STYLE)
