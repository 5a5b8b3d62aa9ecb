"""The points of a set-up, those for the training and those for the test."""

from functools import lru_cache

import numpy as np

from data.plane.catalog import make_points
from data.plane.points import Points, split
from ui.playground.own_points import OwnPoints
from ui.playground.setup import Setup


def points_of(setup: Setup) -> tuple[Points, Points]:
    """Points for the training and for the test; the same objects for the same points.

    Nobody changes their arrays.
    """
    if setup.own is not None:
        return _own(setup.own, setup.share, setup.points_seed)
    formula = setup.shown_formula
    return _made(setup.data, formula, setup.points, setup.noise, setup.share, setup.points_seed)


def all_points(setup: Setup) -> Points:
    """Both together, in the order in which the browser has them."""
    train, test = points_of(setup)
    x, targets = np.concatenate((train.x, test.x)), np.concatenate((train.targets, test.targets))
    return Points(x, targets, train.classes)


@lru_cache(maxsize=64)
def _made(
    name: str, formula: str, count: int, noise: int, share: int, seed: int
) -> tuple[Points, Points]:
    return split(make_points(name, count, noise / 100, seed, formula), share / 100, seed)


@lru_cache(maxsize=64)
def _own(own: OwnPoints, share: int, seed: int) -> tuple[Points, Points]:
    return split(own.points, share / 100, seed)
