"""The first convolution and the max pooling behind it, as one step of a training.

Most values in a network of convolutions are those of the first one, and the pooling drops three of
four. Layer by layer they are written, read for the bias, and read again by the pooling, for which
the four values of a 2 x 2 lie apart. Here each corner of all 2 x 2 comes out of the products as an
array of its own, and the largest of them is all that is kept:

    upper left = P_even W_even        upper right = P_even W_odd
    lower left = P_odd  W_even        lower right = P_odd  W_odd

with the patches of even and of odd rows, and the columns of `Conv2d.matrix` for outputs in even and
in odd columns. The bias is added after the maximum, to a quarter of the values: it is the same for
all four. Being the first, the convolution needs no gradient for its input.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from nn.layers import Conv2d, MaxPool2d
from nn.layers.items import as_items
from nn.layers.layer import Array, Layer

MOST_VALUES = 10_000_000
"""Of all patches, which are in memory at once."""


def training_steps(layers: Sequence[Layer], images: int) -> list[Layer]:
    """The layers as a training goes through them with so many images at a time: the first two as
    one if they are such."""
    first, second = (*layers, None)[:2]
    if (
        isinstance(first, Conv2d)
        and isinstance(second, MaxPool2d)
        and first.span % 2 == first.out_side % 2 == 0
        and images * first.patch_values <= MOST_VALUES
    ):
        return [PooledConvolution(first), *layers[2:]]
    return list(layers)


class Row(NamedTuple):
    """Work arrays for the upper or the lower row of all 2 x 2."""

    patches: Array  # (batch, half, columns, kernel_size · run)
    left: Array  # (batch, half, half, channels)
    right: Array  # (batch, half, half, channels)
    left_wins: Array  # (batch, half, half, channels) bool


class PooledConvolution(Layer):
    """A Conv2d with an even `span` and an even `out_side`, and the MaxPool2d behind it."""

    def __init__(self, convolution: Conv2d) -> None:
        super().__init__()
        self.convolution = convolution
        self.half = convolution.out_side // 2

    def forward(self, x: Array, training: bool = False) -> Array:
        windows = self.convolution.windows(x)
        matrix = self._halves(self.convolution.matrix())
        even, odd = (matrix[:, :, k].reshape(len(matrix), -1) for k in (0, 1))
        upper, lower = self._rows(len(x), x.dtype)
        for start, row in enumerate((upper, lower)):
            as_items(row.patches)[...] = as_items(windows[:, start::2])
            for weights, values in ((even, row.left), (odd, row.right)):
                patches, places = self._products(row.patches, values)
                np.matmul(patches, weights, out=places)
            np.greater_equal(row.left, row.right, out=row.left_wins)
            np.maximum(row.left, row.right, out=row.left)
        np.greater_equal(upper.left, lower.left, out=self._upper_wins(len(x)))
        y = np.maximum(upper.left, lower.left, out=upper.left).reshape(len(x) * self.half, -1)
        y += np.tile(self.convolution.bias, self.half)
        return y.reshape(len(x), -1)

    def backward(self, grad_output: Array, input_gradient: bool = False) -> None:
        places = grad_output.reshape(-1, self.convolution.out_channels)
        ones = np.ones(len(places), places.dtype)
        np.matmul(ones, places, out=self.convolution.grad_bias)
        upper, lower = self._rows(len(grad_output), grad_output.dtype)
        grad = grad_output.reshape(upper.right.shape)
        np.multiply(grad, self._upper_wins(len(grad)), out=upper.right)
        np.subtract(grad, upper.right, out=lower.right)
        matrix = np.zeros_like(self.convolution.matrix())
        halves = self._halves(matrix)
        for row in (upper, lower):
            np.multiply(row.right, row.left_wins, out=row.left)
            np.subtract(row.right, row.left, out=row.right)
            for k, values in enumerate((row.left, row.right)):
                patches, grad_places = self._products(row.patches, values)
                product = np.matmul(patches.transpose(0, 2, 1), grad_places).sum(axis=0)
                halves[:, :, k] += product.reshape(halves[:, :, k].shape)
        self.convolution.add_outputs(matrix)

    def _halves(self, matrix: Array) -> Array:
        """`Conv2d.matrix` as (rows, span / 2, 2, channels): by even and odd columns of outputs."""
        return matrix.reshape(len(matrix), -1, 2, self.convolution.out_channels)

    def _products(self, patches: Array, values: Array) -> tuple[Array, Array]:
        """Patches of all images and what belongs to them, each (products, rows, ...): with so many
        images a product as BLAS multiplies as they lie, see `Layer.direct_products`, else all."""
        count, width = len(patches), values.shape[-1] * self.convolution.span // 2
        multiplications = patches[0].size * width
        most = min(count, self.convolution.direct_products // multiplications)
        images = max((n for n in range(1, most + 1) if count % n == 0), default=count)
        rows = images * self.half * self.convolution.columns
        return patches.reshape(-1, rows, patches.shape[-1]), values.reshape(-1, rows, width)

    def _rows(self, count: int, dtype: Any) -> list[Row]:
        conv, rows = self.convolution, []
        patches = count, self.half, conv.columns, conv.kernel_size * conv.run
        values = count, self.half, self.half, conv.out_channels
        for name in ("upper", "lower"):
            row = Row(
                self._buffer(f"{name} patches", patches, dtype),
                self._buffer(f"{name} left", values, dtype),
                self._buffer(f"{name} right", values, dtype),
                self._buffer(f"{name} left wins", values, bool),
            )
            rows.append(row)
        return rows

    def _upper_wins(self, count: int) -> Array:
        shape = count, self.half, self.half, self.convolution.out_channels
        return self._buffer("upper wins", shape, bool)
