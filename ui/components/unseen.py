"""Parts of a page that only have the browser do something, and show nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st


@contextmanager
def unseen(name: str) -> Iterator[None]:
    """A container for such a part, without a place in the page's column, which would leave a gap.

    Args:
        name: of the part, unique on the page.
    """
    key = f"{name}_place"
    with st.container(key=key):
        st.html(f"<style>div:has(> .st-key-{key}) {{ position: absolute; width: 0; }}</style>")
        yield
