"""One's own search that is under way or has just ended, for who has closed its page: where to find
it again."""

import time

import streamlit as st

from ui.runs.jobs import jobs
from ui.runs.rights import is_own
from ui.runs.state import SearchState
from ui.search.actions import SEARCH_KEY
from ui.shared.links import action_link
from ui.shared.pages import RUNS

_NEWS_SECONDS = 24 * 3600
"""So long after its end a search is still news."""


def search_under_way() -> None:
    """Draw a link to the visitor's own search that is under way or waits, or else to the newest
    that has ended within a day; nothing without one."""
    line = jobs().line()
    for state in (*line.active, *line.waiting):
        if isinstance(state, SearchState) and state.is_moving and is_own(state.key):
            _link(state, "Your search is under way: see what it has found")
            return
    for state in jobs().searches.all():
        if is_own(state.key) and _has_just_ended(state):
            _link(state, "Your search has ended: see what it has found")
            return


def _has_just_ended(state: SearchState) -> bool:
    events = state.search.events
    return (
        not state.is_moving
        and bool(events)
        and abs(time.time() - float(events[-1]["time"])) < _NEWS_SECONDS
    )


def _link(state: SearchState, label: str) -> None:
    with st.container(key="search_under_way"):
        action_link(
            RUNS,
            label=label,
            query_params={"view": "searches", SEARCH_KEY: state.search.id},
            help="Its trials and its charts, and what steers it.",
        )
