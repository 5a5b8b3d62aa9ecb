"""Which of the runs the list shows: by words, data, status, and whose they are."""

from collections.abc import Sequence

import streamlit as st

from ui.run_list.facts import Facts
from ui.run_list.listed import Listed
from ui.run_list.order import ORDERS, order_select, ordered
from ui.runs.badges import ENDED_EARLY
from ui.runs.jobs import jobs
from ui.runs.rights import token_of
from ui.runs.told_apart import short_id
from ui.runs.visitor import this_browser
from ui.search.text import called
from ui.shared import address
from ui.shared.link_notice import notice_bad_value
from ui.shared.url_text import plain, quote

SEARCH_OF = "search_of"
"""Where the address says of which search alone the trials are shown."""

ALL_DATA = "All data"
ANY_STATUS = "Any status"
UNDER_WAY = "Under way"
_STATUSES = {
    UNDER_WAY: ("waiting", "gave way", "starting", "running", "pausing", "resuming", "paused"),
    "Finished": ("finished",),
    "Stopped": ("stopping", "stopped"),
    "Ended early": (ENDED_EARLY,),
    "Failed": ("failed",),
    "Interrupted": ("interrupted",),
}
EVERYBODY, MINE = "All", "Mine"
_MOST_CHARACTERS = 200
"""Of words to find."""
_SHORT = 6
"""Characters of a word that is looked for in no time and date of an id."""


def filtered(all_runs: Sequence[Listed]) -> list[Listed]:
    """Draw the filters, and give the runs that they let through, in the order that is chosen."""
    search = address.get(SEARCH_OF)
    datasets = [ALL_DATA, *sorted({run.facts.dataset for run in all_runs} - {""})]
    _notice_bad_values(datasets)
    with st.container(horizontal=True, vertical_alignment="bottom", key="run_filters"):
        words = st.text_input(
            "Find",
            key="runs_find",
            bind="query-params",
            persist_state="session",
            max_chars=_MOST_CHARACTERS,
            placeholder="Such as: adam 128",
            help="Shows the runs in whose row all these words stand: a name, a network, a setting.",
            width=220,
        )
        dataset = st.selectbox(
            "Data",
            datasets,
            key="runs_data",
            bind="query-params",
            persist_state="session",
            help="The images that they learned from.",
            width=170,
        )
        status = st.selectbox(
            "Status",
            [ANY_STATUS, *_STATUSES],
            key="runs_status",
            bind="query-params",
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
            bind="query-params",
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
        and _has_words(run.facts, found)
    ]
    return ordered(shown, order)


def count_hidden(all_runs: Sequence[Listed]) -> int:
    """How many trials of searches the list leaves out, whatever the other filters say."""
    if address.get(SEARCH_OF) is not None or st.session_state.get("runs_trials"):
        return 0
    return sum(run.facts.origin is not None for run in all_runs)


def _notice_bad_values(datasets: Sequence[str]) -> None:
    """Say so where the address asks for what the boxes don't have."""
    notices = st.container()
    notice_bad_value("runs_data", datasets, notices)
    notice_bad_value("runs_status", [ANY_STATUS, *_STATUSES], notices)
    notice_bad_value("runs_whose", [EVERYBODY, MINE], notices)
    notice_bad_value("runs_order", ORDERS, notices)


def _trials_switch(count: int) -> bool:
    """Whether trials of searches are shown too; there is a switch only where there are any."""
    if not count:
        return False
    return st.toggle(
        f"Trials of searches ({count:,})",
        key="runs_trials",
        bind="query-params",
        persist_state="session",
        help="A search trains many networks, each a run: shown here among the others, or only with "
        "their search.",
    )


def _say_search(search: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{_search_name(search)}: only its trials.", width="content")
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


def _search_name(search: str) -> str:
    """What a search is called; of one that is not here any more only its id is known."""
    state = jobs().searches.state(search)
    return f"Search {quote(search)}" if state is None else plain(called(state.search))


def _is_of(facts: Facts, search: str | None, with_trials: bool) -> bool:
    if search is not None:
        return facts.origin is not None and facts.origin.search == search
    return with_trials or facts.origin is None


def _is_own(facts: Facts) -> bool:
    """Whether the visitor started it, or was given the reins."""
    return facts.owner.has(this_browser()) or token_of(facts.id) is not None


def _has_words(facts: Facts, words: Sequence[str]) -> bool:
    parts = (short_id(facts.id), facts.title, facts.network, facts.dataset, facts.differs)
    text = " ".join(parts).casefold()
    # The date and time in an id have any short number somewhere.
    return all(word in text or (len(word) > _SHORT and word in facts.id) for word in words)
