"""The view "Searches" of the page Runs: one search, or all of them and the form for a new one."""

import streamlit as st

from nn.search import SearchSettings
from ui.runs.jobs import jobs
from ui.runs.rights import is_own, start_own_search
from ui.runs.state import SearchState
from ui.search.actions import SEARCH_KEY, show_search
from ui.search.deleting import undo_notice
from ui.search.form_view import search_form
from ui.search.row import search_row
from ui.search.search_view import search_view
from ui.shared import address
from ui.shared.error_text import error_text
from ui.shared.operator_settings import dask_address
from ui.shared.refresh import refreshing
from ui.shared.tally import Trouble, note
from ui.shared.url_text import quote
from ui.train.line_view import joining_text

REFRESH_SECONDS = 2.0
MOST_LISTED = 30


def searches() -> None:
    """Show the search that the address names, or else all of them and the form for a new one."""
    search_id = address.get(SEARCH_KEY)
    state = jobs().searches.state(search_id) if search_id is not None else None
    # Each has a place of its own, so that what the other one has left goes at once.
    one = st.container() if state is not None else st.empty()
    others = st.empty() if state is not None else st.container()
    with one if state is not None else others:
        if state is not None:
            search_view(state)
        else:
            _all(search_id)


def _all(search_id: str | None) -> None:
    """The form for a new search, and all there are; `search_id` is one that is not here."""
    undo_notice()
    if search_id is not None:
        st.warning(
            f"There is no search {quote(search_id)} here (any more). You can start a new one, or "
            "open another below.",
            icon=":material/link_off:",
        )
    st.markdown(
        "A search trains many small networks by itself, each with other settings, and tells you "
        "which were best and what mattered."
    )
    _listed("Your searches under way", are_own=True)
    st.subheader("New search", anchor=False)
    _start(search_form())
    _listed("Searches", are_own=False)


def _start(settings: SearchSettings | None) -> None:
    joining = joining_text()
    on_cluster = False
    if dask_address() is not None:
        on_cluster = st.toggle(
            "On the cluster",
            key="search_on_cluster",
            help="Trials are trained on other computers, several at a time, as whoever runs this "
            "app has set it up. What is estimated above is for this one.",
        )
    pressed = st.button(
        "Start search",
        key="start_search",
        type="primary",
        icon=":material/play_arrow:",
        disabled=settings is None,
        help=joining or "It goes on by itself; you may close the page meanwhile.",
    )
    if joining is not None:
        st.caption(joining)
    if not pressed or settings is None:
        return
    try:
        show_search(start_own_search(settings, on_cluster=on_cluster))
    except (ValueError, OSError) as error:
        why = error_text(error)
        note(Trouble.START, why)
        st.error(f"The search could not be started. {why}", icon=":material/error:")
    else:
        st.rerun()


def _listed(title: str, *, are_own: bool) -> None:
    """One's own searches that are under way, which who comes back looks for; or all others."""
    states = _some(are_own)
    if not states:
        return
    st.subheader(title, anchor=False)
    moving = sum(state.is_moving for state in states)
    refreshing(_rows, REFRESH_SECONDS if moving else None, are_own, moving)


def _rows(are_own: bool, moving: int) -> None:
    states = _some(are_own)
    if moving != sum(state.is_moving for state in states):
        st.rerun()  # the whole page: the timer
    for state in states[:MOST_LISTED]:
        search_row(state)


def _some(are_own: bool) -> list[SearchState]:
    return [
        state
        for state in jobs().searches.all()
        if (state.is_moving and is_own(state.key)) == are_own
    ]
