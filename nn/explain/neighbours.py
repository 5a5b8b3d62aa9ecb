"""Which points lie next to each other, and whether they are of one kind.

By the Euclidean distance, between images as they are or by what a layer makes of them: where a
network tells classes apart, an image's neighbours are of its own class.
"""

import numpy as np

from nn.checks import whole_number

Array = np.ndarray

_BLOCK, _TOGETHER = 256, 2048
"""Points at a time, and values: in float64, and with the distances between them in several copies,
all would take many times their own room."""


def nearest(values: Array, points: Array, count: int = 10) -> tuple[Array, Array]:
    """Which of the `values` (n, d) are nearest to each of the `points` (m, d): their places
    (m, count) and distances (m, count), the nearest first.

    Raises ValueError if the two don't fit each other, or `count` is not from 1 to n.
    """
    values, points = _checked("values", values), _checked("points", points)
    if values.shape[1] != points.shape[1]:
        raise ValueError(f"points must have {values.shape[1]} values, got {points.shape[1]}")
    whole_number("count", count, 1, len(values))
    found, distances = [], []
    for start in range(0, len(values), _TOGETHER):
        some = values[start : start + _TOGETHER]
        places, near = _nearest(some, points, min(count, len(some)), with_itself=True)
        found.append(start + places)
        distances.append(near)
    places, near = np.hstack(found), np.hstack(distances)
    order = np.lexsort((places, near), axis=1)[:, :count]
    return np.take_along_axis(places, order, axis=1), np.take_along_axis(near, order, axis=1)


def nearest_others(values: Array, count: int = 10) -> tuple[Array, Array]:
    """The same for each of the `values` (n, d) among all the others: places (n, count) and
    distances. ValueError if `count` is not from 1 to n - 1."""
    values = _checked("values", values)
    whole_number("count", count, 1, len(values) - 1)
    return _nearest(values, values, count, with_itself=False)


def purity(values: Array, labels: Array, count: int = 10) -> Array:
    """Of each point's `count` nearest others the share (n,) that has its label; the mean is the
    purity of neighbourhoods, which is about 1 / classes where a layer knows nothing.

    `values` are (n, d), `labels` (n,). ValueError as for `nearest_others`, and for other labels.
    """
    labels = np.asarray(labels)
    if labels.shape != (len(values),):
        raise ValueError(f"labels must be one for each point, {len(values)}, got {labels.shape}")
    places, _ = nearest_others(values, count)
    shares: Array = (labels[places] == labels[:, np.newaxis]).mean(axis=1)
    return shares


def _nearest(values: Array, points: Array, count: int, *, with_itself: bool) -> tuple[Array, Array]:
    # From the mean, in float64: ‖a - b‖² = ‖a‖² + ‖b‖² - 2 a · b loses digits where ‖a‖ is large.
    mean = values.mean(axis=0, dtype=np.float64)
    is_same = points is values
    values = values - mean
    points = values if is_same else points - mean
    lengths = np.einsum("nd,nd->n", values, values)
    found, distances = [], []
    for start in range(0, len(points), _BLOCK):
        some = points[start : start + _BLOCK]
        squares = some @ values.T
        squares *= -2
        squares += lengths
        squares += np.einsum("nd,nd->n", some, some)[:, np.newaxis]
        if not with_itself:
            rows = np.arange(len(some))
            squares[rows, start + rows] = np.inf
        places = np.argpartition(squares, count - 1, axis=1)[:, :count]
        near = np.take_along_axis(squares, places, axis=1)
        order = np.lexsort((places, near), axis=1)
        found.append(np.take_along_axis(places, order, axis=1))
        near = np.take_along_axis(near, order, axis=1)
        distances.append(np.sqrt(np.maximum(near, 0)))
    return np.concatenate(found), np.concatenate(distances)


def _checked(name: str, values: Array) -> Array:
    """Points (n, d); ValueError for anything else."""
    values = np.asarray(values)
    if values.ndim != 2 or values.dtype.kind not in "fiu":
        raise ValueError(f"{name} must be numbers (n, d), got {values.dtype} of {values.shape}")
    return values
