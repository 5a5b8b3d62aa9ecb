"""The line of trainings in words: what is ahead, when one's own begins, when a pause ends."""

import time

from ui.runs import text as run_text
from ui.runs.jobs import jobs
from ui.runs.line_forecast import seconds_until_start
from ui.runs.line_limits import PAUSE_SECONDS
from ui.runs.state import Line, RunState, State
from ui.runs.time_left import seconds_left
from ui.runs.visitor import this_browser
from ui.shared.url_text import plain

NAMED = 3
"""So many of the runs ahead are described, the others counted."""


def waiting_texts(state: State) -> tuple[str, str]:
    """Where a run that waits stands in the line and when it begins; and what is ahead of it."""
    place, line, now = state.place or 1, jobs().line(), time.monotonic()
    begins = _when(_begins(line, now)[min(place - 1, len(line.waiting))])
    where = f"Number {place} in line. It begins {begins}, by itself; you may close this page."
    if state.doing == "gave way":
        where = (
            f"It gave way to others; nothing is lost. Number {place} in line: it goes on {begins}, "
            "by itself."
        )
    ahead = [_what(one, now) for one in (*line.active, *line.waiting[: place - 1])]
    more = len(ahead) - NAMED
    what = "; ".join(ahead[:NAMED]) + (f"; and {more} more" if more > 0 else "")
    return where, f"Ahead: {what or 'nothing any more'}."


def pause_text(state: State) -> str:
    """What becomes of a paused run, for whoever may resume it."""
    others = len(jobs().line().waiting)
    if state.gives_way is None or not others:
        return (
            "Paused. All is kept. When others come to wait, it gives way after two minutes: then "
            "it is stopped and can be resumed later."
        )
    who = "Another training waits" if others == 1 else f"{others} other trainings wait"
    left = _clock(state.gives_way - time.monotonic())
    return f"{who}: resume within **{left}**, or it is stopped and can be resumed later."


def turn_text(state: State) -> str | None:
    """When a run that trains gives way to others, if it does before it ends."""
    until = _seconds_until_turn(state, time.monotonic())
    if until is None:
        return None
    return (
        f"Others wait: it gives way in {_clock(until)}, and goes on later by itself where it was. "
        "Nothing is lost."
    )


def joining_text() -> str | None:
    """What happens to a training that this visitor starts now, if it doesn't begin at once; else
    None."""
    place = jobs().place_of_next(this_browser())
    if place is None:
        return None
    line, now = jobs().line(joining=this_browser()), time.monotonic()
    # The process of one that has ended is gone in a moment.
    ahead = sum(state.is_moving for state in line.active if state.place is None) + place - 1
    if not ahead:  # it has just ended
        return None
    others = "one other" if ahead == 1 else f"{ahead} others"
    begins = _when(_begins(line, now)[min(place - 1, len(line.waiting))])  # one may have left
    words = (
        f"A training that you start now joins the line behind {others} and begins {begins}, by "
        "itself."
    )
    pauses = [
        PAUSE_SECONDS if state.gives_way is None else state.gives_way - now
        for state in line.active
        if state.status == "paused"
    ]
    if pauses:
        words += f" A pause ahead ends in at most {_clock(min(pauses))} when others wait."
    return words


def placed_text(run_id: str) -> str:
    """Whether a run that was just started waits in the line, and where to see it."""
    state = jobs().state(run_id)
    place = None if state is None else state.place
    where = "It has begun" if place is None else f"It is number {place} in line"
    return f"{where}: see **Your trainings** below the charts."


def _what(state: State, now: float) -> str:
    """One of the runs ahead: its network, its data, what it does and for how long."""
    what = run_text.kind(state.run.config) if isinstance(state, RunState) else "a search"
    return f"{plain(what)} ({_doing(state, now)})"


def _seconds_left(state: State) -> float | None:
    """How long a run or search still takes; None where that is not known."""
    if isinstance(state, RunState):
        return seconds_left(state.run)
    return state.search.seconds_left(time.time())


def _seconds_until_turn(state: State, now: float) -> float | None:
    """When a run that trains gives way; None where it doesn't before it ends."""
    if state.status != "running" or state.gives_way is None:
        return None
    until, left = state.gives_way - now, _seconds_left(state)
    return None if left is not None and left < until else until


def _begins(line: Line, now: float) -> list[float | None]:
    return seconds_until_start(line, now, jobs().seconds_of)


def _doing(state: State, now: float) -> str:
    if state.status == "paused" and state.gives_way is not None:
        return f"paused, gives way in at most {_clock(state.gives_way - now)}"
    if (until := _seconds_until_turn(state, now)) is not None:
        return f"trains, gives way in {_clock(until)}"
    if state.status == "running":
        left = _seconds_left(state)
        return "trains" if left is None else f"trains, about {_about(left)} left"
    return {"starting": "begins", "waiting": "waits"}.get(state.status, state.status)


def _when(seconds: float | None) -> str:
    if seconds is None:
        return "when those ahead have ended"
    return f"in about {_about(seconds)}" if seconds >= 5 else "in a moment"


def _about(seconds: float) -> str:
    """A span of time that is not known to the second."""
    return run_text.duration(seconds if seconds > 55 else max(5, 5 * round(seconds / 5)))


def _clock(seconds: float) -> str:
    """Minutes and seconds, as a clock shows them."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes}:{rest:02}"
