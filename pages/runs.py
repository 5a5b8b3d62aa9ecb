"""Runs: all trainings in a list, several beside each other, and searches for good settings."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.compare.mistakes import IN_ADDRESS
from ui.compare.view import comparison
from ui.run_list.filters import SEARCH_OF
from ui.run_list.view import run_list
from ui.runs.visitor import remember_browser
from ui.search.actions import FORM_KEY, SEARCH_KEY
from ui.search.under_way import search_under_way
from ui.search.view import searches
from ui.shared import address
from ui.shared.help_beside import help_beside
from ui.shared.pages import through_app
from ui.shared.url_text import quote

VIEW = "view"
"""Where the address says which view is shown."""
_VIEW_BOX = "runs_view"


class _View(NamedTuple):
    """One of the views: what it is called, what draws it, and what of the address it alone reads;
    Streamlit itself takes out what is bound to a control."""

    title: str
    draw: Callable[[], None]
    parameters: tuple[str, ...]


# The first one is shown where the address names none.
VIEWS = {
    "runs": _View("All runs", run_list, (SEARCH_OF,)),
    "compare": _View("Compare", comparison, IN_ADDRESS),
    "searches": _View("Searches", searches, (SEARCH_KEY, FORM_KEY)),
}


def page() -> None:
    st.title("Runs")
    st.markdown("Everything that was trained here: find it again, compare it, improve on it.")
    notices = st.container()
    name = chosen_view(notices)
    _tidy_address(name)
    if VIEWS[name].draw is not searches:
        with notices:
            search_under_way(_show_search)
    # Each has a place of its own, so that what another one has left goes at once.
    places = {one: st.container() if one == name else st.empty() for one in VIEWS}
    with places[name]:
        VIEWS[name].draw()
    remember_browser()


def _tidy_address(name: str) -> None:
    """Take out of the address what is of another view: a link may hold it."""
    address.add({key: None for key in _of_others(name) if address.get(key) is not None})


def _go_to_chosen() -> None:
    _go_to(st.session_state[_VIEW_BOX])


def _show_search(search_id: str) -> None:
    _go_to("searches", {SEARCH_KEY: search_id, FORM_KEY: None})


def _go_to(name: str, shown: address.Parameters | None = None) -> None:
    """All at once: what would be tidied up afterwards could meet the visitor who goes Back."""
    address.put({VIEW: name} | dict(shown or {}) | dict.fromkeys(_of_others(name)))


def _of_others(name: str) -> list[str]:
    """What of the address the other views read."""
    return sorted({key for one, view in VIEWS.items() if one != name for key in view.parameters})


def chosen_view(notices: DeltaGenerator) -> str:
    names = list(VIEWS)
    asked = address.get(VIEW)
    if asked is not None and asked not in names:
        notices.warning(
            f"The link asks for the view {quote(asked)}, which is not here. There are: "
            f"{', '.join(names)}.",
            icon=":material/link_off:",
        )
    st.session_state[_VIEW_BOX] = asked if asked in names else names[0]
    st.html(f"<style>{help_beside(_VIEW_BOX)}</style>")
    chosen = st.segmented_control(
        "What to show",
        names,
        key=_VIEW_BOX,
        format_func=lambda name: VIEWS[name].title,
        required=True,
        on_change=_go_to_chosen,
        label_visibility="collapsed",
        help="All runs in a table, several of them beside each other, or searches that try many "
        "settings by themselves.",
    )
    return chosen or names[0]


through_app()
page()
