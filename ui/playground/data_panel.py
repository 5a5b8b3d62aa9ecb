"""The controls for the points: which, how many, how noisy, and points of one's own."""

from dataclasses import replace
from typing import Any

import streamlit as st

from data.plane.catalog import SETS
from data.plane.csv_text import read_points
from data.plane.points import FEWEST_POINTS, MOST_POINTS
from nn.plane.good_setups import GOOD_SETUPS
from ui.playground import notices, parameters
from ui.playground.controls import control, of_setup
from ui.playground.formula_box import choose_formula
from ui.playground.own_points import OwnPoints
from ui.playground.page_due import due_after
from ui.playground.set_pictures import set_style
from ui.playground.set_titles import set_title
from ui.playground.setup import OWN, Setup
from ui.playground.setup_address import (
    LEAST_SHARE,
    MOST_NOISE_PERCENT,
    MOST_SEED,
    MOST_SHARE,
)
from ui.shared.counted import counted
from ui.shared.tally import Trouble, note
from ui.shared.url_text import plain

_KEPT_OWN = "playground_own"
"""The visitor's own points, while they look at others."""
_POPOVER = "playground_own_points"
_TEXT, _FILE, _WRONG = "playground_csv_text", "playground_csv_file", "playground_csv_wrong"
_FIRST = 20
"""So many of the bad rows of a table are seen at once."""
_EXAMPLE = "x, y, label\n1.5, 2, blue\n-2, 0.5, orange\n0, -3, blue"


def draw_data_panel(setup: Setup) -> None:
    """Draw them, in the current container."""
    if setup.own is not None:
        st.session_state[_KEPT_OWN] = setup.own
    _choose_set(setup)
    if setup.shown_formula:
        choose_formula(setup)
    is_own = setup.data == OWN
    with st.container(key="playground_numbers"):
        control(
            setup,
            "points",
            "points",
            st.slider,
            setup.points,
            of_setup("points"),
            disabled=is_own,
            label="Points",
            min_value=FEWEST_POINTS,
            max_value=MOST_POINTS,
            step=10,
            help="How many points there are, for training and test together.",
        )
        control(
            setup,
            "noise",
            "noise",
            st.slider,
            setup.noise,
            of_setup("noise"),
            disabled=is_own,
            label="Noise",
            min_value=0,
            max_value=MOST_NOISE_PERCENT,
            step=1,
            format="%d %%",
            help="Your own points are as they are." if is_own else SETS[setup.data].noise,
        )
        control(
            setup,
            "share",
            "share",
            st.slider,
            setup.share,
            of_setup("share"),
            label="For training",
            min_value=LEAST_SHARE,
            max_value=MOST_SHARE,
            step=1,
            format="%d %%",
            help="The share of the points that the network learns from. With the others it is "
            "tested.",
        )
    with st.container(key="playground_points_buttons", horizontal=True):
        if "points" not in setup.hide:
            _new_points(setup)
        if "own" not in setup.hide:
            _bring_own(setup)
    _offer_good_setup(setup)


def _offer_good_setup(setup: Setup) -> None:
    """The way out for whoever sees that nothing is learned."""
    good = GOOD_SETUPS.get(setup.data)
    changed = {"layers", "neurons", "inputs", "activations", "optimizer", "rate", "data"}
    if good is None or changed & (setup.hide | setup.locked):
        return
    st.button(
        "A set-up that learns this",
        icon=":material/lightbulb:",
        key="playground_good_setup",
        width="stretch",
        on_click=lambda: parameters.put(
            replace(
                setup,
                arms=tuple(
                    replace(good, seed=setup.seed) if place == setup.chosen else arm
                    for place, arm in enumerate(setup.arms)
                ),
            )
        ),
        help="Layers, inputs and settings with which these points are learned in a few seconds, "
        "without noise.",
    )


