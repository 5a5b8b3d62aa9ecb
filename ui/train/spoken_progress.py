"""What screen readers say of a run while it goes on."""

import streamlit as st

from ui.components.announcement import announce
from ui.runs import text as run_text
from ui.runs.measured import planned_epochs
from ui.runs.numbers import NO_IMAGES, newest_numbers
from ui.runs.state import RunState
from ui.train.health import finding

PAUSE_SECONDS = 5
"""Between two announcements: what changes several times a second must not be said as often."""
NOTICED_PAUSE_SECONDS = 30
"""The same for what is noticed about the run, whose numbers change too."""
_SAID = ("Training loss", "Training accuracy", "Validation accuracy")


def announce_progress(state: RunState | None) -> None:
    """Announce how far a run is, with its newest numbers, now and then; and what is noticed
    about it."""
    text = "" if state is None else spoken(state)
    found = finding(state.run) if state is not None and state.is_moving else None
    noticed = "" if found is None else found.text
    with st.container(key="run_spoken"):
        announce(text, key="run_announcement", pause_seconds=PAUSE_SECONDS)
        announce(noticed, key="run_noticed", pause_seconds=NOTICED_PAUSE_SECONDS)


def spoken(state: RunState) -> str:
    """A run under way in plain words: its place, or its epoch and numbers."""
    run = state.run
    if not state.is_moving:
        return ""  # the message about its end is said by itself
    if state.place is not None:
        return f"Number {state.place} in line."
    if state.doing == "stopping":
        return run_text.MEASURING
    epochs = planned_epochs(run)
    if epochs is None or not run.progress:
        return "The training begins."
    numbers = newest_numbers(run)
    parts = [run_text.epoch_text(state, epochs, min(run.events[-1]["epoch"], epochs), None)]
    parts += [
        f"{name.lower()} {numbers[name][0]}" for name in _SAID if numbers[name][0] != NO_IMAGES
    ]
    paused = "Paused. " if state.status == "paused" else ""
    return f"{paused}{', '.join(parts)}."
