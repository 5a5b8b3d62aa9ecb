"""A slider over the moments of a training, which can be played.

Streamlit's own slider tells where it is when it is let go; this one while it moves.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script

_FOLDER = Path(__file__).resolve().parent
_component = st.components.v2.component(
    "moment_slider",
    html=(_FOLDER / "moment_slider.html").read_text(encoding="utf-8"),
    css=(_FOLDER / "moment_slider.css").read_text(encoding="utf-8"),
    js=fetched_script(_FOLDER / "moment_slider.js"),
    isolate_styles=False,
)

HEIGHT = 68
"""In pixels."""


def moment_slider(
    label: str,
    moments: Sequence[str],
    index: int,
    *,
    key: str,
    on_move: Callable[[int], None],
    on_choose: Callable[[int], None],
    help: str,
) -> None:
    """Draw it.

    Args:
        label: what stands before the name of the moment.
        moments: their names, at least one.
        index: which of them is shown.
        key: name of the slider, the same in every run and unique on the page.
        on_move: called with the index it has come to, before the page runs once more; several
            times a second while it is dragged or plays.
        on_choose: called instead with the one where it comes to rest.
        help: what it is for.
    """

    def moved() -> None:
        match st.session_state[key]["moved"]:  # from a browser, which may send anything
            case {"to": int(to), "chosen": bool(chosen)}:
                (on_choose if chosen else on_move)(min(max(to, 0), len(moments) - 1))

    _component(
        key=key,
        data={"label": label, "labels": list(moments), "index": index, "help": help},
        height=HEIGHT,
        on_moved_change=moved,
    )
