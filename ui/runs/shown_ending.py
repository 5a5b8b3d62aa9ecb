"""What became of a run or a search that is over, as a message of its kind."""

import streamlit as st

_MESSAGES = {
    "success": (st.success, ":material/check_circle:"),
    "info": (st.info, ":material/info:"),
    "warning": (st.warning, ":material/power_off:"),
    "error": (st.error, ":material/error:"),
}


def show_ending(kind: str, text: str) -> None:
    """Draw it; kind and text are those of `ending` in `ui.runs.text` or `ui.search.text`."""
    message, icon = _MESSAGES[kind]
    message(text, icon=icon)
