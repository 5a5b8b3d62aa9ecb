"""Points in the plane, with what a network is to say of each."""

from dataclasses import dataclass

import numpy as np

Array = np.ndarray

REACH = 6.0
"""The plane that is shown reaches from -REACH to REACH both ways."""
FEWEST_POINTS, MOST_POINTS = 20, 2000
MOST_NOISE = 0.5
MOST_CLASSES = 6


@dataclass(frozen=True)
class Points:
    """Points and their targets.

    x: (n, 2) float64, across and up.
    targets: (n,) float64: +1 or -1 for two classes, 0, 1, 2, ... for more, any numbers where a
        function is to be learned.
    classes: 2 or more; 0 for a function.
    """

    x: Array
    targets: Array
    classes: int

    def __len__(self) -> int:
        return len(self.x)

    def part(self, places: Array) -> "Points":
        """Those at these places."""
        return Points(self.x[places], self.targets[places], self.classes)


def split(points: Points, share: float, seed: int) -> tuple[Points, Points]:
    """Mix the points and give this share of them, in (0, 1), to the training and the rest to the
    test. Of two points and more each gets at least one."""
    order = np.random.default_rng([seed, 1]).permutation(len(points))
    count = min(max(round(share * len(points)), 1), max(1, len(points) - 1))
    return points.part(order[:count]), points.part(order[count:])
