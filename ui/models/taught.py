"""What a visitor's own copy of a model is called, which they have taught on the Draw page."""

import streamlit as st

_SESSION_KEY = "taught_copy"


def name_copy(model_key: str | None, words: str = "") -> None:
    """Set in words what the visitor's copy of a model was taught, and how well it does; without a
    key there is no copy (any more). There is one at a time."""
    if model_key is None:
        st.session_state.pop(_SESSION_KEY, None)
    else:
        st.session_state[_SESSION_KEY] = model_key, words


def copy_words(model_key: str) -> str | None:
    """These words; None for a model of which the visitor has no copy."""
    key, words = st.session_state.get(_SESSION_KEY, (None, ""))
    return words if key == model_key else None
