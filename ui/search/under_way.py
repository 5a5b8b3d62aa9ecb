"""One's own search that is under way, for who has closed its page: where else to find it."""

import streamlit as st

from ui.runs.jobs import jobs
from ui.runs.rights import is_own
from ui.runs.state import SearchState
from ui.search.actions import SEARCH_KEY
from ui.shared.links import action_link
from ui.shared.pages import RUNS


def search_under_way() -> None:
    """Draw a link to the visitor's own search that is under way or waits; nothing without one."""
    line = jobs().line()
    for state in (*line.active, *line.waiting):
        if isinstance(state, SearchState) and state.is_moving and is_own(state.key):
            with st.container(key="search_under_way"):
                action_link(
                    RUNS,
                    label="Your search is under way: see what it has found",
                    query_params={"view": "searches", SEARCH_KEY: state.search.id},
                    help="Its trials and its charts, and what steers it.",
                )
            return
