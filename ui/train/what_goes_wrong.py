"""Trainings that go wrong, each beside a healthy twin: recorded, and to be run anew."""

import numpy as np
import streamlit as st

from nn.failures import FAILURES, recording
from nn.runs import Run
from ui.components.live_chart import live_chart
from ui.components.moment_slider import moment_slider
from ui.figures.run_charts import RUN_CHARTS
from ui.shared.url_text import quote
from ui.train import settings_panel
from ui.train.watching import parameters
from ui.train.watching.kept import Kept, kept
from ui.train.watching.ways import WAYS

WRONG, WATCH, AT = "wrong", "wrong_watch", "wrong_at"
"""In the address: which one, how it is watched, and at which step."""
_BY_NAME = {failure.name: failure for failure in FAILURES}
_BOX, _WAY_BOX = "wrong_box", "wrong_way_box"
_FIRST_WAY = "health"


def what_goes_wrong() -> None:
    """Draw the choice, and what is chosen."""
    with st.container(key="what_goes_wrong"):
        st.subheader("What goes wrong", anchor="what-goes-wrong")
        st.fragment(_draw)()


def _draw() -> None:
    name = _chosen()
    if name is None:
        st.caption(
            "Four small trainings that learn nothing, each beside one that differs in a single "
            "setting and learns well. They are recorded: they open at once."
        )
        return
    failure = _BY_NAME[name]
    st.markdown(failure.see)
    button = st.button(
        "Run it anew",
        icon=":material/replay:",
        key="wrong_anew",
        on_click=settings_panel.choose_config,
        args=(failure.config,),
        help="Puts its settings into the column of the settings: change what you like, and start.",
    )
    if button:
        st.toast("Its settings are in: press **Start training**.", icon=":material/check:")
        st.rerun()  # the settings are drawn by the whole page
    way = _chosen_way()
    wrong, twin = _recorded(failure.name), _recorded(failure.twin)
    found = _kept(wrong, way)
    step = None if found is None else _moment(found)
    columns = st.columns(2)
    titles = f"✗ {failure.title}", f"✓ {failure.twin_title}"
    for column, run, title, side in zip(columns, (wrong, twin), titles, "ab", strict=True):
        with column, st.container(key=f"wrong_{side}"):
            st.markdown(f"**{title}**")
            _curves(run, side)
            beside = _kept(run, way)
            if beside is not None and step is not None:
                nearest = min(beside.steps, key=lambda one: abs(one - step))
                WAYS[way].draw(beside, nearest, f"wrong_{side}")


def _chosen() -> str | None:
    asked = parameters.get(WRONG)
    if asked is not None and asked not in _BY_NAME:
        _warn(WRONG, asked, f"There are: {', '.join(_BY_NAME)}.")
        asked = None
    st.session_state[_BOX] = asked

    def choose() -> None:
        parameters.choose(**{WRONG: st.session_state[_BOX], AT: None})

    chosen = st.pills(
        "What goes wrong",
        list(_BY_NAME),
        key=_BOX,
        format_func=lambda name: _BY_NAME[name].title,
        label_visibility="collapsed",
        on_change=choose,
        help="Opens its recording; once more closes it.",
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
    steps = found.steps
    try:
        asked = parameters.number(AT)
    except ValueError as error:
        asked = None
        _warn(AT, str(error), "It must be a number of steps.")
    index = len(steps) - 1 if asked is None else int(np.abs(np.array(steps) - asked).argmin())

    def move(to: int) -> None:
        parameters.choose(**{AT: steps[to] if to < len(steps) - 1 else None})

    moment_slider(
        "Moment of both",
        found.names,
        index,
        key="wrong_slider",
        on_move=move,
        help="Go back through both trainings at once.",
    )
    return steps[index]


@st.cache_resource(show_spinner=False)
def _recorded(name: str) -> Run:
    return recording(name)


def _kept(run: Run, way: str) -> Kept | None:
    return kept(run.folder, str(run.config["dataset"]), 0, WAYS[way].kind)


def _curves(run: Run, side: str) -> None:
    for chart in RUN_CHARTS.values():
        figure = chart.figure(run)
        live_chart(figure, key=f"wrong_{side}_{chart.name}", alt=chart.alt(figure))


def _warn(name: str, asked: str, allowed: str) -> None:
    st.warning(
        f"The link asks for **{name}** {quote(asked)}. {allowed}", icon=":material/link_off:"
    )
