"""Boxes around the digits on the drawing board, each with what was read in it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.draw.drawing import Box
from ui.draw.drawing_board import BOARD_COLOUR
from ui.shared.theme import PALETTE

_MARGIN = 4
_COLOUR = PALETTE[1]

_STYLE = f"""<style>
/* The marks are placed in the board, not in the element that Streamlit puts them into. */
:has(> * > .board-marks) {{ position: static; }}
.board-marks {{ position: absolute; inset: 0; pointer-events: none; z-index: 20; }}
.board-marks div {{
  position: absolute; box-sizing: border-box; border: 2px solid {_COLOUR}; border-radius: 6px;
}}
.board-marks span {{  /* drawing_board.js finds it a better place */
  position: absolute; left: -2px; bottom: 100%; box-sizing: border-box; min-width: 20px;
  padding: 0 5px; border-radius: 5px; background: {_COLOUR}; color: {BOARD_COLOUR};
  font: 700 15px/20px sans-serif; text-align: center;
}}
.board-marks .small span {{ min-width: 12px; padding: 0 2px; font: 700 12px/14px sans-serif; }}
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
    return (
        f'<div style="left:{left:.0f}px;top:{top:.0f}px;'
        f'width:{right - left:.0f}px;height:{bottom - top:.0f}px">'
        f"<span>{escape(text)}</span></div>"
    )
