"""A run on the page: its controls, how far it is, its numbers and its charts."""

from collections.abc import Callable
from typing import ClassVar, cast

import streamlit as st

from nn.runs import Run
from nn.search import read_origin
from ui.components.live_chart import live_chart
from ui.figures.run_charts import RUN_CHARTS
from ui.models.select import prefer_model
from ui.runs import text as run_text
from ui.runs.badges import BADGES
from ui.runs.jobs import jobs
from ui.runs.measured import planned_epochs
from ui.runs.numbers import GFLOPS_NOTE, base_rate, newest_numbers
from ui.runs.rights import is_own, steers
from ui.runs.shown_ending import show_ending
from ui.runs.state import RunState
from ui.runs.time_left import seconds_left
from ui.shared.pages import RUNS
from ui.shared.refresh import refreshing
from ui.shared.url_text import plain
from ui.train.chart_switches import chart_switches
from ui.train.health_line import ending_with_health, health_line
from ui.train.line_view import joining_text, pause_text, turn_text, waiting_texts
from ui.train.projector import is_projected, projected
from ui.train.run_actions import controls, look_inside, next_steps
from ui.train.spoken_progress import announce_progress
from ui.train.watching.view import watch

REFRESH_SECONDS, WAITING_SECONDS, LINE_SECONDS = 0.4, 2.0, 5.0
"""The view of a training; of one that waits or is paused; of none, while others train and wait.
Seldomer where many look at theirs."""

SILENT = (
    "The computer is very busy or was asleep, or the training's process is held. What was saved "
    "last is kept."
)
WAKES = "Any button here wakes it up."
"""Whoever may steer it has buttons."""


def run_view(
    state: RunState | None, joining: str | None, start: Callable[[str | None], None]
) -> None:
    """Show a run, or where it will be; while something moves, the view renews itself.

    The view has the same parts in the same order in every state, so that none of them is built
    anew.

    Args:
        state: the run, None where there is none.
        joining: `joining_text()` as it is now.
        start: draws what begins a new run, where the controls of a run under way are; it is given
            `joining_text()` as it is then.
    """
    run_id = state.run.id if state is not None else None
    pace = _pace(state, joining)
    refreshing(_draw, pace, run_id, pace, _rate(state), start)


def _pace(state: RunState | None, joining: str | None) -> float | None:
    """Seconds from one time to the next; None where nothing can change."""
    if state is not None and state.is_moving:
        still = state.place is not None or (state.status == "paused" and state.doing is None)
        return WAITING_SECONDS if still else REFRESH_SECONDS
    return LINE_SECONDS if joining is not None else None


def _rate(state: RunState | None) -> float | None:
    """The learning rate as it was set last, which the settings beside the view follow."""
    return None if state is None else base_rate(state.run)


def _draw(
    run_id: str | None,
    pace: float | None,
    rate: float | None,
    start: Callable[[str | None], None],
) -> None:
    """The view itself, drawn anew at this pace, of a run that had this rate when it began."""
    state = jobs().state(run_id) if run_id is not None else None
    joining = joining_text()
    now = _pace(state, joining)
    moving = state is not None and state.is_moving
    if moving != (pace in (REFRESH_SECONDS, WAITING_SECONDS)):
        st.rerun()  # the whole page: it sets the timer and knows what else changed
    if state is not None and state.run.model_path.is_file():
        prefer_model(state.run.id)
    with st.container(key="run_top", horizontal=True, vertical_alignment="center"):
        _top(state, joining, start)
    # After the buttons: one that was just pressed is heard first.
    if now != pace or _rate(state) != rate:
        st.rerun()
    with st.container(key="run_name"):
        if state is None:
            st.markdown("**No training yet**")
        else:
            name = plain(run_text.name(state.run))
            whose = " :gray-badge[:material/person: yours]" if is_own(state.run.id) else ""
            st.markdown(
                f"**{name}** {_details(state.run)} {BADGES[state.doing or state.status]}{whose}"
            )
    with st.container(key="run_middle"):
        if state is None:
            st.markdown(
                "Press **Start training** and watch the network learn: its loss falls, its "
                "accuracy rises. You can change every setting first, or later."
            )
        elif state.is_moving:
            _progress(state)
        else:
            show_ending(*ending_with_health(state))
            if joining is not None and is_projected():
                st.caption(joining)
    announce_progress(state)
    run = state.run if state is not None else cast(Run, _NoRun())
    if is_projected():
        projected(run)
    else:
        _numbers(run)
        watch(state.run if state is not None else None, moving, lambda: _curves(run))


