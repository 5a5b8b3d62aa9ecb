"""One's own search that is under way or has just ended, for who has closed its page: where to find
it again."""

import time
from collections.abc import Callable

import streamlit as st

from ui.runs.jobs import jobs
from ui.runs.rights import is_own
from ui.runs.state import SearchState
from ui.search.actions import SEARCH_KEY
from ui.shared.links import action_link
from ui.shared.pages import RUNS

_NEWS_SECONDS = 24 * 3600
"""So long after its end a search is still news, for who has not seen it since."""
_HELP = "Its trials and its charts, and what steers it."


def search_under_way(show: Callable[[str], None] | None = None) -> None:
    """Draw the way to the visitor's own search that is under way or waits, or else to the newest
    that has ended within a day and that they have not looked at since; nothing without one.

    Args:
        show: shows the search of an id, on the page that searches are on: a link of Streamlit's to
            the page that it stands on leaves the address as it is.
    """
    line = jobs().line()
    for state in (*line.active, *line.waiting):
        if isinstance(state, SearchState) and state.is_moving and is_own(state.key):
            _way(state, "Your search is under way: see what it has found", show)
            return
    for state in jobs().searches.all():
        if is_own(state.key) and _is_news(state):
            _way(state, "Your search has ended: see what it has found", show)
            return


def _is_news(state: SearchState) -> bool:
    events = state.search.events
    return (
        not state.is_moving
        and bool(events)
        and abs(time.time() - float(events[-1]["time"])) < _NEWS_SECONDS
        and not jobs().searches.was_seen(state.search.id)
    )


def _way(state: SearchState, label: str, show: Callable[[str], None] | None) -> None:
    with st.container(key="search_under_way"):
        if show is not None:
            st.button(label, icon=RUNS.icon, help=_HELP, on_click=show, args=(state.search.id,))
            return
        action_link(
            RUNS,
            label=label,
            query_params={"view": "searches", SEARCH_KEY: state.search.id},
            help=_HELP,
        )
