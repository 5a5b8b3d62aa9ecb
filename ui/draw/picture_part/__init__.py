"""The visitor's picture and what is read on it; a rectangle there says which part to read."""

import base64
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui.components import how_it_works
from ui.components.fetched_script import fetched_module
from ui.draw.drawing_board import BOARD_COLOUR, TAGS, WIDTH
from ui.draw.picture import Picture, part_from_browser
from ui.shared.theme import PALETTE

_KEY = "picture_part"
_HIGHEST = 360
"""In pixels: on a phone there must be room beside it for a finger that scrolls."""

_FOLDER = Path(__file__).resolve().parent
_component = st.components.v2.component(
    _KEY,
    html='<div class="part"></div>',
    css=(_FOLDER / "picture_part.css").read_text(encoding="utf-8"),
    js=fetched_module(_FOLDER / "picture_part.js", (how_it_works.SCRIPTS / "dragging.js", TAGS)),
    isolate_styles=False,
)


def picture_part(
    picture: Picture,
    shape: tuple[int, int],
    boxes: Sequence[tuple[int, int, int, int]],
    texts: Sequence[str],
    left_out: Sequence[tuple[int, int, int, int]],
) -> None:
    """Show it, and let the visitor choose a part with mouse, finger or keyboard.

    What is chosen goes to the picture before the script, or the fragment this is called in, runs
    again.

    Args:
        picture: the session's.
        shape: height and width of what `boxes` are measured on.
        boxes: left, top, right and bottom around each digit.
        texts: what is read in each.
        left_out: where something else is that may be a digit.
    """

    def chosen() -> None:
        picture.choose(part_from_browser(st.session_state[_KEY]["chosen"]))

    height, width = shape
    sides = (width, height, width, height)

    def shares(box: tuple[int, int, int, int]) -> list[float]:
        return [edge / side for edge, side in zip(box, sides, strict=True)]

    _component(
        key=_KEY,
        data={
            "source": "data:image/webp;base64," + base64.b64encode(picture.file).decode(),
            "width": f"min(100%, {WIDTH}px, {_HIGHEST * width / height:.0f}px)",
            "ratio": width / height,
            "colours": [PALETTE[1], BOARD_COLOUR],
            "marks": [[*shares(box), text] for box, text in zip(boxes, texts, strict=True)],
            "leftOut": [shares(box) for box in left_out],
            "part": picture.part,
        },
        on_chosen_change=chosen,
    )
    with st.container(horizontal=True, key="picture_buttons"):
        st.button(
            "Whole picture",
            icon=":material/zoom_out_map:",
            on_click=picture.choose,
            args=(None,),
            disabled=picture.part is None,
            help="Read all of the picture again, and not only the part in the rectangle.",
        )
        st.button(
            "Turn",
            icon=":material/rotate_left:",
            on_click=picture.turn,
            help="Turn the picture to the left, if it lies on its side or upside down.",
        )