def _new_points(setup: Setup) -> None:
    is_own = setup.data == OWN
    st.button(
        "Split again" if is_own else "New points",
        icon=":material/casino:",
        key="playground_new_points",
        disabled="points" in setup.locked,
        on_click=lambda: parameters.change(points_seed=(setup.points_seed + 1) % MOST_SEED),
        help="Choose others of them for the training."
        if is_own
        else "Draw other points of the same kind.",
    )


def _choose_set(setup: Setup) -> None:
    names = list(SETS)
    if setup.own is not None or _KEPT_OWN in st.session_state:
        names.append(OWN)
    own = setup.own or st.session_state.get(_KEPT_OWN)
    st.html(set_style(names, own))

    def choose(name: str | None) -> None:
        parameters.change(
            data=name or setup.data,
            own=st.session_state[_KEPT_OWN] if name == OWN else None,
            formula="",
        )

    control(
        setup,
        "data",
        "set",
        st.segmented_control,
        setup.data,
        choose,
        label="Data",
        options=names,
        format_func=_tile_title,
        required=True,
        help="What is to be learned: two or more classes of points, or a function of the plane.",
    )


def _tile_title(name: str) -> str:
    """With a place where a long word may be parted: the tiles are small."""
    return set_title(name).replace("Checkerboard", "Checker\N{SOFT HYPHEN}board")


def _bring_own(setup: Setup) -> None:
    """The box for a table; it closes once its points are used."""
    with st.popover(
        "Your own",
        icon=":material/upload_file:",
        key=_POPOVER,
        on_change="rerun",
        disabled="own" in setup.locked,
    ):  # without a help text, which would lie over this
        st.markdown(
            "Paint points into the picture, or bring a table along. One point a row: **x, y, "
            "label**, with commas, semicolons or tabs between them."
        )
        st.text_area(
            "Table",
            key=_TEXT,
            placeholder=_EXAMPLE,
            height=140,
            help="Pasted from a spreadsheet, for instance.",
        )
        st.file_uploader(
            "Or a CSV file",
            type=["csv", "txt", "tsv"],
            key=_FILE,
            max_upload_size=1,
            help="A table as above.",
        )
        # Here, where the button's help text lies over it and not over the uploader.
        st.caption("Two to six labels are classes, other numbers a function. At most 2,000 rows.")
        st.button(
            "Use these points",
            key="playground_use_csv",
            on_click=due_after(_use_table),
            help="They take the place of the points that are there.",
        )
        _say_wrong_rows()


def _use_table() -> None:
    upload: Any = st.session_state.get(_FILE)
    try:
        text = st.session_state.get(_TEXT) or ""
        if upload is not None and not text.strip():
            text = _decoded(upload.getvalue())
        points, said = read_points(text)
        parameters.put(replace(parameters.setup_now(), data=OWN, own=OwnPoints.of(points)))
    except ValueError as error:
        note(Trouble.UPLOAD, "a table of points that cannot be read")
        lines = str(error).splitlines()
        st.session_state[_WRONG] = [line[:1].upper() + line[1:] for line in lines]
    else:
        st.session_state.pop(_WRONG, None)
        notices.say(said=[f"{len(points):,} points.", *map(plain, said)])
        st.session_state[_POPOVER] = False


def _decoded(content: bytes) -> str:
    if len(content) > 1_000_000:
        raise ValueError("The file has more than a million characters; 2,000 rows are enough.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("The file is not text in UTF-8.") from None


def _say_wrong_rows() -> None:
    lines = st.session_state.get(_WRONG, [])
    if not lines:
        return
    rest = len(lines) - _FIRST if len(lines) > _FIRST else 0
    shown = [*lines[:_FIRST], f"and {counted(rest, 'row')} more"] if rest else lines
    st.error("  \n".join(map(plain, shown)))
    if rest:
        with st.expander("All of them", key="playground_csv_all"):
            st.code("\n".join(lines), language=None, height=240)
