"""The slider with which one changes the learning rate of a training under way."""

import streamlit as st

from nn.runs import Run
from nn.runs.schema import RunEvent
from ui.runs.jobs import jobs
from ui.runs.numbers import base_rate, schedule_of
from ui.runs.rights import steers
from ui.settings.settings import LEARNING_RATES
from ui.settings.widgets import plain_number


def rate_now(run: Run) -> None:
    """Draw it, in the current container."""
    key = _key(run.id)
    events = list(run.events)  # those of before what is asked next: more may come any moment
    base, schedule = base_rate(run), schedule_of(run)
    if base is None:  # its folder holds something else
        return
    explanation = "How far each step changes the weights, from now on."
    if schedule:
        explanation += (
            f" What you set is the base: {schedule} multiplies it. The rate in use stands among "
            "the numbers below."
        )
    is_written = _follow(key, base, events)
    st.select_slider(
        "Base learning rate" if schedule else "Learning rate now",
        sorted({*LEARNING_RATES, base, st.session_state.get(key, base)}),
        # A browser that has missed what the state was set to goes by this, and without it would
        # give the training the lowest rate of all.
        value=None if is_written else base,
        format_func=plain_number,
        key=key,
        help=explanation,
        on_change=_set,
        args=(run.id,),
        width=260,
    )


def _follow(key: str, base: float, events: list[RunEvent]) -> bool:
    """Have the slider show the base rate, which others set too, and so does Resume; but not while
    the training has yet to hear what was set here. Returns whether its state was written for that,
    not where it begins."""
    is_new = key not in st.session_state
    newest, told = (None, []) if is_new else st.session_state[_heard_key(key)]
    news = _after(newest, events)
    if news is None:  # and so what the training said to what it was told
        told = []
    rates = [event.get("value") for event in news or () if event["type"] == "set"]
    for rate in rates:
        if rate in told:
            told = told[told.index(rate) + 1 :]
    is_behind = not is_new and not told and (news is None or bool(rates))
    if is_behind:
        st.session_state[key] = base
    st.session_state[_heard_key(key)] = events[-1] if events else None, told
    return is_behind


def _after(newest: RunEvent | None, events: list[RunEvent]) -> list[RunEvent] | None:
    """The events after this one, all after None. None where it is not there any more: it was
    thinned out, or taken back. Their number tells nothing, it falls when they are thinned out."""
    if newest is None:
        return events
    for place in range(len(events) - 1, -1, -1):
        if events[place] == newest:
            return events[place + 1 :]
    return None


def _key(run_id: str) -> str:
    return f"learning_rate_of_{run_id}"


def _heard_key(key: str) -> str:
    """The newest event of the run that this slider knows of, and which rates it has told the
    training since of which no event says that it has heard them, the first first."""
    return f"{key}_heard"


def _set(run_id: str) -> None:
    key = _key(run_id)
    value = st.session_state[key]
    command = {"command": "set", "name": "learning_rate", "value": value}
    if steers(run_id) and jobs().send(run_id, command):
        newest, told = st.session_state[_heard_key(key)]
        st.session_state[_heard_key(key)] = newest, [*told, value]
