"""A button that says at once that it was pressed, before the server has heard of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script
from ui.components.unseen import unseen

_component = st.components.v2.component(
    "pressed",
    js=fetched_script(Path(__file__).with_name("pressed.js")),
    isolate_styles=False,
)


def watch_presses() -> None:
    """Let the browser watch for presses from now on; it shows nothing. Call it once on a page."""
    with unseen("pressed"):
        # Without a key, which would stand in each visitor's session: its data never change.
        _component(data={}, height=1)


@contextmanager
def says_when_pressed(words: str, *, key: str) -> Iterator[None]:
    """A container for one button, which shows `words` from its press to the page's answer.

    Args:
        words: plain text, without quotes.
        key: of the container, unique on the page.
    """
    with st.container(key=key, width="content"):
        st.html(
            f"<style>.st-key-{key} button[data-pressed] p {{ font-size: 0; }}"
            f".st-key-{key} button[data-pressed] p::after "
            f'{{ font-size: 0.875rem; content: "{words}"; }}</style>'
        )
        yield
