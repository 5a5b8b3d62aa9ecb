"""The sets of points that people choose from, by name."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from data.plane import functions, several_classes, two_classes
from data.plane.formula import Formula
from data.plane.points import FEWEST_POINTS, MOST_NOISE, MOST_POINTS, Points

_TOLD_ELSEWHERE = (
    "How far from each point, at most, its class is looked up, as a share of the radius: near a "
    "border it is then often that of the other side."
)
_HEIGHT_ELSEWHERE = (
    "How far from each point, at most, its height is looked up, as a share of the plane's reach."
)


@dataclass(frozen=True)
class PlaneSet:
    """A set of points.

    name: what settings call it.
    title: what pages call it.
    classes: 2 or more, 0 for a function.
    noise: what noise does to it.
    make: (count, noise, random generator) -> points; with the formula first if it has one.
    formula: an example of the formula that a visitor types for it, "" for sets without.
    """

    name: str
    title: str
    classes: int
    noise: str
    make: Callable[..., Points]
    formula: str = ""


def _beside(curve: str) -> Callable[..., Points]:
    """Points above or below a fixed curve."""
    formula = Formula(curve)
    return lambda count, noise, rng: functions.on_sides(formula, count, noise, rng)


_ALL = (
    PlaneSet("circle", "Circle", 2, _TOLD_ELSEWHERE, two_classes.circle),
    PlaneSet("xor", "Exclusive or", 2, _TOLD_ELSEWHERE, two_classes.exclusive_or),
    PlaneSet(
        "gauss",
        "Gaussian",
        2,
        "How wide the two clouds are: their variance, from 0.5 to 4.",
        two_classes.gaussian,
    ),
    PlaneSet(
        "spiral",
        "Spiral",
        2,
        "How far each point is moved, at most, both ways.",
        two_classes.spiral,
    ),
    PlaneSet(
        "moons", "Two moons", 2, "Half the points' spread around the arcs.", two_classes.moons
    ),
    PlaneSet("rings", "Rings", 2, "Half the points' spread around the rings.", two_classes.rings),
    PlaneSet("checkerboard", "Checkerboard", 2, _TOLD_ELSEWHERE, two_classes.checkerboard),
    PlaneSet("above_sine", "Above 3 sin x", 2, _TOLD_ELSEWHERE, _beside("3 sin(x1)")),
    PlaneSet(
        "cubic",
        "Above x³ - x, four times as large",
        2,
        _TOLD_ELSEWHERE,
        _beside("4((x1/4)^3 - x1/4)"),
    ),
    PlaneSet("absolute", "Above |x| - 2", 2, _TOLD_ELSEWHERE, _beside("|x1| - 2")),
    PlaneSet("side", "Sides of a curve", 2, _TOLD_ELSEWHERE, functions.on_sides, "x1^2/4 - 3"),
    PlaneSet(
        "three_blobs",
        "Three clouds",
        3,
        "Half of what is added to the clouds' spread of 0.7.",
        several_classes.three_blobs,
    ),
    PlaneSet(
        "three_arms",
        "Spiral of three arms",
        3,
        "How far each point is moved, at most, both ways.",
        several_classes.three_arms,
    ),
    PlaneSet("plane", "Plane", 0, _HEIGHT_ELSEWHERE, functions.plane),
    PlaneSet("multi_gauss", "Hills and hollows", 0, _HEIGHT_ELSEWHERE, functions.multi_gaussian),
    PlaneSet(
        "heights",
        "Heights of a formula",
        0,
        _HEIGHT_ELSEWHERE,
        functions.of_formula,
        "sin(x1) cos(x2)",
    ),
)

SETS = {one.name: one for one in _ALL}
"""In the order of the lists that people see."""


def make_points(name: str, count: int, noise: float, seed: int, formula: str = "") -> Points:
    """Points of a set; the same for the same arguments.

    name: one of `SETS`.
    count, noise: 20 to 2000 points, and from 0 to 0.5.
    formula: for the sets that have one, else not looked at.

    Raises ValueError that names the argument, its value and what is allowed.
    """
    if name not in SETS:
        raise ValueError(f"name must be one of {', '.join(SETS)}, got {name!r}")
    if not FEWEST_POINTS <= count <= MOST_POINTS:
        raise ValueError(f"count must be from {FEWEST_POINTS} to {MOST_POINTS}, got {count!r}")
    if not 0 <= noise <= MOST_NOISE:
        raise ValueError(f"noise must be in [0, {MOST_NOISE:g}], got {noise!r}")
    one, rng = SETS[name], np.random.default_rng(seed)
    if one.formula:
        return one.make(Formula(formula), count, noise, rng)
    return one.make(count, noise, rng)
