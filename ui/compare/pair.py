"""Two models and the same images: which each gets wrong, and what that tells."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nn.evaluation.mcnemar import mcnemar
from ui.compare.verdicts import Verdicts
from ui.shared.percent import SIGN, percent

LEVEL = 0.05
"""A difference that chance makes seldomer than in so many of all tests is called one."""

CELLS: dict[str, tuple[bool, bool]] = {
    "first-wrong": (True, False),
    "second-wrong": (False, True),
    "both-wrong": (True, True),
    "both-right": (False, False),
}
"""The four kinds of images, as the address calls them: whether the first, and the second, is wrong
on them."""


@dataclass(frozen=True, eq=False)
class Pair:
    """The answers of two models to the same images.

    Raises ValueError, in words for a visitor, if these are not the same.
    """

    first: Verdicts
    second: Verdicts

    def __post_init__(self) -> None:
        if not np.array_equal(self.first.true, self.second.true):
            raise ValueError(
                "The answers belong to different images: the data on this computer is not that of "
                "the predictions that came with a model."
            )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many images there are of each of `CELLS`."""
        return {cell: int(np.count_nonzero(self._of(cell))) for cell in CELLS}

    @property
    def p_value(self) -> float:
        """That of McNemar's test."""
        return mcnemar(self.counts["first-wrong"], self.counts["second-wrong"])

    def indices(self, cell: str) -> np.ndarray:
        """The images of one of `CELLS`: those on which who is wrong is surest come first; where
        nobody is, those on which they are least sure."""
        chosen = np.flatnonzero(self._of(cell))
        first, second = self.first.confidence[chosen], self.second.confidence[chosen]
        surest = {
            "first-wrong": first,
            "second-wrong": second,
            "both-wrong": np.maximum(first, second),
            "both-right": -np.minimum(first, second),
        }[cell]
        return chosen[np.argsort(-surest, kind="stable")]

    def sentence(self, first: str, second: str) -> str:
        """McNemar's test in words; `first` and `second` are what the two are called there."""
        b, c = self.counts["first-wrong"], self.counts["second-wrong"]
        count = len(self.first.true)
        if b + c == 0:
            return (
                f"Of {count:,} images {first} and {second} get exactly the same ones right: no "
                "test can tell them apart here."
            )
        seen = (
            f"Of {count:,} images {first} is wrong on {b:,} that {second} gets right, and {second} "
            f"on {c:,} that {first} gets right."
        )
        if b == c:
            return f"{seen} That is no difference at all."
        better = first if b < c else second
        chance = (
            "If both were equally good, a difference like this or larger would be seen in "
            f"{chance_text(self.p_value)} of tests"
        )
        if self.p_value < LEVEL:
            return f"{seen} {chance}: that is hardly chance, {better} is better on such images."
        return f"{seen} {chance}: not enough to call one better."

    def _of(self, cell: str) -> np.ndarray:
        first, second = CELLS[cell]
        return (self.first.wrong == first) & (self.second.wrong == second)


def chance_text(p_value: float) -> str:
    """A p-value in percent, with as many decimals as tell it from 0, up to three."""
    if p_value < 0.00001:
        return f"<0.001{SIGN}"
    if p_value < 0.001:
        return f"{100 * p_value:.3f}{SIGN}"
    if p_value < 0.0095 or abs(p_value - LEVEL) < 0.0005:  # on which side of it is seen
        return f"{100 * p_value:.2f}{SIGN}"
    return percent(p_value)
