"""Whether the view that is shown takes long to compute."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from ui.inside import parameters
from ui.long_work.shown import take_drawn

_SLOW = "inside_slow_view"


@contextmanager
def noted() -> Iterator[None]:
    """Draw a view within this."""
    take_drawn()  # that of a run which was broken off
    yield
    st.session_state[_SLOW] = [parameters.get("view")] if take_drawn() else None


def is_slow() -> bool:
    """Whether this view was so when it was drawn last."""
    return bool(st.session_state.get(_SLOW) == [parameters.get("view")])


def forget() -> None:
    """It is not known any more, until it is drawn again."""
    st.session_state[_SLOW] = None
