"""Copying many short rows of numbers."""

import numpy as np

Array = np.ndarray


def as_items(x: Array) -> Array:
    """Values (..., n) with the last axis, which must lie in one piece, as one item (...): NumPy
    copies such items twice as fast as short rows of numbers."""
    return x.view(np.dtype((np.void, x.shape[-1] * x.itemsize)))[..., 0]
