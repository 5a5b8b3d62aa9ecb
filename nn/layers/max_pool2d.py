"""Max pooling."""

from typing import Any, ClassVar

import numpy as np

from nn.checks import whole_number
from nn.layers.items import as_items
from nn.layers.layer import Array, Layer


class MaxPool2d(Layer):
    """The largest of every 2 x 2 values of a channel, which halves an image's side:

        y[i, j, c] = max(x[2i, 2j, c], x[2i, 2j + 1, c], x[2i + 1, 2j, c], x[2i + 1, 2j + 1, c])

    dL/dx is dL/dy at the place of that value and 0 at the other three. Of equal ones the first
    counts, as in PyTorch: behind a convolution they are common, wherever an image is plain.
    A last row and column that are left over are not looked at.

    Images of `side` rows and columns come as rows (batch, side · side · channels), see `Conv2d`.
    """

    arguments: ClassVar[tuple[str, ...]] = ("channels", "side")

    def __init__(self, channels: int, side: int) -> None:
        super().__init__()
        self.channels = whole_number("channels", channels, 1, 10_000)
        self.side = whole_number("side", side, 2, 10_000)

    def output_width(self, input_width: int) -> int:
        needed = self.side**2 * self.channels
        if input_width != needed:
            raise ValueError(f"{self} needs {needed} inputs, got {input_width}")
        return (self.side // 2) ** 2 * self.channels

    def forward(self, x: Array, training: bool = False) -> Array:
        self._samples = len(x)
        upper, lower, right = self._quarters(len(x), x.dtype)
        left_above, left_below, above = self._wins(len(x))
        # A tournament: the winner of each row, then the winner of both.
        rows = (upper, left_above), (lower, left_below)
        for (left, left_wins), (left_corner, right_corner) in zip(
            rows, self._corners(np.ascontiguousarray(x)), strict=True
        ):
            as_items(left)[...] = left_corner
            as_items(right)[...] = right_corner
            np.greater_equal(left, right, out=left_wins)
            np.maximum(left, right, out=left)
        np.greater_equal(upper, lower, out=above)
        return np.maximum(upper, lower, out=upper).reshape(len(x), -1)

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        width = self.side**2 * self.channels
        grad_input = self._buffer("grad_input", (len(grad_output), width), grad_output.dtype)
        if self.side % 2:
            grad_input[...] = 0
        upper, lower, left = self._quarters(len(grad_output), grad_output.dtype)
        left_above, left_below, above = self._wins(len(grad_output))
        grad = grad_output.reshape(upper.shape)
        np.multiply(grad, above, out=upper)
        np.subtract(grad, upper, out=lower)
        rows = (upper, left_above), (lower, left_below)
        for (row, left_wins), (left_corner, right_corner) in zip(
            rows, self._corners(grad_input), strict=True
        ):
            np.multiply(row, left_wins, out=left)
            np.subtract(row, left, out=row)
            left_corner[...] = as_items(left)
            right_corner[...] = as_items(row)
        return grad_input

    def pieces(self) -> Array:
        return np.stack(self._wins(self._samples), axis=1)

    def _quarters(self, count: int, dtype: Any) -> list[Array]:
        """Three work arrays for a value of each 2 x 2."""
        shape = count, self.side // 2, self.side // 2, self.channels
        return [self._buffer(name, shape, dtype) for name in ("upper", "lower", "corner")]

    def _wins(self, count: int) -> list[Array]:
        """Work arrays for where the left value wins in the upper row and in the lower one, and
        where the upper row wins."""
        shape = count, self.side // 2, self.side // 2, self.channels
        names = "left_above", "left_below", "above"
        return [self._buffer(name, shape, bool) for name in names]

    def _corners(self, x: Array) -> list[tuple[Array, Array]]:
        """The places of each 2 x 2, views (batch, side / 2, side / 2): left and right of the
        upper row, left and right of the lower one."""
        even = self.side - self.side % 2
        images = as_items(x.reshape(len(x), self.side, self.side, self.channels))[:, :even, :even]
        rows = images[:, ::2], images[:, 1::2]
        return [(row[:, :, ::2], row[:, :, 1::2]) for row in rows]
