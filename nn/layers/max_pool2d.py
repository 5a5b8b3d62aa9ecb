"""Max pooling."""

from typing import ClassVar

import numpy as np

from nn.checks import whole_number
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
        upper_left, upper_right, lower_left, lower_right = self._corners(x)
        shape = upper_left.shape
        # A tournament: the winner of each row, then the winner of both.
        upper = np.maximum(upper_left, upper_right, out=self._buffer("upper", shape, x.dtype))
        lower = np.maximum(lower_left, lower_right, out=self._buffer("lower", shape, x.dtype))
        for name, first, second in (
            ("left_above", upper_left, upper_right),
            ("left_below", lower_left, lower_right),
            ("above", upper, lower),
        ):
            np.greater_equal(first, second, out=self._buffer(name, shape, bool))
        return np.maximum(upper, lower, out=upper).reshape(len(x), -1)

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        width = self.side**2 * self.channels
        grad_input = self._buffer("grad_input", (len(grad_output), width), grad_output.dtype)
        if self.side % 2:
            grad_input[...] = 0
        upper_left, upper_right, lower_left, lower_right = self._corners(grad_input)
        shape = upper_left.shape
        grad = grad_output.reshape(shape)
        upper = np.multiply(
            grad, self._buffer("above", shape, bool), out=self._buffer("upper", shape, grad.dtype)
        )
        lower = np.subtract(grad, upper, out=self._buffer("lower", shape, grad.dtype))
        for row, name, left, right in (
            (upper, "left_above", upper_left, upper_right),
            (lower, "left_below", lower_left, lower_right),
        ):
            np.multiply(row, self._buffer(name, shape, bool), out=left)
            np.subtract(row, left, out=right)
        return grad_input

    def pieces(self) -> Array:
        names = ("left_above", "left_below", "above")
        return np.stack([self._work[name][: self._samples] for name in names], axis=1)

    def _corners(self, x: Array) -> tuple[Array, Array, Array, Array]:
        """The four values of each 2 x 2, views (batch, side / 2, side / 2, channels)."""
        even = self.side - self.side % 2
        images = x.reshape(len(x), self.side, self.side, self.channels)[:, :even, :even]
        above, below = images[:, ::2], images[:, 1::2]
        return above[:, :, ::2], above[:, :, 1::2], below[:, :, ::2], below[:, :, 1::2]
