"""The parameters in the address of a page, and what of them becomes an entry of the history.

Back and Forward are to show what was seen. So one act of the visitor (a click on a cell, another
model, a training) makes one entry at most, and what a page adds by itself makes none. Streamlit
pushes an entry at each writing to `st.query_params`, and at each correction of a bound widget's
parameter; the browser sorts out which of them stays one, see `ui.components.history_entries`.

What the browser sends may be behind: a timer's message that was on its way when something was
written has the address from before. What was written is kept against it, or the visitor's last
choice would be lost: until the browser sends it back, for a few seconds at most. From then on an
address from before is the visitor's own, who has gone Back.

Pages read and write their parameters here. Settings that are bound to the address replace the
entry: one for each move of a slider would be a nuisance.
"""

import time
from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import get_session_state

from ui.components.history_entries import history_entries

_PAGE = "address_page"
_OPENED = "address_opened"
_ARRIVED = "address_arrived"
_WATCHED = "address_watched"
_PENDING = "address_pending"
_WAITING = "address_waiting"
_HELD = "address_held"
_WRITTEN = "address_written"
_MESSAGE = "address_message"
_OPENINGS = "address_openings"
_SHOWINGS = "address_showings"

BEHIND_SECONDS = 3.0
"""So long after something was written the browser may still send the address from before."""

Parameters = Mapping[str, str | None]
"""Names and values; with None the parameter is taken out."""


class _Written(NamedTuple):
    """What was written last of a parameter, which the browser may not have yet.

    value: it.
    before: all that the browser may still send instead.
    from_empty: whether it may still send an address without any parameters.
    at: when it was written.
    """

    value: str | None
    before: tuple[str | None, ...]
    from_empty: bool
    at: float


def follow_visitor() -> None:
    """Notice whether this run opens another page; streamlit_app.py calls it before each page."""
    page = _page()
    if _came_back():
        st.session_state.pop(_HELD, None)
    is_other = st.session_state.get(_PAGE) != page
    if is_other or _came_back():
        st.session_state.pop(_WRITTEN, None)
        if _OPENINGS in st.session_state:
            _tell_again()
    else:
        _write({})  # what an address from before lacks
    st.session_state[_OPENED] = is_other
    st.session_state[_ARRIVED] = is_other and not _came_back()
    st.session_state[_PAGE] = page
    _count(_OPENINGS, is_other)
    _count(_SHOWINGS, is_other or _came_back())


def openings() -> int:
    """How many pages this visit has opened, with the one of this run."""
    return st.session_state[_OPENINGS]


def _count(key: str, is_one_more: bool) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + is_one_more


def _tell_again() -> None:
    """Tell the browser the address that it has sent. What the page before wrote may have come to it
    since: it would stand in the address of this one."""
    with get_session_state().query_params() as parameters:
        parameters._send_query_param_msg()


@st.fragment
def watch_history() -> None:
    """Let the browser sort out its entries; streamlit_app.py calls it after each page.

    The browser is asked to say so only where something waits for it. Otherwise its word could meet
    the visitor's first click on the way to the server.
    """
    waits = bool(_pending() or st.session_state.get(_WAITING))
    asked = _page() if waits and not is_watched() else ""
    shown = st.session_state.get(_SHOWINGS, 0)
    history_entries(asked=asked, shown=shown, on_watching=_watched)
    if st.session_state.get(_WAITING) and is_watched():
        st.session_state[_WAITING] = False
        st.rerun()


def get(name: str) -> str | None:
    """The value of a parameter, the last one if there are several; None without it."""
    for waiting in (_held(), _pending()):
        if name in waiting:
            return waiting[name]
    return _catch_up(name)


def hold(parameters: Parameters) -> None:
    """Show what the visitor moves past, and write it only with what they choose next."""
    _keep(_HELD, parameters)


def put(parameters: Parameters) -> None:
    """Write what the visitor has just chosen, unless they have gone on meanwhile."""
    if _is_left():
        return
    held = dict(_held())
    _held().clear()
    _write({**held, **parameters})


def add(parameters: Parameters) -> None:
    """Write what the page shows by itself. It is part of the entry that is there, so it waits
    until the browser watches over its history."""
    if is_watched():
        _write(parameters)
    else:
        _keep(_PENDING, parameters)


