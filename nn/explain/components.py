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


@dataclass(frozen=True)
class Components:
    """The first components of some values.

    mean: (width,) float64.
    axes: (count, width) float64, orthonormal; the largest entry of each is positive, or its sign
        would be a matter of chance.
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
    if width <= n:
        variances, vectors = np.linalg.eigh(centred.T @ centred / (n - 1))
        axes = vectors.T[::-1][:count]
    else:
        # A smaller matrix has the same eigenvalues: C v = λ v for v = Xᵀ u, if X Xᵀ u = (n-1) λ u.
        variances, vectors = np.linalg.eigh(centred @ centred.T / (n - 1))
        axes = vectors.T[::-1][:count] @ centred
        axes /= np.maximum(np.linalg.norm(axes, axis=1, keepdims=True), np.finfo(float).tiny)
    largest = np.abs(axes).argmax(axis=1)
    axes = axes * np.where(axes[np.arange(count), largest] < 0, -1.0, 1.0)[:, None]
    variances = np.maximum(variances[::-1], 0.0)  # rounding may leave less than nothing
    return Components(mean, axes, variances[:count], float(variances.sum()))