def _top(state: RunState | None, joining: str | None, start: Callable[[str | None], None]) -> None:
    """The controls of a run under way, or what begins a new one; and where to go from here."""
    has_controls = state is not None and state.is_moving and steers(state.run.id)
    if state is not None and has_controls:
        controls(state)
    else:
        start(joining)
    has_next_steps = state is not None and not state.is_moving
    if state is not None:
        if has_next_steps:
            next_steps(state)
        elif state.place is None:
            look_inside(state.run)
    # Large, the next steps leave no room for it: there it stands below the result.
    if joining is not None and not has_controls and not (has_next_steps and is_projected()):
        st.caption(joining, width="content")


def _details(run: Run) -> str:
    details = run_text.details(run)
    return f"· {plain(details)}" if details else ""


class _NoRun:
    """As much of a run as the numbers and charts look at, before there is one."""

    id = ""
    status = "waiting"
    config: ClassVar[dict] = {}
    events: tuple = ()
    progress: tuple = ()
    epochs: tuple = ()

    def last(self, type: str) -> None:
        """There is no event of any type."""


def _numbers(run: Run) -> None:
    # All six side by side at 1280 pixels.
    with st.container(key="run_numbers", horizontal=True, gap="small"):
        for label, (number, explanation) in newest_numbers(run).items():
            st.metric(label, number, help=explanation, width="content")
    st.caption(GFLOPS_NOTE)


def _curves(run: Run) -> None:
    on = chart_switches()
    with st.container(key="run_charts", horizontal=True):
        for chart in RUN_CHARTS.values():
            figure = chart.figure(run, **on)
            with st.container():
                live_chart(figure, key=f"{chart.name}_chart", alt=chart.alt(figure))


def _progress(state: RunState) -> None:
    epochs = planned_epochs(state.run)
    if state.place is not None:
        where, ahead = waiting_texts(state)
        done = state.run.events[-1]["epoch"] if state.run.events else 0.0
        st.progress(min(1.0, done / epochs) if epochs else 0.0, text=where)
        st.caption(ahead)
    elif epochs is None:
        st.progress(0.0, text="Reading the images")
    else:
        done = min(state.run.events[-1]["epoch"], epochs)
        text = run_text.epoch_text(state, epochs, done, seconds_left(state.run))
        is_over = done == epochs and run_text.validated(state.run) is None
        if state.status == "running" and is_over and not (state.doing or state.silence):
            text = "All epochs are done; measuring the test accuracy ..."
        st.progress(done / epochs, text=text)
        if state.silence is not None:
            st.caption(f"{SILENT} {WAKES}" if steers(state.run.id) else SILENT)
        health_line(state.run)
        note = (state.run.last("resumed") or {}).get("note")
        if note:
            st.caption(plain(note))
        turn = turn_text(state)
        if turn is not None and state.doing is None:
            st.caption(turn)
    if state.status == "paused" and state.doing != "stopping":
        st.caption(pause_text(state))
    if not steers(state.run.id):
        _watching(state.run)


def _watching(run: Run) -> None:
    """Say why there are no buttons."""
    origin = read_origin(run.folder)
    if origin is None:
        st.caption(
            "You are watching. Only the person who started this training can pause or stop it."
        )
        return
    st.page_link(
        RUNS.file,
        label=f"This is trial {origin.trial + 1} of a search, which decides how long it trains.",
        icon=RUNS.icon,
        query_params={"view": "searches", "search": origin.search},
        help="The search: all its trials, and what it has found.",
    )
