"""Which of the runs the list shows: by words, data, status, and whose they are."""

from collections.abc import Sequence

import streamlit as st

from ui.run_list.facts import Facts
from ui.run_list.listed import Listed
from ui.run_list.order import order_select, ordered
from ui.runs.rights import token_of
from ui.runs.visitor import this_browser
from ui.shared import address
from ui.shared.url_text import quote

SEARCH_OF = "search_of"
"""Where the address says of which search alone the trials are shown."""

ALL_DATA = "All data"
ANY_STATUS = "Any status"
UNDER_WAY = "Under way"
_STATUSES = {
    UNDER_WAY: ("waiting", "gave way", "starting", "running", "pausing", "resuming", "paused"),
    "Finished": ("finished",),
    "Stopped": ("stopping", "stopped"),
    "Failed": ("failed",),
    "Interrupted": ("interrupted",),
}
EVERYBODY, MINE = "All", "Mine"


def filtered(all_runs: Sequence[Listed]) -> list[Listed]:
    """Draw the filters, and give the runs that they let through, in the order that is chosen."""
    search = address.get(SEARCH_OF)
    with st.container(horizontal=True, vertical_alignment="bottom", key="run_filters"):
        words = st.text_input(
            "Find",
            key="runs_find",
            persist_state="session",
            placeholder="Such as: adam 128",
            help="Shows the runs in whose row all these words stand: a name, a network, a setting.",
            width=220,
        )
        dataset = st.selectbox(
            "Data",
            [ALL_DATA, *sorted({run.facts.dataset for run in all_runs} - {""})],
            key="runs_data",
            persist_state="session",
            help="The images that they learned from.",
            width=170,
        )
        status = st.selectbox(
            "Status",
            [ANY_STATUS, *_STATUSES],
            key="runs_status",
            persist_state="session",
            help="How it is with them.",
            width=150,
        )
        whose = st.segmented_control(
            "Whose",
            [EVERYBODY, MINE],
            default=EVERYBODY,
            required=True,
            key="runs_whose",
            persist_state="session",
            help="All that were trained on this server, or those that this browser started.",
        )
        order = order_select()
        trials = sum(run.facts.origin is not None for run in all_runs)
        with_trials = search is None and _trials_switch(trials)
    if search is not None:
        _say_search(search)
    found = words.casefold().split()
    shown = [
        run
        for run in all_runs
        if _is_of(run.facts, search, with_trials)
        and (dataset in (ALL_DATA, None) or run.facts.dataset == dataset)
        and (status in (ANY_STATUS, None) or run.status in _STATUSES[status])
        and (whose != MINE or _is_own(run.facts))
        and all(word in _text(run.facts) for word in found)
    ]
    return ordered(shown, order)


def _trials_switch(count: int) -> bool:
    """Whether trials of searches are shown too; there is a switch only where there are any."""
    if not count:
        return False
    return st.toggle(
        f"Trials of searches ({count:,})",
        key="runs_trials",
        persist_state="session",
        help="A search trains many networks, each a run: shown here among the others, or only with "
        "their search.",
    )


def _say_search(search: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Only the trials of the search {quote(search)}.", width="content")
        opened = st.button(
            "Open the search",
            icon=":material/manage_search:",
            type="tertiary",
            help="What it found: its charts, and its best trial.",
        )
        st.button(
            "Show all runs",
            icon=":material/close:",
            type="tertiary",
            help="Show the other runs again.",
            on_click=lambda: address.put({SEARCH_OF: None}),
        )
    if opened:
        address.put({SEARCH_OF: None, "view": "searches", "search": search})
        st.rerun()  # the whole page, of which this is a fragment


def _is_of(facts: Facts, search: str | None, with_trials: bool) -> bool:
    if search is not None:
        return facts.origin is not None and facts.origin.search == search
    return with_trials or facts.origin is None


def _is_own(facts: Facts) -> bool:
    """Whether the visitor started it, or was given the reins."""
    return facts.owner.has(this_browser()) or token_of(facts.id) is not None


def _text(facts: Facts) -> str:
    """What is looked at for the words."""
    parts = (facts.id, facts.name, facts.network, facts.dataset, facts.differs)
    return " ".join(parts).casefold()
