"""The pictures of the README, as Plotly figures."""

from collections.abc import Callable, Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from benchmarks import markdown
from benchmarks.competition import Outcome
from benchmarks.contenders import COMPILED, EAGER, ENGINE, LABELS, SKLEARN, STEP
from benchmarks.point import Point

COLOURS = {
    # Okabe and Ito's, which stay apart for colour-blind readers.
    ENGINE: "#0072B2",
    EAGER: "#E69F00",
    COMPILED: "#D55E00",
    STEP: "#CC79A7",
    SKLEARN: "#009E73",
}
INK = "#222222"
GRID = "#DDDDDD"

WIDTH, HEIGHT = 1000, 560
"""CSS pixels: a README shows about 830, where 18 pixels are as large as its own text."""


def training_picture(
    about: str, names: Sequence[str], outcomes: Sequence[Outcome], floors: Sequence[float | None]
) -> go.Figure:
    """Bars of seconds per epoch: a group for each case, a bar for each contender.

    `about` says what is trained, `names` are those of the cases, `floors` are the seconds that the
    products alone would take at the matrix peak.
    """
    figure = go.Figure()
    for contender, colour in COLOURS.items():
        medians = [outcome.median(contender) for outcome in outcomes]
        if all(seconds is None for seconds in medians):
            continue
        figure.add_bar(
            x=list(names),
            y=medians,
            name=LABELS[contender],
            marker_color=colour,
            text=[markdown.number(seconds, 2) for seconds in medians],
            textposition="outside",
        )
    limits = [(index, floor) for index, floor in enumerate(floors) if floor is not None]
    for index, floor in limits:
        figure.add_shape(
            type="line",
            x0=index - 0.46,
            x1=index + 0.46,
            y0=floor,
            y1=floor,
            line={"width": 3, "color": INK, "dash": "dot"},
            name="limit: matrix peak",
            showlegend=index == limits[0][0],
        )
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(title_text="seconds per epoch (less is better)", rangemode="tozero")
    return _dress(figure, "Training an epoch", about)


def scaling_picture(
    batch: Sequence[Point], width: Sequence[Point], growing: Sequence[Point]
) -> go.Figure:
    """Time for one image against batch size, width and number of images, and memory."""
    figure = make_subplots(
        rows=2,
        cols=2,
        horizontal_spacing=0.12,
        vertical_spacing=0.22,
        subplot_titles=(
            "784-128-64-10",
            "784-width-10, batch 128",
            *["784-128-64-10, batch 64"] * 2,
        ),
    )
    panels: list[tuple[Sequence[Point], str, str, Callable[[Point, str], float | None]]] = [
        (batch, "batch size", "µs per image", lambda point, who: point.microseconds(who)),
        (width, "hidden width", "µs per image", lambda point, who: point.microseconds(who)),
        (growing, "images", "µs per image", lambda point, who: point.microseconds(who)),
        (growing, "images", "private memory (MB)", _private_memory),
    ]
    shown: set[str] = set()
    for index, (points, x_title, y_title, value) in enumerate(panels):
        place = {"row": index // 2 + 1, "col": index % 2 + 1}
        for contender in (ENGINE, EAGER):
            values = [value(point, contender) for point in points]
            if all(each is None for each in values):
                continue
            figure.add_scatter(
                x=[point.x for point in points],
                y=values,
                name=LABELS[contender],
                mode="lines+markers",
                line={"color": COLOURS[contender], "width": 3},
                marker={"size": 9, "symbol": "circle" if contender == ENGINE else "square"},
                showlegend=contender not in shown,
                **place,
            )
            shown.add(contender)
        ticks = [point.x for point in points]
        figure.update_xaxes(
            title_text=x_title, type="log", tickvals=ticks, ticktext=[*map(_short, ticks)], **place
        )
        figure.update_yaxes(title_text=y_title, rangemode="tozero", **place)
    _dress(figure, "How training scales", "better number of threads, synthetic images, float32")
    return figure.update_layout(height=HEIGHT + 220)


def with_machine(figure: go.Figure, machine: str) -> go.Figure:
    """Add the line that says on what the figures were taken, in place."""
    subtitle = figure.layout.title.subtitle.text
    lines = [*_wrapped(subtitle, 110), *_wrapped(machine, 110)]
    figure.update_layout(title_subtitle_text="<br>".join(lines))
    return figure.update_layout(margin_t=85 + 19 * len(lines))


def _dress(figure: go.Figure, title: str, subtitle: str) -> go.Figure:
    """The look that all pictures share, on white whatever the reader's theme, in place."""
    figure.update_xaxes(gridcolor=GRID, linecolor=INK, showline=True)
    figure.update_yaxes(gridcolor=GRID, zerolinecolor=INK)
    return figure.update_layout(
        title={
            "text": f"<b>{title}</b>",
            "x": 0.01,
            "y": 0.98,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": 24},
            "subtitle": {"text": subtitle, "font": {"size": 15, "color": "#555555"}},
        },
        width=WIDTH,
        height=HEIGHT,
        template="plotly_white",
        font={"size": 17, "color": INK, "family": "DejaVu Sans, Arial, sans-serif"},
        legend={"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top"},
        margin={"l": 75, "r": 20, "b": 90},
        bargap=0.18,
    )


def _private_memory(point: Point, contender: str) -> float | None:
    return point.memory.private if point.memory and contender == ENGINE else None


def _short(value: int) -> str:
    """1,000 as 1k, 1,000,000 as 1M."""
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if value % unit == 0:
            return f"{value // unit}{letter}"
    return str(value)


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines that break after commas."""
    lines = [""]
    for part in text.split(", "):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += f"{part}, "
    lines[-1] = lines[-1].removesuffix(", ")
    return lines
