"""Principal components: the directions in which many values differ most.

Pearson 1901, "On lines and planes of closest fit to systems of points in space".

Of n rows x, centred, the covariance is

    C = 1/(n - 1) Σ (x - mean) (x - mean)ᵀ

Its eigenvectors are the components, its eigenvalues the variances along them.
"""

from dataclasses import dataclass

import numpy as np

from nn.checks import whole_number

Array = np.ndarray

_MOST_EXACT = 300
"""Up to this many rows or columns all variances are computed, though but a few are wanted."""
_SPARE = 20
_ENOUGH, _MOST_TIMES = 1e-8, 30
"""Subspace iteration ends when the variances change by no more than this share."""


@dataclass(frozen=True)
class Components:
    """The first components of some values.

    mean: (width,) float64.
    axes: (count, width) float64, orthonormal but for those along which nothing varies; the largest
        entry of each is positive, or its sign would be a matter of chance.
    variances: (count,) float64, the largest first.
    total: the sum of the variances in all directions.
    """

    mean: Array
    axes: Array
    variances: Array
    total: float

    @property
    def shares(self) -> Array:
        """(count,) of the whole variance; 0 where there is none."""
        return self.variances / self.total if self.total > 0 else np.zeros_like(self.variances)

    def project(self, values: Array) -> Array:
        """The coordinates (n, count) of values (n, width), float64."""
        return (values - self.mean) @ self.axes.T


def principal_components(values: Array, count: int) -> Components:
    """The first `count` components of values (n, width), n at least 2; ValueError otherwise, and
    for a `count` below 1 or above the smaller of n and width."""
    if values.ndim != 2 or len(values) < 2:
        raise ValueError(f"values must be (n, width), n at least 2, got {values.shape}")
    n, width = values.shape
    whole_number("count", count, 1, min(n, width))
    mean = values.mean(axis=0, dtype=np.float64)
    centred = values - mean
    if min(n, width) <= _MOST_EXACT:
        axes, squares = _exact_axes(centred, count)
    else:
        axes, squares = _first_axes(centred, count)
    variances = squares[:count] / (n - 1)
    largest = np.abs(axes).argmax(axis=1)
    axes = axes * np.where(axes[np.arange(count), largest] < 0, -1.0, 1.0)[:, None]
    return Components(mean, axes, variances, float(np.vdot(centred, centred)) / (n - 1))


def _exact_axes(centred: Array, count: int) -> tuple[Array, Array]:
    """The first axes, and n - 1 times the variances along all, by the smaller of two matrices: XᵀX
    has the eigenvalues of XXᵀ, and where u is an eigenvector of that, Xᵀu is one of the other."""
    n, width = centred.shape
    if width <= n:
        squares, vectors = np.linalg.eigh(centred.T @ centred)
        axes = vectors.T[::-1][:count]
    else:
        squares, vectors = np.linalg.eigh(centred @ centred.T)
        axes = vectors.T[::-1][:count] @ centred
        axes /= np.maximum(np.linalg.norm(axes, axis=1, keepdims=True), np.finfo(float).tiny)
    return axes, np.maximum(squares[::-1], 0)  # rounding may leave less than nothing


def _first_axes(centred: Array, count: int) -> tuple[Array, Array]:
    """The same for the first few alone, in a fraction of the time, by subspace iteration.

    Random directions turn towards those of the largest variance each time they are multiplied by
    XᵀX, the faster the more spare ones there are (Halko, Martinsson, Tropp 2011, "Finding structure
    with randomness").
    """
    width = count + _SPARE
    directions = np.random.default_rng(0).standard_normal((centred.shape[1], width))
    before = np.zeros(count)
    for _ in range(_MOST_TIMES):
        directions, _ = np.linalg.qr(centred.T @ (centred @ directions))
        product = centred @ directions
        squares, turned = np.linalg.eigh(product.T @ product)
        squares = squares[::-1]
        change, before = np.abs(squares[:count] - before).max(), squares[:count]
        if change <= _ENOUGH * squares[0]:
            break
    return turned.T[::-1][:count] @ directions.T, squares
