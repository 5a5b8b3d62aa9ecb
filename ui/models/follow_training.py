"""What follows by itself: a model that is shown and still training, and which models there are."""

from pathlib import Path

import streamlit as st

from nn.runs import Run, list_runs
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


def follow_models() -> None:
    """Rerun the page once a training has a model that it had not yet; call it before the models
    are listed. What is gone stays in the list until the visitor does something."""
    known = _trained()

    @st.fragment(run_every=3.0)
    def watch() -> None:
        if _trained() - known:
            st.rerun()

    watch()


def _trained() -> set[str]:
    """The runs that have a model."""
    return {run.id for run in list_runs() if run.model_path.is_file()}


def _changed(path: Path) -> int | None:
    """When a file was last written; None if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