def correct(parameters: Mapping[str, list[str]]) -> None:
    """Put these in the place of all parameters and run the page again; call it before the first
    widget that is bound to one. As with `add`, that may take a moment, until when nothing is
    drawn."""
    st.session_state[_PAGE] = None  # the next run is still the one that opens the page
    if not is_watched():
        st.session_state[_WAITING] = True
        watch_history()
        st.stop()
    st.session_state[_WAITING] = False
    st.query_params.from_dict(parameters)
    st.rerun()


def has_opened() -> bool:
    """Whether this run opens the page, from another one or anew, in whatever way."""
    opened: bool = st.session_state.get(_OPENED, False)
    return opened


def has_arrived() -> bool:
    """Whether this run opens the page by a link, which may not say all that was shown on it
    before. After Back and Forward the address alone says what to show."""
    arrived: bool = st.session_state.get(_ARRIVED, False)
    return arrived


def has_come_back() -> bool:
    """Whether this run shows what Back or Forward went to."""
    return _came_back()


def _is_left() -> bool:
    """Whether a callback is called for what was pressed before the visitor went Back, or to another
    page: it would write into the address that they have gone to."""
    context = get_script_run_ctx()
    if context is None or context.has_script_started:
        return False
    page = st.session_state.get(_PAGE)
    return _came_back() or page not in (None, context.page_script_hash)


def _came_back() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def is_watched() -> bool:
    """Whether the browser has said that it watches over its history."""
    watched: bool = st.session_state.get(_WATCHED, False)
    return watched


def _watched() -> None:
    st.session_state[_WATCHED] = True
    pending = dict(_pending())
    _pending().clear()
    _write(pending)


def _write(parameters: Parameters) -> None:
    for name, value in parameters.items():
        _pending().pop(name, None)
        _note(name, value)
    # The whole address is sent: with it what the browser may not have yet.
    behind = {name: _catch_up(name) for name in _written() if name not in _pending()}
    changed = {}
    for name, value in {**behind, **parameters}.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get_all(name) != [value]:
            changed[name] = value
    if changed:
        st.query_params.update(changed)


def _note(name: str, value: str | None) -> None:
    """Note what is about to be written."""
    notes = _written()
    last, there = notes.get(name), st.query_params.get(name)
    if there != value or last is not None:
        known = () if last is None else (*last.before, last.value)
        from_empty = not st.query_params or any(note.from_empty for note in notes.values())
        notes[name] = _Written(value, tuple({*known, there}), from_empty, time.monotonic())


def _catch_up(name: str) -> str | None:
    """The value of a parameter in the address, or what was written since the browser had it."""
    value, written = st.query_params.get(name), _written().get(name)
    return written.value if written is not None and value in written.before else value


def _written() -> dict[str, _Written]:
    """What the browser may not have yet."""
    now = time.monotonic()
    notes: dict[str, _Written] = st.session_state.get(_WRITTEN, {})
    notes = {name: note for name, note in notes.items() if now - note.at < BEHIND_SECONDS}
    if _is_new_message():
        there = st.query_params
        if not there and not any(note.from_empty for note in notes.values()):
            notes = {}  # no late message: the page's own entry in the menu
        for name, note in list(notes.items()):
            # What had been there before, too, may be from then.
            if there.get(name) == note.value and note.value not in note.before:
                del notes[name]
    st.session_state[_WRITTEN] = notes
    return notes


def _is_new_message() -> bool:
    """Whether the address is as the browser has just sent it; once for each of its messages.

    A run that another one asked for (`st.rerun`) has that one's address, which the browser may not
    have. It has its `context_info` too, while each message of the browser brings one of its own.
    """
    context = get_script_run_ctx()
    message = None if context is None else context.context_info
    is_new = message is not st.session_state.get(_MESSAGE)
    st.session_state[_MESSAGE] = message
    return is_new


def _pending() -> dict[str, str | None]:
    """What waits to be written into the address of this page; what waited on the one before, which
    the visitor has left, is forgotten."""
    return _of_page(_PENDING)


def _held() -> dict[str, str | None]:
    """What is shown on this page without being chosen."""
    return _of_page(_HELD)


def _of_page(key: str) -> dict[str, str | None]:
    kept: tuple[str, dict[str, str | None]] = st.session_state.get(key, ("", {}))
    return kept[1] if kept[0] == _page() else {}


def _keep(key: str, parameters: Parameters) -> None:
    st.session_state[key] = _page(), {**_of_page(key), **parameters}


def _page() -> str:
    """Which page this run is of."""
    context = get_script_run_ctx()
    return context.page_script_hash if context is not None else ""
