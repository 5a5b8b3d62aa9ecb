"""A small picture of each set of points, for the buttons that choose one."""

from functools import cache, lru_cache

import numpy as np
from PIL import Image, ImageDraw

from data.plane.catalog import SETS, make_points
from data.plane.points import REACH, Points
from ui.figures.png import png, png_url
from ui.playground.own_points import OwnPoints
from ui.shared.theme import PALETTE

SIDE = 96
"""Pixels, for screens with two in each of 48."""
_COUNT = 220
_RADIUS = 3
_LOW, _HIGH = "#D5661B", "#2F7FC1"
"""Of negative and positive targets; "none" between them is as pale as the page."""
_MIDDLE = (150, 150, 150, 40)


@cache
def set_picture(name: str) -> str:
    """The address of a PNG of such points, without noise, on no background."""
    return png_url(points_png(make_points(name, _COUNT, 0.0, 1, SETS[name].formula)))


def points_png(points: Points) -> bytes:
    """Points as a square picture."""
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    places = (points.x / REACH * (1, -1) + 1) / 2 * (SIDE - 1)
    for (across, down), target in zip(places, points.targets, strict=True):
        box = across - _RADIUS, down - _RADIUS, across + _RADIUS, down + _RADIUS
        pen.ellipse(box, fill=_colour(float(target), points.classes))
    return png(picture)


def _colour(target: float, classes: int) -> tuple[int, ...]:
    if classes > 2:
        return _rgb(PALETTE[int(target)])
    end = np.array(_rgb(_HIGH if target > 0 else _LOW))
    share = min(1.0, abs(target)) ** 0.5
    return tuple(int(part) for part in np.rint(share * end + (1 - share) * np.array(_MIDDLE)))


def _rgb(colour: str) -> tuple[int, ...]:
    return (*bytes.fromhex(colour[1:]), 255)


@lru_cache(maxsize=32)
def own_picture(own: OwnPoints) -> str:
    """The same of the visitor's own points."""
    return png_url(points_png(own.points))


def set_style(names: list[str], own: OwnPoints | None) -> str:
    """The style that puts the pictures onto the buttons, in this order; `own` are the points of the
    one that is not of `SETS`."""
    rules = ""
    for place, name in enumerate(names, 1):
        if name in SETS:
            rules += _rule(place, set_picture(name))
        elif own is not None:
            rules += _rule(place, own_picture(own))
    return f"<style>{rules}</style>"


def _rule(place: int, picture: str) -> str:
    return f"{_BUTTONS}:nth-child({place})::before {{ background-image: url({picture}); }}"


_BUTTONS = '.st-key-playground_set [role="radiogroup"] > [role="radio"]'
