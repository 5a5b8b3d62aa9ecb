"""The comparison of several runs and models: what the page Runs shows of them."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from ui.compare.compared import Compared, choose_compared
from ui.compare.curves import curves, notice_bad_curves
from ui.compare.facts import result_rows, setting_rows
from ui.compare.mistakes import mistakes
from ui.compare.table import table
from ui.runs.badges import shown_status
from ui.runs.jobs import jobs
from ui.shared.refresh import refreshing

REFRESH_SECONDS = 1.0


def comparison() -> None:
    """Draw the comparison of those that the address names (`?compare=ID,ID`)."""
    notices = st.container()
    compared = choose_compared(notices)
    if len(compared) < 2:
        st.info(
            "Choose two or more: their curves in one chart, their settings side by side, and "
            "which images each of them gets wrong.",
            icon=":material/compare_arrows:",
        )
        return
    notice_bad_curves(notices)
    stage = _stage(compared)
    refreshing(_trainings, REFRESH_SECONDS if stage.moving else None, compared, stage)
    mistakes(compared, notices)


class _Stage(NamedTuple):
    """What the whole page depends on: it is drawn anew where that changes.

    moving: the runs with which something can happen without anybody's doing.
    with_model: the letters of those that can be asked.
    """

    moving: list[str]
    with_model: list[str]


def _stage(compared: Sequence[Compared]) -> _Stage:
    states = [jobs().state(one.run.id) for one in compared if one.run is not None]
    moving = [state.run.id for state in states if state is not None and state.is_moving]
    return _Stage(moving, [one.letter for one in compared if one.has_model])


def _trainings(compared: Sequence[Compared], stage: _Stage) -> None:
    """Curves, settings and results, which follow those that still train."""
    if _stage(compared) != stage:
        st.rerun()
    st.header("Curves")
    curves(compared)
    st.header("Settings and results")
    head = ["", *(one.title for one in compared)]
    rows = result_rows(compared, [_status(one) for one in compared])
    table("Results", head, [(row.name, *row.cells) for row in rows])
    everything = st.toggle(
        "All settings",
        key="compare_all_settings",
        persist_state="session",
        help="Show the settings that are the same in all of them, too.",
    )
    settings = setting_rows(compared)
    shown = [row for row in settings if everything or row.differs]
    if shown:
        title = "All settings" if everything else "Settings that differ"
        same = [everything and not row.differs for row in shown]
        table(title, head, [(row.name, *row.cells) for row in shown], same)
    elif any(one.run for one in compared):
        st.markdown("Their settings are the same, as far as they are known.")
    if any(one.run is None for one in compared):
        st.caption("Models that come with the app do not hold the settings of their training.")


def _status(one: Compared) -> str:
    if one.run is None:
        return ""
    state = jobs().state(one.run.id)
    if state is None:
        return "removed"
    last = state.run.events[-1] if state.run.events else {}
    return {"running": "training"}.get(state.status, shown_status(state.status, last))
