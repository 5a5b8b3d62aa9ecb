"""How a training is watched, as it stands in the address."""

import streamlit as st

from ui.shared import address
from ui.shared.whole_number import whole_number

WATCH, ALL = "watch", "all"
_KEPT = "train_watch"


def arrive() -> None:
    """On coming back from another page by the menu, watch as before."""
    way: str | None = st.session_state.get(_KEPT)
    if way is not None and address.has_arrived() and address.get(WATCH) is None:
        address.add({WATCH: way})


def get(name: str) -> str | None:
    """What the address says."""
    return address.get(name)


def number(name: str) -> int | None:
    """A parameter that is a whole number; None without it. ValueError if it is something else."""
    text = address.get(name)
    if text is None:
        return None
    value = whole_number(text)
    if value is None:
        raise ValueError(text)
    return value


def show(key: str, value: object) -> None:
    """Let a widget show this. It is told only if it shows something else: while a training runs the
    view is drawn again and again, and what the visitor has just clicked would be overwritten."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def choose(**values: str | int | None) -> None:
    """The visitor has chosen these; None takes one out."""
    if WATCH in values:
        st.session_state[_KEPT] = values[WATCH]
    address.put({name: None if value is None else str(value) for name, value in values.items()})
