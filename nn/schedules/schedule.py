"""What every schedule has in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Self

Factor = Callable[[float, float], float]
"""What a training asks: a `Schedule`, with or without a `Warmup` before it, or any function like
`Schedule.__call__`."""


class Schedule(ABC):
    """Which share of the base learning rate a step uses."""

    name: ClassVar[str]
    """What settings and the command line call it."""
    title: ClassVar[str]
    """What pages call it."""

    @abstractmethod
    def __call__(self, epoch: float, epochs: float) -> float:
        """The factor on the base learning rate.

        Args:
            epoch: finished epochs, with a fraction while one is under way: 2.5 is the middle of the
                third.
            epochs: the length of the whole training.
        """

    @classmethod
    def for_training(cls, epochs: int) -> Self:
        """The schedule with the usual choices for its own parameters, for so many epochs."""
        return cls()
