"""A model that is shown and still training: what the page says of it follows by itself."""

from pathlib import Path

import streamlit as st

from nn.runs import Run
from ui.models.model_choice import ModelChoice


def follow_training(choice: ModelChoice) -> None:
    """Rerun the page when a model that is still training has newer weights, and once it ends."""
    if choice.run is None or not choice.run.is_active:
        return
    shown = _changed(choice.path)

    @st.fragment(run_every=2.0)
    def watch(run: Run) -> None:
        run.refresh()
        if not run.is_active or _changed(choice.path) != shown:
            st.rerun()
        last = run.last("epoch")
        done = f"epoch {last['epoch']} is done" if last else "the first epoch"
        if run.status == "paused":
            st.caption(f":material/pause: Its training is paused: {done}.")
        else:
            st.caption(f":material/sync: Still training: {done}. The numbers follow by themselves.")

    watch(choice.run)


def _changed(path: Path) -> int | None:
    """When a file was last written; None if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
