"""A search in a list: what it is, how it is with it, and what can be done."""

from collections.abc import Callable, Mapping

import streamlit as st

from ui.runs.badges import BADGES
from ui.runs.readers import search_key
from ui.runs.rights import is_own, steers
from ui.runs.state import SearchState
from ui.search import text
from ui.search.actions import act, actions
from ui.shared.error_text import without_paths
from ui.shared.pages import RUNS
from ui.shared.url_text import plain

YOURS = ":gray-badge[:material/person: yours]"


def search_row(
    state: SearchState, whose: str = "", moves: Mapping[str, Callable[[str], None]] | None = None
) -> None:
    """Draw the row, in the current container.

    Args:
        state: the search.
        whose: whose it is, in Markdown.
        moves: what the menu offers besides, called with its key in the line.
    """
    search = state.search
    with st.container(horizontal=True, vertical_alignment="center", key=f"search_{search.id}"):
        with st.container(width="stretch", gap=None):
            name = f"**{plain(text.called(search))}** {badge(state)}"
            st.markdown(f"{name} {whose or (YOURS if is_own(state.key) else '')}")
            st.caption(plain(" · ".join(filter(None, [text.about(search), details(state)]))))
        opened = st.button(
            "Open", key=f"open_search_{search.id}", help="Show its trials and its charts."
        )
        if steers(state.key):
            _menu(state, moves or {})
    if opened:
        st.switch_page(RUNS.file, query_params={"view": "searches", "search": search.id})


def badge(state: SearchState) -> str:
    """How it is with a search, as a coloured word."""
    status = state.doing or ("failed" if state.failure is not None else state.status)
    return text.SEARCHING if status == "running" else BADGES[status]


def details(state: SearchState) -> str:
    """What it has found so far, and why its process broke off, if it did."""
    if state.place is not None:
        return f"number {state.place} in line"
    best = state.search.best
    parts = [text.counts(state.search)] if state.search.trials else []
    if best is not None:
        reached = text.value_text(state.search, best.value)
        parts.append(f"best {text.measure(state.search).lower()} {reached}")
    gone = text.count_gone(state.search)
    if gone:
        parts.append(f"{gone} of its trials not here any more")
    if state.failure is not None:
        parts.append(without_paths(state.failure))
    return " · ".join(parts)


def _menu(state: SearchState, moves: Mapping[str, Callable[[str], None]]) -> None:
    search_id, key = state.search.id, f"search_menu_{state.search.id}"
    offered = {label: action for label, (_, _, action) in actions(state).items()}
    st.menu_button(
        "More",
        [*offered, *moves],
        key=key,
        help="What can be done with this search.",
        on_click=_chosen,
        args=(search_id, key, offered, moves),
    )


def _chosen(
    search_id: str,
    key: str,
    offered: Mapping[str, Callable[[str], None]],
    moves: Mapping[str, Callable[[str], None]],
) -> None:
    chosen = st.session_state[key]
    if chosen in moves:
        moves[chosen](search_key(search_id))
    elif chosen in offered:
        act(search_id, offered[chosen])
