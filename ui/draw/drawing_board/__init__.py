"""The board one draws on: `st_canvas`, with a name for screen readers and without its toolbar."""

from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.components.fetched_script import fetched_module
from ui.draw.drawing import session_drawing

WIDTH, HEIGHT = 560, 300
"""In pixels. Of the width one sees as much as there is room for."""
NARROWEST = 300
"""The board fits on a phone that is 340 wide."""
BOARD_COLOUR, INK_COLOUR = "#0a0d11", "#f8fafc"
"""A dark board with light ink, as in MNIST, looks right in the light and in the dark theme."""

_CANVAS_KEY = "drawing_canvas"
_FOLDER = Path(__file__).resolve().parent
TAGS = _FOLDER / "tags.js"
"""The script that finds a place for what is read in each frame on a picture."""

_finish = st.components.v2.component(
    "drawing_board",
    html="<span></span>",
    js=fetched_module(_FOLDER / "drawing_board.js"),
    isolate_styles=False,
)


# The canvas is always as wide as on a desktop and cut off at the right where there is less room:
# it stays when a window or a phone is turned to another width, and no script need run for it.
_STYLE = f"""<style>
.st-key-drawing_board {{
  position: relative; overflow: hidden; isolation: isolate; background: {BOARD_COLOUR};
}}
.st-key-drawing_board::before {{  /* below the canvas, until there is one */
  content: "One moment ..."; position: absolute; inset: 0; z-index: -1; color: {INK_COLOUR};
  display: grid; place-items: center;
}}
.st-key-drawing_board::after {{
  content: ""; position: absolute; inset: 0; z-index: 15; pointer-events: none;
  border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
}}
</style>"""


def drawing_board(pen_width: int, *, label: str) -> DeltaGenerator:
    """Show the session's drawing and let the visitor go on with it.

    It is as wide as its container, up to `WIDTH`. Each stroke is put into `session_drawing()`
    before the script, or the fragment this is called in, runs again.

    Args:
        pen_width: in pixels of the board.
        label: what the board is, for screen readers.

    Returns the container in which more can be laid over the board.
    """
    drawing = session_drawing()
    if _CANVAS_KEY not in st.session_state:
        drawing.show_again()
    st.html(_STYLE)
    board = st.container(key="drawing_board", width=WIDTH, height=HEIGHT, gap=None, border=False)
    with board:
        # First, so that the board is seen while a new server still loads what the canvas needs.
        _finish(key="drawing_board_finish", data={"label": label}, height=0)
        # Only a running app can import it.
        from streamlit_drawable_canvas import st_canvas

        st_canvas(
            stroke_width=pen_width,
            stroke_color=INK_COLOUR,
            background_color=BOARD_COLOUR,
            width=WIDTH,
            height=HEIGHT,
            # The board loads this again when anything in it has changed, the number too.
            initial_drawing={"objects": drawing.shown, "revision": drawing.revision},
            on_change=_receive,
            key=_CANVAS_KEY,
        )
    return board


def _receive() -> None:
    match st.session_state[_CANVAS_KEY]["drawing"]:
        case {"raw": {"objects": list(strokes)}}:
            session_drawing().receive(strokes)
