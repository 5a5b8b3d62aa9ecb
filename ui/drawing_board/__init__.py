"""The board one draws on: `st_canvas`, with a name for screen readers and without its toolbar."""

import base64
from pathlib import Path

import streamlit as st

from ui.drawing import session_drawing

#: Sides of the board in pixels: it fits on a phone that is 340 wide, with room to scroll beside it.
SIZE = 300
#: A dark board with light ink, as in MNIST, looks right in the light and in the dark theme.
BOARD_COLOUR = "#0a0d11"
INK_COLOUR = "#f8fafc"

_CANVAS_KEY = "drawing_canvas"
_FOLDER = Path(__file__).resolve().parent
_finish = st.components.v2.component(
    "drawing_board",
    html="<span></span>",
    js=(_FOLDER / "drawing_board.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def drawing_board(pen_width: int, *, label: str) -> None:
    """Show the session's drawing and let the visitor go on with it.

    Each stroke is put into `session_drawing()` before the script, or the fragment this is called
    in, runs again.

    Args:
        pen_width: in pixels of the board.
        label: what the board is, for screen readers.
    """
    # Only a running app can import it.
    from streamlit_drawable_canvas import st_canvas

    drawing = session_drawing()
    if _CANVAS_KEY not in st.session_state:
        drawing.show_again()
    with st.container(key="drawing_board", width=SIZE, gap=None):
        st_canvas(
            stroke_width=pen_width,
            stroke_color=INK_COLOUR,
            background_color=BOARD_COLOUR,
            width=SIZE,
            height=SIZE,
            # The board loads this again when anything in it has changed, the number too.
            initial_drawing={"objects": drawing.shown, "revision": drawing.revision},
            return_image_data=True,
            on_change=_receive,
            key=_CANVAS_KEY,
        )
        _finish(key="drawing_board_finish", data={"label": label}, height=0)


def _receive() -> None:
    sent = st.session_state[_CANVAS_KEY]["drawing"]
    address = sent["data"]
    picture = base64.b64decode(address.partition(",")[2]) if address else None
    session_drawing().receive(sent["raw"].get("objects", []), picture)
