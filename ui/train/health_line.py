"""What a training looks like, in a line below its progress or at the end of its result."""

import streamlit as st

from nn.runs import Run
from ui.train.health import finding


def health_line(run: Run) -> None:
    """Say what is noticed about a run under way, if there is anything."""
    found = finding(run)
    if found is not None:
        icon = ":orange[:material/warning:]" if found.is_trouble else ":material/lightbulb:"
        st.markdown(f"{icon} {found.text}")


def ending_text(text: str, run: Run) -> str:
    """The words about the end of a run and what was noticed about it."""
    found = finding(run) if run.events else None
    return text if found is None else f"{text} {found.text}"
