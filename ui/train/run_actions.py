"""What one can do with a run: steer it while it trains, see where to go when it has ended."""

import streamlit as st

from nn.runs import Run
from ui.components.pressed import says_when_pressed
from ui.runs.jobs import jobs
from ui.runs.numbers import base_rate
from ui.runs.resumed_rate import may_change_rate, suggested_rate
from ui.runs.rights import steers
from ui.runs.shown_run import AT, MEMBER, current_run, forget_run
from ui.runs.state import RunState
from ui.settings.settings import LEARNING_RATES
from ui.settings.widgets import plain_number
from ui.shared import address
from ui.shared.error_text import error_text
from ui.shared.links import action_link
from ui.shared.network_address import visitor_address
from ui.shared.pages import DRAW, EVALUATE, INSIDE
from ui.train.rate_now import rate_now


def next_steps(state: RunState) -> None:
    """Draw where to go with a run that has ended, in the current container."""
    run = state.run
    if run.model_path.is_file():
        _links(run)
    if steers(run.id):
        _resuming(state)
    closed = st.button(
        "Close",
        icon=":material/close:",
        type="tertiary",
        help="Show the empty page again. You find this training in the lists below.",
    )
    if closed:
        forget_run()
        st.rerun()  # the whole page, of which this is a fragment


def _resuming(state: RunState) -> None:
    """Draw the button that lets a run go on, with the learning rate that it then has, and what
    changes that."""
    run, suggested = state.run, None
    if not state.is_moving and may_change_rate(run):
        suggested = suggested_rate(run)
    if suggested is None and not can_go_on(state):
        return
    key = f"rate_of_{run.id}_after_{len(run.events)}"
    label, explanation = "Resume" if run.events else "Start", "Go on where this training ended."
    if suggested is not None:
        label += f" at {plain_number(st.session_state.get(key, suggested))}"
        explanation += (
            " The number is its learning rate from there on; Another rate changes it. The settings "
            "on this page are those of the next training."
        )
    st.button(
        label,
        icon=":material/resume:",
        key=f"resume_{run.id}",  # whatever the rate is at the moment of the click
        help=explanation,
        on_click=resume,
        args=(run.id, key),
    )
    if suggested is not None:
        # As high as the buttons beside it: nothing below moves when it comes.
        with st.popover("Another rate", icon=":material/speed:", key=f"another_{key}"):
            _resumed_rate(run, suggested, key)


def _resumed_rate(run: Run, suggested: float, key: str) -> None:
    had = base_rate(run)
    explanation = "How far each step changes the weights, from there on."
    if run.has_diverged and had is not None:
        explanation += f" With {plain_number(had)} this training diverged."
    st.select_slider(
        "Learning rate after Resume",
        sorted({*LEARNING_RATES, suggested}),
        value=suggested,
        format_func=plain_number,
        key=key,
        help=explanation,
        width=260,
    )


def look_inside(run: Run) -> None:
    """Draw the link into the network of a run, which can be followed as soon as there is one: the
    member and moment that are looked at here."""
    is_there = run.model_path.is_file()
    watched = {name: value for name in (AT, MEMBER) if (value := address.get(name)) is not None}
    action_link(
        INSIDE,
        label="Look inside",
        query_params={"model": run.id, **watched},
        help="What this network does with an image, number by number, on the Inside page."
        if is_there
        else "In a moment, when the network has been saved for the first time.",
        disabled=not is_there,
    )


def controls(state: RunState) -> None:
    """Draw the controls of a run under way, in the current container."""
    if state.place is not None:
        st.button(
            "Leave the line",
            icon=":material/close:",
            help="Do not train this one after all.",
            on_click=cancel,
            args=(state.run.id,),
        )
        return
    with says_when_pressed("Pausing ...", key="pause_command"):
        if state.doing == "pausing":
            _underway("Pausing ...", "It holds in a moment.")
        elif state.status != "paused":
            _command(
                state,
                "Pause",
                "pause",
                ":material/pause:",
                "Hold the training; all is kept. After two minutes it makes room if others wait.",
            )
    if state.status == "paused":
        _command(state, "Resume", "resume", ":material/play_arrow:", "Go on with the training.")
    with says_when_pressed("Stopping ...", key="stop_command"):
        if state.doing == "stopping":
            _underway("Stopping ...", "It ends when the test accuracy has been measured.")
            if state.silence is not None:
                st.button(
                    "End it now",
                    icon=":material/stop_circle:",
                    help="Do not wait for it. What was saved last is kept, and you can resume.",
                    on_click=end_now,
                    args=(state.run.id,),
                )
        else:
            _command(
                state,
                "Stop",
                "stop",
                ":material/stop:",
                "End the training here. The network is kept, and you can resume later.",
            )
    rate_now(state.run)


def _command(state: RunState, label: str, command: str, icon: str, explanation: str) -> None:
    st.button(
        label,
        icon=icon,
        help=explanation,
        disabled=state.doing == "stopping",
        on_click=send,
        args=(state.run.id, command),
    )


def _underway(label: str, explanation: str) -> None:
    """In the place of a command that has been given."""
    st.button(label, icon=":material/hourglass_top:", help=explanation, disabled=True)


def _links(run: Run) -> None:
    """Links to what one can do with the trained network."""
    action_link(
        EVALUATE,
        label="See its mistakes",
        query_params={"model": run.id},
        help="The confusion matrix of this network, on the Evaluate page.",
    )
    action_link(
        DRAW,
        label="Draw a digit for it",
        query_params={"model": run.id},
        help="Let this network read your handwriting, on the Draw page.",
    )
    look_inside(run)


def can_go_on(state: RunState) -> bool:
    """Whether a run that is not under way can be put in line (again)."""
    return not state.is_moving and (state.status == "waiting" or state.run.can_go_on)


def send(run_id: str, command: str) -> None:
    """Tell a training to pause, resume or stop."""
    if steers(run_id):
        jobs().send(run_id, {"command": command})


def end_now(run_id: str) -> None:
    """End a training that doesn't do what it was told."""
    if steers(run_id):
        jobs().end_now(run_id)


def cancel(run_id: str) -> None:
    """Take a run out of the line; one that is no more then is not shown any more."""
    if not steers(run_id):
        return
    jobs().cancel(run_id)
    if jobs().state(run_id) is None and current_run() == run_id:
        forget_run()


def resume(run_id: str, rate_key: str = "") -> None:
    """Put a run that has ended early in line again; with the learning rate that stands under this
    key, if there is one and it is another than the run had."""
    state = jobs().state(run_id) if steers(run_id) else None
    if state is None:
        return
    rate = st.session_state.get(rate_key) if rate_key else None
    if rate == base_rate(state.run) and not state.run.has_diverged:
        rate = None
    try:
        jobs().resume(run_id, address=visitor_address(), learning_rate=rate)
    except ValueError as error:
        st.toast(error_text(error), icon=":material/error:")
