"""Searches in words."""

import os
import time
from collections import Counter
from typing import Any

import data
from nn.runs.begun import when_begun
from nn.search import Search, Trial
from nn.search.folder import SETTINGS as SETTINGS_FILE
from nn.search.folder import runs_of
from nn.search.schema import FAILED, FINISHED, PRUNED
from ui.runs import text as run_text
from ui.runs.badges import ENDED_EARLY
from ui.runs.jobs import jobs
from ui.runs.numbers import loss_text
from ui.runs.run_names import shown_name
from ui.runs.state import SearchState
from ui.search.rows import value_words
from ui.settings.settings import SETTINGS
from ui.shared.counted import counted
from ui.shared.error_text import error_text

SEARCHING = ":blue-badge[:material/manage_search: Searching]"
"""The badge of a search that is under way; the others are those of trainings."""
_CUT = {"time": "ended with the time", "stopped": "stopped"}
"""How trials ended that their search's end cut, by the reason in its events."""
_ENDS = ("finished", ENDED_EARLY, "ended with the time", "stopped", "failed")
"""How trials may have ended, in the order in which they are counted."""


def called(search: Search) -> str:
    """What a search is called: the name that somebody gave it, or else when it began."""
    name = shown_name(search)
    return f"“{name}”" if name else f"Search of {run_text.date(_began(search))}"


def about(search: Search) -> str:
    """What it tries, and on which data."""
    settings = search.settings
    info = data.DATASETS.get(settings.base.dataset)
    names = ", ".join(label(part.name) for part in settings.space)
    return f"{names} · {info.title if info else settings.base.dataset}"


def label(name: str) -> str:
    """What a setting is called."""
    return SETTINGS[name].label if name in SETTINGS else name


def measure(search: Search) -> str:
    """What its trials are compared by."""
    return "Validation loss" if search.settings.lower_is_better else "Validation accuracy"


def value_text(search: Search, value: float | None) -> str:
    """What a trial reached."""
    if value is None:
        return "–"
    return loss_text(value) if search.settings.lower_is_better else f"{100 * value:.2f} %"


def params_text(params: dict[str, Any]) -> str:
    """What was tried, in one line."""
    return ", ".join(
        f"{label(name)} {value_words(name, tuple(value) if isinstance(value, list) else value)}"
        for name, value in params.items()
    )


def state_words(trial: Trial) -> str:
    """How it is with a trial."""
    if trial.state == PRUNED:
        return _CUT.get(trial.reason or "", ENDED_EARLY)
    return {FINISHED: "finished", FAILED: "failed"}.get(trial.state, "training")


def was_cut(trial: Trial) -> bool:
    """Whether a trial ended because its search did, and not because others were better."""
    return trial.state == PRUNED and trial.reason in _CUT


def trial_name(trial: Trial) -> str:
    """What a trial is called: people count from 1."""
    return f"trial {trial.number + 1}"


def counts(search: Search) -> str:
    """How many trials there are, and how they ended."""
    words = Counter(state_words(trial) for trial in search.ended)
    told = ", ".join(f"{words[word]} {word}" for word in _ENDS if words[word])
    number = counted(len(search.trials), "trial")
    return f"{number}: {told}" if told else number


def count_gone(search: Search) -> int:
    """How many of its trials that were trained are not here any more."""
    try:
        here = set(os.listdir(runs_of(search.folder)))
    except OSError:
        here = set()
    return sum(bool(trial.run_id) and trial.run_id not in here for trial in search.ended)


def progress(state: SearchState) -> tuple[float, str]:
    """How far a search under way is, from 0 to 1 and in words."""
    search, now = state.search, time.time()
    done, most = len(search.ended), search.settings.most_trials
    share = done / most
    if search.settings.minutes is not None:
        share = max(share, search.seconds / search.settings.seconds)
    of = "" if search.settings.trials is None else f" of {most}"
    words = [f"{done}{of} trials are done"]
    running = [trial for trial in search.trials if trial.ended is None]
    words += [_running(search, trial) for trial in running[:3]]
    left = search.seconds_left(now)
    if left is not None and state.status == "running":
        words.append(f"about {run_text.duration(left)} left")
    return min(1.0, share), " · ".join(words)


def _running(search: Search, trial: Trial) -> str:
    """How far a trial that trains is."""
    run = jobs().state(trial.run_id)
    epochs = planned_epochs(search, trial)
    if run is None or not run.run.events:
        return f"{trial_name(trial)} begins"
    last = run.run.last("epoch")
    return f"{trial_name(trial)}: epoch {0 if last is None else int(last['epoch'])} of {epochs}"


def planned_epochs(search: Search, trial: Trial) -> int:
    """How many epochs a trial is to have."""
    epochs = trial.params.get("epochs", search.settings.base.epochs)
    return epochs if isinstance(epochs, int) else search.settings.base.epochs


def ending(state: SearchState) -> tuple[str, str]:
    """What became of a search that is not under way, and how to show it, as in
    `ui.runs.text.ending`."""
    search = state.search
    closing = search.last(state.status) or {}
    best = search.best
    found = (
        f" The best is {trial_name(best)}: {measure(search).lower()} "
        f"{value_text(search, best.value)}."
        if best is not None
        else ""
    )
    told = f"{counts(search)}.{found}"
    if state.failure is not None:
        return "error", f"{error_text(state.failure)} {told}"
    if state.status == "finished":
        done = "The time is up" if closing.get("reason") == "time" else "The search is finished"
        return "success", f"{done}. {told}"
    if state.status == "failed":
        return "error", f"The search failed: {error_text(closing.get('message') or '')}. {told}"
    if state.status == "stopped":
        return "info", f"Stopped. {told}"
    if state.status == "interrupted":
        return "warning", f"Interrupted, perhaps because the server was restarted. {told}"
    return "info", "This search has not begun."


def _began(search: Search) -> float | None:
    return when_begun(
        search.folder / SETTINGS_FILE, search.events[0]["time"] if search.events else None
    )
