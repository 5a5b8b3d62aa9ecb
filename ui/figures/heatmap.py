"""A heatmap with a text in each cell, and a frame around marked ones."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.shared import theme

BLANK = "\u00a0"
"""Text of an empty cell: Plotly drops a text of no length, and for good, whatever follows."""
_FRAME_COLOUR = theme.PALETTE[1]
_DARK_FROM = 0.6


def heatmap_traces(
    strengths: np.ndarray,
    hovertexts: Sequence[Sequence[str]],
    texts: Sequence[str],
    text_size: int = 13,
) -> list[dict[str, Any]]:
    """The cells, at x = column and y = row, and the texts on them, as traces of Plotly.

    Args:
        strengths: (rows, columns) in [0, 1], how dark each cell is; NaN for a gap.
        hovertexts: what is said of each cell, row by row.
        texts: what stands on the cells, one after another.
        text_size: in pixels.
    """
    columns, rows = np.meshgrid(*map(range, strengths.shape[::-1]))
    cells = {
        "type": "heatmap",
        "z": [[None if np.isnan(value) else value for value in row] for row in strengths.tolist()],
        "zmin": 0.0,
        "zmax": 1.0,
        "colorscale": [[step / 9, colour] for step, colour in enumerate(theme.THEME_SEQUENTIAL)],
        "showscale": False,
        "hovertext": hovertexts,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "hoverongaps": False,
        "xgap": 1,
        "ygap": 1,
    }
    numbers = {
        "type": "scatter",
        "x": columns.ravel().tolist(),
        "y": rows.ravel().tolist(),
        "mode": "text",
        "text": texts,
        "textfont": {
            "size": text_size,
            # The scale runs from the page's background to its opposite, in both themes.
            "color": [
                f"var(--st-{'background' if _is_dark(value) else 'text'}-color)"
                for value in strengths.ravel()
            ],
        },
        "hoverinfo": "skip",  # so that hovering and clicks reach the cells
        "showlegend": False,
    }
    return [cells, numbers]


def cell_frame(row: int, column: int, width: int) -> dict[str, Any]:
    """A frame around a cell that is marked, as a shape of Plotly; `width` of its line in pixels."""
    return {
        "type": "rect",
        "x0": column - 0.5,
        "x1": column + 0.5,
        "y0": row - 0.5,
        "y1": row + 0.5,
        "line": {"color": _FRAME_COLOUR, "width": width},
    }


def _is_dark(strength: float) -> bool:
    """Whether text on a cell of this strength in [0, 1] takes the colour of the background."""
    return strength > _DARK_FROM
