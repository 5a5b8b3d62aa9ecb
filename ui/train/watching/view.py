"""The part of the Train page that shows a run in the way that the visitor has chosen."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nn.runs import Run
from ui.runs.chosen_moment import chosen_moment
from ui.runs.kept import Kept, kept, members_with_history
from ui.runs.members import members
from ui.runs.shown_run import AT, MEMBER
from ui.shared.url_text import quote
from ui.train.watching import parameters
from ui.train.watching.parameters import WATCH
from ui.train.watching.ways import WAYS

CURVES = "curves"
_WAY_BOX = "train_watch_box"
_MEMBER_BOX = "train_member_box"


def watch(run: Run | None, moving: bool, curves: Callable[[], None]) -> None:
    """Draw the choice of ways and the chosen one, none of the others.

    Args:
        run: the run, None before there is one.
        moving: whether it may be about to have more moments.
        curves: draws the curves.
    """
    parameters.arrive()
    # Moving the slider, or another way, draws this part anew and not what is around it.
    st.fragment(_watch)(run, moving, curves)


def _watch(run: Run | None, moving: bool, curves: Callable[[], None]) -> None:
    name = _chosen_way()
    if name == CURVES:
        curves()
    else:
        with st.container(key="watching"):
            _moment_of(run, moving, name)


def _chosen_way() -> str:
    names = [CURVES, *WAYS]
    asked = parameters.get(WATCH)
    if asked is not None and asked not in names:
        _warn(f"The link asks for **watch** {quote(asked)}. There are: {', '.join(names)}.")
    parameters.show(_WAY_BOX, asked if asked in names else CURVES)

    def choose() -> None:
        way = st.session_state[_WAY_BOX]
        parameters.choose(watch=None if way == CURVES else way)

    chosen = st.segmented_control(
        "Watch",
        names,
        key=_WAY_BOX,
        format_func=lambda name: WAYS[name].title if name in WAYS else "Curves",
        required=True,
        on_change=choose,
        help="Four ways to watch the same training. The last three show any moment of it.",
    )
    return chosen or CURVES


def _moment_of(run: Run | None, moving: bool, name: str) -> None:
    way = WAYS[name]
    st.markdown(way.words)
    if run is None:
        st.info("Start a training, and watch it here.", icon=":material/play_arrow:")
        return
    row = st.container(horizontal=True, vertical_alignment="bottom", key="watching_moment")
    notices = st.container()
    with row:
        found = kept(run.folder, str(run.config.get("dataset")), _member(run), way.kind)
        step = None if found is None else _moment(found, moving, notices)
    if found is not None and step is not None:
        way.draw(found, step, "watch")
    elif moving:
        st.caption("The first moment is kept when the training begins.")
    else:
        st.info(
            "No moments were kept of this training, only its curves, as of those of earlier "
            "versions of scratch-nn.",
            icon=":material/history_toggle_off:",
        )


def _member(run: Run) -> int:
    """Which network of an ensemble; the newest one where none is chosen."""
    begun = members_with_history(run.folder, run.config)
    if len(begun) < 2:
        return begun[0] if begun else 0
    try:
        asked = parameters.number(MEMBER)
        if asked is not None and asked not in begun:
            raise ValueError(str(asked))
    except ValueError as error:
        asked = None
        _warn(
            f"The link asks for **member** {quote(str(error))}: it must be a whole number from 0 "
            f"to {begun[-1]} here."
        )
    parameters.show(_MEMBER_BOX, begun[-1] if asked is None else asked)
    count = max(len(members(run.config)), len(begun))

    def choose() -> None:
        member = st.session_state[_MEMBER_BOX]
        parameters.choose(member=None if member == begun[-1] else member, at=None)

    chosen = st.selectbox(
        "Network",
        begun,
        key=_MEMBER_BOX,
        format_func=lambda k: f"{k + 1} of {count}",
        width=130,
        on_change=choose,
        help="This training makes several networks, one after the other.",
    )
    return int(chosen)


def _moment(found: Kept, moving: bool, notices: DeltaGenerator) -> int:
    """The step of the moment that is looked at: the newest one where none is chosen."""
    steps, names = found.steps, found.names
    if moving:
        names[-1] += " (newest)"
    index = chosen_moment(
        "Moment",
        steps,
        names,
        parameter=AT,
        key="watching_slider",
        help="Go back through the training. The other ways to watch go with it.",
        notices=notices,
    )
    return steps[index]


def _warn(text: str) -> None:
    st.warning(text, icon=":material/link_off:")
