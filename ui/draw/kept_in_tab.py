"""What outlives a reload of the page: the tab of the browser keeps it, and brings it back to the
new session."""

import json
from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.components.tab_memory import tab_memory

_MOST_CHARACTERS = 2_000_000
"""More is neither kept nor taken over: browsers have room for 5 MB, for all there is to keep."""


def keep_in_tab(key: str, content: Any, *, begun: bool, on_recall: Callable[[Any], None]) -> None:
    """Let the tab keep something; a session that has not begun asks it for what it kept.

    Args:
        key: its name, the same in every run and unique in the app.
        content: what JSON can hold, in the place of what was kept before.
        begun: whether the visitor has done something that counts, now or before. A session that has
            once begun goes on so, and what comes from the tab later is left out.
        on_recall: called with what was kept, before the script or fragment runs once more. It comes
            from the browser: it may be anything. Where it raises the errors of reading a wrong
            value the rest of it is left out.
    """
    begun_key = f"{key}_begun"
    if begun:
        st.session_state[begun_key] = True
    text = None
    if st.session_state.get(begun_key):
        text = json.dumps(content)
        if len(text) > _MOST_CHARACTERS:
            text = ""

    def recalled(text: str) -> None:
        if st.session_state.get(begun_key):
            return  # the visitor was faster
        st.session_state[begun_key] = True
        if len(text) > _MOST_CHARACTERS:
            return
        try:
            on_recall(json.loads(text))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return

    tab_memory(key, text, on_recall=recalled)
