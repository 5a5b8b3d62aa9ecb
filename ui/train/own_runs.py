"""The trainings that a visitor's browser may steer, with what can be done to each."""

import streamlit as st

from nn.runs import MAX_NAME
from nn.search import read_origin
from ui.runs import rights
from ui.runs import text as run_text
from ui.runs.badges import BADGES
from ui.runs.jobs import jobs
from ui.runs.measured import planned_epochs
from ui.runs.shown_run import show_run
from ui.runs.state import RunState
from ui.runs.visitor import this_browser
from ui.shared.error_text import error_text
from ui.shared.operator_secret import operator_secret
from ui.shared.operator_settings import KEPT_RUNS, operator_setting
from ui.shared.refresh import refreshing
from ui.shared.url_text import plain
from ui.train.run_menu import is_being_named, name_field, run_buttons

REFRESH_SECONDS = 2.0


def own_runs(shown: str | None) -> None:
    """Draw the list, closed unless no run is shown; nothing for who has no run."""
    states = _own()
    if not states:
        return
    moving = sum(state.is_moving for state in states)
    st.session_state.setdefault("own_runs", shown is None)
    # Always of the same name: with another one it would be another group, and closed.
    group = st.expander("Your trainings", icon=":material/list:", key="own_runs", on_change="rerun")
    if group.open:  # closed, it costs nothing
        with group:
            refreshing(_rows, REFRESH_SECONDS if moving else None, shown, moving)


def _own() -> list[RunState]:
    """The visitor's trainings, without the trials of searches: those are listed with their
    search."""
    states = jobs().own(this_browser())
    return [state for state in states if read_origin(state.run.folder) is None]


def _rows(shown: str | None, moving: int) -> None:
    states = _own()
    if moving != sum(state.is_moving for state in states):
        st.rerun()  # the whole page: the timer
    for state in states:
        _row(state, shown)
    if operator_secret() is not None:
        st.text_input(
            "Your name for the operator",
            value=rights.person(),
            max_chars=MAX_NAME,
            key="own_person",
            placeholder="As you like",
            help="Whoever operates this app sees it beside your trainings, and nobody else does.",
            on_change=_call_me,
        )
    st.caption(
        f"This server keeps {operator_setting(KEPT_RUNS)} trainings of all visitors, and those of "
        "the last hour; of who has the most the oldest goes first. Your browser knows which are "
        "yours."
    )


def _call_me() -> None:
    try:
        rights.call_me(st.session_state["own_person"])
    except OSError as error:
        st.toast(f"That could not be kept. {error_text(error)}", icon=":material/error:")


def _row(state: RunState, shown: str | None) -> None:
    run = state.run
    with st.container(horizontal=True, vertical_alignment="center", key=f"own_run_{run.id}"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"**{plain(run_text.called(run))}** {BADGES[state.doing or state.status]}")
            st.caption(plain(row_details(state)))
        if run_buttons(state, is_open=run.id == shown):
            show_run(run.id)
            st.rerun()
    if is_being_named(run):
        name_field(run, key="name_in_list")


def row_details(state: RunState) -> str:
    """What came of a run or how far it is, and its network and data."""
    run = state.run
    epochs = planned_epochs(run)
    parts = [run_text.kind(run.config), run_text.result_accuracy(run)]
    if state.place is not None:
        parts.append(f"number {state.place} in line")
    elif state.is_moving and epochs is not None:
        done = min(run.events[-1]["epoch"], epochs)
        parts.append(run_text.epoch_text(state, epochs, done, None))
    return " · ".join(part for part in parts if part)
