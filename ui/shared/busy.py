"""A sign of life that is there at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def busy(text: str) -> Iterator[Callable[[str], None]]:
    """Show `text` and that something goes on, in the current container, while the body runs; yields
    what shows another text in its place.

    `st.spinner` waits for half a second, in which one presses again.
    """
    place = st.empty()

    def show(text: str) -> None:
        place.status(text, state="running")

    show(text)
    try:
        yield show
    finally:
        place.empty()
