"""What follows by itself: a model that is shown and still training, and which models there are."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import streamlit as st

from nn.runs import Run, list_runs
from ui.components.looked_for import when_looked_for
from ui.models.model_choice import ModelChoice
from ui.runs.jobs import jobs
from ui.runs.state import Line, RunState, State
from ui.shared.refresh import refreshing


def follow_training(
    choice: ModelChoice, keeps: Callable[[str], bool] = lambda words: False, moment: bool = False
) -> None:
    """Rerun the page when a model that is still training has newer weights, and once it ends.

    Args:
        choice: the model.
        keeps: whether the page keeps to the weights that it has instead; if so it draws how it
            stands with the training, in these words, and what takes the newest.
        moment: whether the page shows a chosen moment of it; newer ones come all the same.
    """
    place = st.container()
    if choice.run is None or not choice.run.is_active:
        return
    shown = _changed(choice.path)

    def watch(run: Run) -> None:
        run.refresh()
        last = run.last("epoch")
        done = f"epoch {last['epoch']} is done" if last else "the first epoch"
        if run.status == "paused":
            words = f":material/pause: Its training is paused: {done}."
        else:
            words = f":material/sync: Still training: {done}."
        if run.is_active and keeps(words):
            return
        if not run.is_active or _changed(choice.path) != shown:
            st.rerun()
        if moment:
            words += " The moment that you have chosen stays."
        elif run.status != "paused":
            words += " The numbers follow by themselves."
        st.caption(words)

    with place:
        refreshing(watch, 2.0, choice.run)


def follow_models() -> None:
    """Rerun the page once a training that goes on or waits here has its first model; call it before
    the models are listed. Where nothing trains the page asks for nothing.

    Its place is there always: fragments are known by their place, and what a visitor does on one
    further down while the page runs anew would be lost if that moved.
    """
    place = st.container()
    line = jobs().line()
    awaited = _awaited(line)
    if not awaited:
        return

    def watch() -> None:
        # One has its model, or will have none: it failed, or left the line.
        if awaited - _awaited(jobs().line()):
            st.rerun()

    with place:
        refreshing(watch, 3.0 if _without_model(line.active) else 10.0)


def follow_new_models(box: str, listed: Collection[str]) -> None:
    """Rerun the page where a run has a model that is not listed yet, as of a training that began
    elsewhere, once somebody reaches for the widget of this key, or comes back to the page.

    Args:
        box: key of the widget with the list.
        listed: keys of the models in it.
    """

    def look() -> None:
        if any(run.model_path.is_file() and run.id not in listed for run in list_runs()):
            st.rerun()

    when_looked_for(box, look)


def _awaited(line: Line) -> set[Path]:
    """The models that are not there yet."""
    return _without_model((*line.active, *line.waiting))


def _without_model(states: Iterable[State]) -> set[Path]:
    paths = {state.run.model_path for state in states if isinstance(state, RunState)}
    return {path for path in paths if not path.is_file()}


def _changed(path: Path) -> int | None:
    """When a file was last written; None if it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
