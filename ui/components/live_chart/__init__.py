"""A Plotly chart that can change while one looks at it.

`st.plotly_chart` builds its chart anew at every change of data: the reader sees a blank frame and
loses the zoom. `live_chart` keeps the one that stands on the page and updates it.
"""

import json
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any

import streamlit as st

from ui.components.fetched_script import fetched_module
from ui.shared.static_assets import plotly_url, widget_scripts
from ui.shared.theme import CHART_HEIGHT, PICTURE_COLOURS, Figure

BUTTON_HEIGHT = 44
"""In pixels, of the button below a chart; live_chart.css says it too."""

_HEADING_WIDTH = 50
"""Characters that fit above a picture of the usual width."""
_FARTHEST = 1e15
"""No chart reaches so far."""

_FOLDER = Path(__file__).resolve().parent
_component = st.components.v2.component(
    "live_chart",
    css=(_FOLDER / "live_chart.css").read_text(encoding="utf-8"),
    js=fetched_module(_FOLDER / "live_chart.js"),
    # Plotly writes its style sheet into the document's head, which a shadow root would not see.
    isolate_styles=False,
)


def live_chart(
    figure: Figure,
    *,
    key: str,
    alt: str,
    on_click: Callable[[dict[str, Any]], None] | None = None,
    eye: dict[str, float] | None = None,
    on_turn: Callable[[Any], None] | None = None,
    reveals: str | None = None,
    says_aside: bool = False,
    table: bool = False,
    picture: str | None = None,
    picture_of: str = "",
    height: str | None = None,
) -> None:
    """Draw `figure`, or update the chart with this `key` to it.

    Text, grid and background follow the theme of the page. A colour in the figure may be written
    as `var(--st-...)`, with the name of any of Streamlit's theme variables; `-n` after the name of
    one that holds a list picks its n-th item. Zoom is kept as long as `layout.uirevision` is the
    same.

    Args:
        figure: what to draw, made by `ui.shared.theme.figure`; its `layout.height` in pixels is
            reserved from the start, and `BUTTON_HEIGHT` more with a `picture`.
        key: name of the chart, the same in every run and unique on the page.
        alt: what the chart shows, in a sentence, for screen readers.
        on_click: called with {"x": ..., "y": ...}, the numbers on the axes of the point or cell
            that was clicked, before the page runs once more. Dragging does not zoom then.
        eye: of a surface the place that it is looked at from, {"x": ..., "y": ..., "z": ...}. It
            counts where it is new; a hand may turn the surface since.
        on_turn: called with such a place, before the page runs once more, when a hand has turned
            the surface; a program in the browser's place may send anything.
        reveals: key of the container that shows what a click chose; where it is out of sight, as on
            a phone, the page scrolls to it.
        says_aside: whether what the mouse is over, a cell of a heatmap, is said in a line above the
            plot and not beside the mouse, where it would cover other cells.
        table: whether screen readers find the points as a table behind the chart, see table.js.
        picture: name of the PNG, without its ending, that a button below the chart saves, in
            `PICTURE_COLOURS` whatever the theme; None for no button.
        picture_of: plain text that stands above the title there: on its own the picture has to say
            what the page says around the chart.
        height: what it takes in the place of the figure's height, as CSS such as "60vh".
    """
    pixels = int(figure["layout"].get("height", CHART_HEIGHT))
    callbacks: dict[str, Any] = {}
    if on_click is not None:

        def clicked() -> None:
            point = st.session_state[key]["click"]
            if _is_point(point):
                on_click(point)

        callbacks["on_click_change"] = clicked
    if on_turn is not None:
        callbacks["on_turned_change"] = lambda: on_turn(st.session_state[key]["turned"])
    _component(
        key=key,
        data={
            "figure": json.dumps(figure, allow_nan=False, separators=(",", ":")),
            "height": pixels if height is None else height,
            "alt": alt,
            "clicks": on_click is not None,
            "eye": eye,
            "reveals": reveals,
            "says_aside": says_aside,
            "table": table,
            "picture": picture and _picture(picture, picture_of),
            "plotly": plotly_url(),
        },
        height="content" if height is not None else pixels + (BUTTON_HEIGHT if picture else 0),
        **callbacks,
    )


def _is_point(sent: Any) -> bool:
    """Whether it is what the browser sends; a program in its place may send anything."""
    return isinstance(sent, dict) and all(
        isinstance(place, int | float) and abs(place) <= _FARTHEST
        for place in (sent.get("x"), sent.get("y"))
    )


def _picture(name: str, heading: str) -> dict[str, Any]:
    """What the browser has to know to save a picture."""
    lines = [escape(line, quote=False) for line in wrap(heading, _HEADING_WIDTH)]
    return {"name": name, "colours": PICTURE_COLOURS} | ({"heading": lines} if lines else {})


def load_early(scripts: Sequence[str] = ()) -> None:
    """Let the browser load what other pages need while it has nothing else to do.

    To load and run Plotly's 5 MB takes a browser more than a second, and the widgets' scripts a
    quarter of one.

    Args:
        scripts: addresses of more, relative to the root of the app.
    """
    data = {"plotly": plotly_url(), "scripts": [*widget_scripts(), *scripts]}
    _component(key="load_early", data=data, height=0)
