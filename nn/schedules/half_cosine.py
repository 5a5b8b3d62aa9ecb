"""A smooth way from one number to another."""

import math


def half_cosine(first: float, last: float, share: float) -> float:
    """From `first` (share 0) to `last` (share 1), level at both ends."""
    return last + (first - last) * (1 + math.cos(math.pi * share)) / 2
