"""What screen readers say of a run while it goes on."""

from ui.components.announcement import announce
from ui.runs import text as run_text
from ui.runs.numbers import newest_numbers
from ui.runs.state import RunState
from ui.train.health import finding
from ui.train.health_line import ending_with_health

PAUSE_SECONDS = 10
"""Between two announcements: what changes several times a second must not be said as often."""
_SAID = ("Training loss", "Training accuracy", "Validation accuracy")


def announce_progress(state: RunState | None) -> None:
    """Announce how far a run is, with its newest numbers, now and then; its end soon."""
    text = "" if state is None else spoken(state)
    announce(text, key="run_announcement", pause_seconds=PAUSE_SECONDS)


def spoken(state: RunState) -> str:
    """The run in plain words: its place or epoch, its numbers, what is noticed about it."""
    run = state.run
    if not state.is_moving:
        return ending_with_health(state)[1].replace("**", "")
    if state.place is not None:
        return f"Number {state.place} in line."
    started = run.last("started")
    if started is None or not run.progress:
        return "The training begins."
    epochs = started["epochs"]
    numbers = newest_numbers(run)
    parts = [run_text.epoch_text(state, epochs, min(run.events[-1]["epoch"], epochs), None)]
    parts += [f"{name.lower()} {numbers[name][0]}" for name in _SAID if numbers[name][0] != "off"]
    found = finding(run)
    paused = "Paused. " if state.status == "paused" else ""
    return f"{paused}{', '.join(parts)}." + ("" if found is None else f" {found.text}")
