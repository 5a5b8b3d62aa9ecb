"""A point of a curve of the benchmark."""

from dataclasses import dataclass

from benchmarks.competition import Outcome
from benchmarks.memory import Memory


@dataclass
class Point:
    """One measured value of what grows."""

    x: int
    samples: int
    outcome: Outcome
    memory: Memory | None = None

    def microseconds(self, contender: str) -> float | None:
        """Time of training for one image."""
        seconds = self.outcome.median(contender)
        return None if seconds is None else 1e6 * seconds / self.samples
