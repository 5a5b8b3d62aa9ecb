"""Trainings that go wrong, each beside a healthy twin: recorded, with settings to be taken."""

import streamlit as st

import nn
from nn.failures import FAILURES, recording
from nn.runs import Run
from ui.components.live_chart import live_chart
from ui.components.scrolled_to import scrolled_to
from ui.figures.run_charts import RUN_CHARTS
from ui.figures.run_charts.beside import beside
from ui.runs.chosen_moment import chosen_moment
from ui.runs.kept import Kept, kept
from ui.shared.url_text import quote
from ui.train import settings_panel
from ui.train.projector import is_projected
from ui.train.watching import parameters
from ui.train.watching.ways import WAYS

WRONG, WATCH, AT = "wrong", "wrong_watch", "wrong_at"
"""In the address: which one, how it is watched, and at which step."""
_BY_NAME = {failure.name: failure for failure in FAILURES}
_BOX, _WAY_BOX = "wrong_box", "wrong_way_box"
_FIRST_WAY = "health"
_TAKEN, _TURNS = "wrong_taken", "wrong_turns"
"""Whose settings were just taken, and how often that was done in this session."""


def what_goes_wrong(settings: str, start: str) -> None:
    """Draw the choice, and what is chosen; nothing on a projector.

    Args:
        settings: anchor of the heading of the settings.
        start: what the button says that trains with them.
    """
    if is_projected():
        return
    with st.container(key="what_goes_wrong"):
        st.subheader("What goes wrong", anchor="what-goes-wrong")
        st.fragment(_draw)(start)
    if _TURNS in st.session_state:
        scrolled_to(settings, turn=st.session_state[_TURNS])
    taken = st.session_state.pop(_TAKEN, None)
    if taken is not None:  # not before: the run that the click began has ended early
        st.toast(
            f"The settings of **{taken}** are in. Change what you like, then press **{start}**.",
            icon=":material/check:",
            duration="long",
        )


def _draw(start: str) -> None:
    name = _chosen()
    if name is None:
        st.caption(
            f"{len(FAILURES)} small trainings that learn nothing, each beside one that differs in "
            "a single setting and learns well. They are recorded: they open at once."
        )
        return
    failure = _BY_NAME[name]
    st.markdown(failure.see)
    way = _chosen_way()
    wrong, twin = _recorded(failure.name), _recorded(failure.twin)
    found = _kept(wrong, way)
    step = None if found is None else _moment(found)
    charts = {name: beside(chart, (wrong, twin)) for name, chart in RUN_CHARTS.items()}
    columns = st.columns(2)
    sides = (
        ("a", "✗", failure.title, failure.config, wrong),
        ("b", "✓", failure.twin_title, failure.twin_config, twin),
    )
    for place, (column, (side, mark, title, config, run)) in enumerate(
        zip(columns, sides, strict=True)
    ):
        with column, st.container(key=f"wrong_{side}"):
            st.markdown(f"**{mark} {title}**")
            _settings_button(config, title, start, side)
            for name, figures in charts.items():
                alt = RUN_CHARTS[name].alt(figures[place])
                live_chart(figures[place], key=f"wrong_{side}_{name}", alt=alt)
            own = _kept(run, way)
            if own is not None and step is not None:
                nearest = int(own.record(step)["step"])
                WAYS[way].draw(own, nearest, f"wrong_{side}")


def _settings_button(config: nn.TrainingConfig, title: str, start: str, side: str) -> None:
    def take() -> None:
        settings_panel.choose_config(config)
        st.session_state[_TAKEN] = title
        st.session_state[_TURNS] = st.session_state.get(_TURNS, 0) + 1

    pressed = st.button(
        "Use its settings",
        icon=":material/tune:",
        key=f"wrong_use_{side}",
        on_click=take,
        help="Takes them over into the settings of this page, and leads there. Nothing trains "
        f"until you press {start}.",
    )
    if pressed:
        st.rerun()  # the settings are drawn by the whole page


def _chosen() -> str | None:
    asked = parameters.get(WRONG)
    if asked is not None and asked not in _BY_NAME:
        _warn(WRONG, asked, f"There are: {', '.join(_BY_NAME)}.")
        asked = None
    st.session_state[_BOX] = asked

    def choose() -> None:
        parameters.choose(**{WRONG: st.session_state[_BOX], AT: None})

    chosen = st.pills(
        "Open a recording",
        list(_BY_NAME),
        key=_BOX,
        format_func=lambda name: _BY_NAME[name].title,
        on_change=choose,
        help="One click opens it, another one closes it.",
    )
    return None if chosen is None else str(chosen)


def _chosen_way() -> str:
    asked = parameters.get(WATCH)
    if asked is not None and asked not in WAYS:
        _warn(WATCH, asked, f"There are: {', '.join(WAYS)}.")
    st.session_state[_WAY_BOX] = asked if asked in WAYS else _FIRST_WAY

    def choose() -> None:
        way = st.session_state[_WAY_BOX]
        parameters.choose(**{WATCH: None if way == _FIRST_WAY else way})

    chosen = st.segmented_control(
        "Watch beside the curves",
        list(WAYS),
        key=_WAY_BOX,
        format_func=lambda name: WAYS[name].title,
        required=True,
        on_change=choose,
        help="Both trainings at the same moment.",
    )
    return chosen or _FIRST_WAY


def _moment(found: Kept) -> int:
    """The step of both."""
    index = chosen_moment(
        "Moment of both",
        found.steps,
        found.names,
        parameter=AT,
        key="wrong_slider",
        help="Go back through both trainings at once.",
        notices=st,
    )
    return found.steps[index]


@st.cache_resource(show_spinner=False)
def _recorded(name: str) -> Run:
    return recording(name)


def _kept(run: Run, way: str) -> Kept | None:
    return kept(run.folder, str(run.config["dataset"]), 0, WAYS[way].kind)


def _warn(name: str, asked: str, allowed: str) -> None:
    st.warning(
        f"The link asks for **{name}** {quote(asked)}. {allowed}", icon=":material/link_off:"
    )
