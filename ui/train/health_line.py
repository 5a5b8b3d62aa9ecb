"""What a training looks like, in a line below its progress or at the end of its result."""

import streamlit as st

from nn.runs import Run
from ui.runs import text as run_text
from ui.runs.state import RunState
from ui.train.health import finding


def health_line(run: Run) -> None:
    """Say what is noticed about a run under way, if there is anything."""
    found = finding(run)
    if found is not None:
        icon = ":orange[:material/warning:]" if found.is_trouble else ":material/lightbulb:"
        st.markdown(f"{icon} {found.text}")


def ending_with_health(state: RunState) -> tuple[str, str]:
    """How a run ended, as `ui.runs.text.ending` has it, with what was noticed about it: a result
    that is worth nothing is no success."""
    found = finding(state.run)
    if found is None:
        return run_text.ending(state)
    kind, text = run_text.ending(state, f" {found.text}")
    return "info" if kind == "success" and found.is_trouble else kind, text
