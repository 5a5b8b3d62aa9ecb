"""Boxes around the digits on the drawing board, each with what was read in it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.draw.drawing import Box
from ui.draw.drawing_board import BOARD_COLOUR, HEIGHT
from ui.shared.theme import PALETTE

_MARGIN = 4
_LABEL_HEIGHT = 20
_COLOUR = PALETTE[1]

_STYLE = f"""<style>
/* The marks are placed in the board, not in the element that Streamlit puts them into. */
:has(> * > .board-marks) {{ position: static; }}
.board-marks {{ position: absolute; inset: 0; pointer-events: none; z-index: 20; }}
.board-marks div {{
  position: absolute; box-sizing: border-box; border: 2px solid {_COLOUR}; border-radius: 6px;
}}
.board-marks span {{
  position: absolute; left: -2px; bottom: 100%; height: {_LABEL_HEIGHT}px; min-width: 20px;
  padding: 0 5px; border-radius: 6px 6px 0 0; background: {_COLOUR}; color: {BOARD_COLOUR};
  font: 700 15px/{_LABEL_HEIGHT}px sans-serif; text-align: center;
}}
.board-marks .below span {{ bottom: auto; top: 100%; border-radius: 0 0 6px 6px; }}
.board-marks .inside span {{ bottom: -2px; border-radius: 0 6px 0 6px; }}
</style>"""


def board_marks(boxes: Sequence[Box], texts: Sequence[str]) -> None:
    """Lay boxes with texts over the drawing board whose container this is called in.

    They are no part of the drawing, and pen and finger go through them. Screen readers hear the
    number from the page's announcement instead.
    """
    marks = "".join(map(_mark, boxes, texts))
    st.html(f'{_STYLE}<div class="board-marks" aria-hidden="true">{marks}</div>')


def _mark(box: Box, text: str) -> str:
    left, top, right, bottom = box
    left, top, right, bottom = left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN
    # The text stands above the box if there is room.
    place = "above"
    if top < _LABEL_HEIGHT:
        place = "below" if bottom + _LABEL_HEIGHT <= HEIGHT else "inside"
    return (
        f'<div class="{place}" style="left:{left:.0f}px;top:{top:.0f}px;'
        f'width:{right - left:.0f}px;height:{bottom - top:.0f}px">'
        f"<span>{escape(text)}</span></div>"
    )
