"""What visitors look at is not cleared away under their eyes."""

import streamlit as st

from ui.runs.jobs import jobs

_LOOKS = "run_looks"


def looks_at(run_id: str | None, kind: str) -> None:
    """Keep a run for as long as this session lasts, or until it looks at another of the kind:
    "run" or "model"."""
    looks = st.session_state.setdefault(_LOOKS, {})
    if run_id is None:
        looks.pop(kind, None)
    elif kind not in looks or looks[kind].run_id != run_id:
        looks[kind] = jobs().look(run_id)
