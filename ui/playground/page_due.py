"""Whether the page is to run, although only the player's fragment does.

The browser may send the visitor's click in one message with a question of the player, and says
then that the player's fragment is to run: the click's callback is called, and the page isn't drawn.
So each act that the page is to show is noted here, and the fragment looks.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

_DUE = "playground_page_due"


def make_due() -> None:
    """Something has changed that the page shows."""
    st.session_state[_DUE] = True


def is_due() -> bool:
    """Whether something has changed since the page was begun the last time."""
    due: bool = st.session_state.get(_DUE, False)
    return due


def not_due() -> None:
    """The page runs now, or need not."""
    st.session_state[_DUE] = False


def due_after(act: Callable[..., Any]) -> Callable[..., None]:
    """The act, which makes the page due."""

    def acted(*arguments: Any) -> None:
        make_due()
        act(*arguments)

    return acted
