"""Where steps of a training stand on a logarithmic axis, on which 0 has no place."""

from collections.abc import Iterable

BEFORE = 0.5
"""There is "before the first step"."""


def step_places(steps: Iterable[float]) -> list[float]:
    """One for each step."""
    return [max(BEFORE, step) for step in steps]
