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
_EACH_MOVED = "How far each point is moved, at most, across and up."


@dataclass(frozen=True)
class PlaneSet:
    """A set of points.

    name: what settings call it.
    title: what pages call it, in a few letters.
    about: what it is, in a sentence.
    classes: 2 or more, 0 for a function.
    noise: what noise does to it.
    make: (count, noise, random generator) -> points; with the formula first if it has one.
    formula: an example of the formula that a visitor types for it, "" for sets without.
    """

    name: str
    title: str
    about: str
    classes: int
    noise: str
    make: Callable[..., Points]
    formula: str = ""


def _sides(name: str, title: str, curve: str, about: str) -> PlaneSet:
    """Points above or below a fixed curve."""
    formula = Formula(curve)

    def make(count: int, noise: float, rng: np.random.Generator) -> Points:
        return functions.on_sides(formula, count, noise, rng)

    return PlaneSet(name, title, about, 2, _TOLD_ELSEWHERE, make)


_ALL = (
    PlaneSet(
        "circle",
        "Circle",
        "A disc in a ring. No straight line parts them.",
        2,
        _TOLD_ELSEWHERE,
        two_classes.circle,
    ),
    PlaneSet(
        "xor",
        "Exclusive or",
        "Two opposite quarters against the other two: one coordinate alone tells nothing.",
        2,
        _TOLD_ELSEWHERE,
        two_classes.exclusive_or,
    ),
    PlaneSet(
        "gauss",
        "Gaussian",
        "Two round clouds. A straight line is enough.",
        2,
        "How wide the two clouds are: their variance, from 0.5 to 4.",
        two_classes.gaussian,
    ),
    PlaneSet(
        "spiral",
        "Spiral",
        "Two arms wound around each other: the hardest of these sets.",
        2,
        _EACH_MOVED,
        two_classes.spiral,
    ),
    PlaneSet(
        "moons",
        "Two moons",
        "Two half circles that reach into each other.",
        2,
        "Twice this is the points' spread around the arcs.",
        two_classes.moons,
    ),
    PlaneSet(
        "rings",
        "Rings",
        "One ring in another.",
        2,
        "Twice this is added to the rings' spread of 0.1.",
        two_classes.rings,
    ),
    PlaneSet(
        "checkerboard",
        "Checkerboard",
        "A board of four by four fields.",
        2,
        _TOLD_ELSEWHERE,
        two_classes.checkerboard,
    ),
    _sides("above_sine", "Above sin x", "3 sin(x1)", "Above or below the curve x2 = 3 sin x1."),
    _sides(
        "cubic",
        "Above x³ - x",
        "4((x1/4)^3 - x1/4)",
        "Above or below the curve x³ - x, drawn four times as large.",
    ),
    _sides("absolute", "Above |x|", "|x1| - 2", "Above or below the curve x2 = |x1| - 2."),
    PlaneSet(
        "side",
        "Curve",
        "Above or below a curve x2 = f(x1) of your own; or, with x2 in the formula, where it is "
        "positive or not.",
        2,
        _TOLD_ELSEWHERE,
        functions.on_sides,
        "x1^2/4 - 3",
    ),
    PlaneSet(
        "three_blobs",
        "Three clouds",
        "Three round clouds, three classes.",
        3,
        "Twice this is added to the clouds' spread of 0.7.",
        several_classes.three_blobs,
    ),
    PlaneSet(
        "three_arms",
        "Three arms",
        "A spiral of three arms, three classes.",
        3,
        _EACH_MOVED,
        several_classes.three_arms,
    ),
    PlaneSet("plane", "Plane", "A slope: (x1 + x2) / 10.", 0, _HEIGHT_ELSEWHERE, functions.plane),
    PlaneSet(
        "multi_gauss",
        "Multi-Gaussian",
        "Three hills and three hollows.",
        0,
        _HEIGHT_ELSEWHERE,
        functions.multi_gaussian,
    ),
    PlaneSet(
        "heights",
        "Formula",
        "The heights of a formula in x1 and x2 of your own, scaled into -1 to 1 where they go "
        "beyond.",
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
        raise ValueError(f"name must be one of {', '.join(SETS)}, got {name!r:.200}")
    if not FEWEST_POINTS <= count <= MOST_POINTS:
        raise ValueError(f"count must be from {FEWEST_POINTS} to {MOST_POINTS}, got {count!r}")
    if not 0 <= noise <= MOST_NOISE:
        raise ValueError(f"noise must be in [0, {MOST_NOISE:g}], got {noise!r}")
    one, rng = SETS[name], np.random.default_rng(seed)
    if one.formula:
        return one.make(Formula(formula), count, noise, rng)
    return one.make(count, noise, rng)
