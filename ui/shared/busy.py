"""A sign of life that is there at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def busy(text: str) -> Iterator[None]:
    """Show `text` and that something goes on, in the current container, while the body runs.

    `st.spinner` waits for half a second, in which one presses again.
    """
    place = st.empty()
    place.status(text, state="running")
    try:
        yield
    finally:
        place.empty()
