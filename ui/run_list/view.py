"""The view "All runs" of the page Runs."""

import streamlit as st

from ui.run_list.actions import actions
from ui.run_list.bring import bring_run
from ui.run_list.deleting import undo_notice
from ui.run_list.facts import all_facts
from ui.run_list.filters import count_hidden, filtered
from ui.run_list.listed import Listed
from ui.run_list.table import run_table
from ui.runs.badges import ENDED_EARLY
from ui.runs.jobs import jobs
from ui.shared import address
from ui.shared.counted import counted
from ui.shared.links import action_link
from ui.shared.pages import TRAIN
from ui.shared.refresh import refreshing

REFRESH_SECONDS = 2.0


def run_list() -> None:
    """Show all runs of this server in a table, with what can be done with those chosen in it."""
    is_moving = any(run.moves for run in _all_runs())
    refreshing(_list, REFRESH_SECONDS if is_moving else None, is_moving)
    bring_run()


def _list(was_moving: bool) -> None:
    undo_notice()
    all_runs = _all_runs()
    if was_moving != any(run.moves for run in all_runs):
        st.rerun()  # the whole page: the timer
    if not all_runs:
        st.info("No network has been trained here yet.", icon=":material/info:")
        action_link(TRAIN, label="Train a network")
        return
    shown = filtered(all_runs)
    if not shown:
        _say_none(all_runs)
        return
    # A line between: on phones the table's own buttons lie over what is above it.
    whole = counted(len(all_runs), "run")
    st.caption(whole if len(shown) == len(all_runs) else f"{len(shown):,} of {whole}")
    actions(run_table(shown))


def _say_none(all_runs: list[Listed]) -> None:
    """Say that the filters let nothing through, and what of trials they leave out besides."""
    hidden = count_hidden(all_runs)
    if not hidden:
        st.info("No run is like that.", icon=":material/filter_alt:")
        return
    none = "No run in this list is like that"
    if hidden == len(all_runs):
        none = "All runs that are here are trials of searches"
    st.info(
        f"{none}. Trials are left out here: turn on “Trials of searches” above, or look at their "
        "searches.",
        icon=":material/filter_alt:",
    )
    if st.button(
        "Searches",
        icon=":material/manage_search:",
        key="runs_to_searches",
        help="All searches, each with its trials.",
    ):
        address.put({"view": "searches"})
        st.rerun()  # the whole page, of which this is a fragment


def _all_runs() -> list[Listed]:
    """All runs with how it is with each."""
    line = jobs().line()
    moving = {state.key: state for state in (*line.active, *line.waiting)}
    listed = []
    for facts in all_facts().newest():
        state = moving.get(facts.id)
        if state is None:  # in no place of this server, but perhaps in a terminal's
            status = ENDED_EARLY if facts.ended_early else facts.status
            listed.append(Listed(facts, status, facts.status in ("running", "paused")))
        else:
            listed.append(Listed(facts, state.doing or state.status, state.is_moving))
    return listed
