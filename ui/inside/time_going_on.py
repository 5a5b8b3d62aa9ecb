"""From a moment of a training on with another learning rate: a new run, to compare with the old."""

from contextlib import suppress
from dataclasses import replace

import streamlit as st

import data
import nn
from nn.runs import Run
from ui.inside import parameters
from ui.inside.view import Scene
from ui.runs import rights
from ui.runs import text as run_text
from ui.runs.badges import BADGES
from ui.runs.jobs import jobs
from ui.runs.kept import Kept
from ui.runs.moments import at_moment
from ui.runs.numbers import rate_set_by
from ui.runs.run_names import name_run
from ui.runs.shown_ending import show_ending
from ui.runs.visitor import remember_browser
from ui.shared.counted import counted
from ui.shared.error_text import error_text
from ui.shared.link_notice import asked_decimal
from ui.shared.links import action_link
from ui.shared.number_text import number_text
from ui.shared.pages import RUNS, TRAIN
from ui.shared.tally import Trouble, note
from ui.shared.url_text import plain, quote
from ui.train.line_view import joining_text

_RATE, _FAILED = "time_rate_box", "time_not_started"
LOW, HIGH = 1e-6, 100.0


def go_on(scene: Scene, way: Kept, place: int) -> None:
    """Draw what starts a training from the moment at this place, and how it stands with the last
    one that did."""
    run = scene.chosen.choice.run
    assert run is not None  # or it would have kept nothing
    name = way.names[place]
    st.subheader("Go on from here with another learning rate", anchor=False)
    config = _config(run, scene.chosen.member)
    if config is None or not data.is_available(config.dataset):
        st.caption("The settings or the data of this training are not here, so it can't go on.")
        return
    st.markdown(
        f"A new training with the settings of this one, which begins with its weights "
        f"{at_moment(name)} as they were kept (float16). Optimizer and schedule begin anew."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        had = rate_set_by(run, scene.chosen.member, float(way.records["epoch"][place]))
        rate = _rate(scene, had or config.learning_rate)
        config = replace(config, learning_rate=rate)
        try:
            expected = jobs().check(config).words
        except ValueError as error:
            st.caption(error_text(error))
            return
        st.button(
            "Go on from here",
            icon=":material/play_arrow:",
            on_click=_start,
            args=(way, place, config),
            help="Puts it in the line of trainings; it goes on without this page.",
        )
    joining = joining_text()
    st.caption(f"{counted(config.epochs, 'epoch')}, which will take {expected}. {joining or ''}")
    failed = st.session_state.pop(_FAILED, None)
    if failed is not None:
        st.error(f"The training could not be started. {failed}", icon=":material/error:")
    _say_started(scene, run)
    remember_browser()


def _config(run: Run, member: int) -> nn.TrainingConfig | None:
    """The settings of the network; None where the folder holds something else."""
    try:
        return nn.TrainingConfig.from_dict(run.config).members[member]
    except (ValueError, TypeError, IndexError):
        return None


def _rate(scene: Scene, usual: float) -> float:
    asked = asked_decimal("time_rate", LOW, HIGH, scene.notices)
    st.session_state[_RATE] = min(max(usual, LOW), HIGH) if asked is None else asked
    chosen: float = st.number_input(
        "Learning rate",
        min_value=LOW,
        max_value=HIGH,
        step=usual / 10,
        format="%g",
        key=_RATE,
        width=160,
        help=f"It was {usual:g} at this moment. A smaller one makes finer steps.",
        on_change=lambda: parameters.choose(time_rate=f"{st.session_state[_RATE]:g}"),
    )
    return chosen


def _start(way: Kept, place: int, config: nn.TrainingConfig) -> None:
    # As it is at the moment of the click: the page may not have been drawn with it yet.
    config = replace(config, learning_rate=st.session_state[_RATE])
    try:
        first = way.history.network_at(way.records[place])
        run_id = rights.start_own(config, first)
    except (ValueError, OSError) as error:
        why = error_text(error)
        note(Trouble.START, why)
        st.session_state[_FAILED] = why
        return
    folder = jobs().folder_of(run_id)
    if folder is not None:
        with suppress(ValueError, OSError):  # a name is not worth a training
            name_run(folder, f"{way.names[place]}, rate {config.learning_rate:g}")
    parameters.choose(went_on=run_id)


def _say_started(scene: Scene, run: Run) -> None:
    """How it stands with the run that the address names."""
    run_id = parameters.get("went_on")
    if run_id is None:
        return
    state = jobs().state(run_id)
    if state is None:
        scene.notices.warning(
            f"The link asks for a training that went on, {quote(run_id)}, which is not here (any "
            "more).",
            icon=":material/link_off:",
        )
        return
    rate = state.run.config.get("learning_rate")
    shown = number_text(rate, "g") if isinstance(rate, int | float) else "?"
    st.markdown(
        f"**{plain(run_text.called(state.run))}**, learning rate {shown}: "
        f"{BADGES[state.doing or state.status]}"
    )
    if not state.is_moving:
        show_ending(*run_text.ending(state))
    with st.container(horizontal=True):
        action_link(
            RUNS,
            label="Compare both",
            help="Curves, settings and mistakes of both trainings beside each other.",
            query_params={"view": "compare", "compare": f"{run.id},{run_id}"},
        )
        action_link(
            TRAIN,
            label="Watch it",
            help="Its curves while it trains.",
            query_params={"run": run_id},
        )
