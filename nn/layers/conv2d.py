"""The convolutional layer."""

from typing import ClassVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nn.checks import whole_number
from nn.initializers import INITIALIZERS
from nn.layers.layer import Array, Layer

PATCH_VALUES = 500_000
"""So many values of patches are laid out at a time: few enough for a core's cache."""
MAX_VALUES = 10_000_000
"""So many values an image may need in a layer: its few weights don't tell how much memory it takes,
and a model's file may come from anybody."""


class Conv2d(Layer):
    """Slides the same small weights over the whole image (LeCun and others 1989):

        y[i, j, o] = b[o] + Σ_a Σ_b Σ_c W[o, c, a, b] · x[i + a, j + b, c]

    for images of `side` rows and columns with `in_channels` values at each place. Without padding,
    y has side - kernel_size + 1 rows and columns. With all patches of the images as the rows of a
    matrix P and W as a matrix with a column for each filter o, it is the product of `Linear`, and
    so is the way back:

        Y = P W + b        dL/dW = Pᵀ dL/dY        dL/dP = dL/dY Wᵀ

    where dL/dx at a place is the sum of dL/dP over all patches that the place is part of.

    W has PyTorch's shape (out_channels, in_channels, kernel_size, kernel_size). Images come and go
    as rows (batch, side · side · channels), the channels of a place side by side, which makes Y
    the output as it stands; see `Flatten`.
    """

    arguments: ClassVar[tuple[str, ...]] = ("in_channels", "out_channels", "kernel_size", "side")

    def __init__(self, in_channels: int, out_channels: int, kernel_size: int, side: int) -> None:
        super().__init__()
        self.in_channels = whole_number("in_channels", in_channels, 1, 10_000)
        self.out_channels = whole_number("out_channels", out_channels, 1, 10_000)
        self.side = whole_number("side", side, 1, 10_000)
        self.kernel_size = whole_number("kernel_size", kernel_size, 1, self.side)
        self.in_features = self.side**2 * self.in_channels
        self.out_side = self.side - self.kernel_size + 1
        self.patch_values = self.out_side**2 * self.kernel_size**2 * self.in_channels
        whole_number(
            "values of an image's patches and outputs",
            self.patch_values + self.out_side**2 * self.out_channels,
            1,
            MAX_VALUES,
        )

    def output_width(self, input_width: int) -> int:
        if input_width != self.in_features:
            raise ValueError(f"{self} needs {self.in_features} inputs, got {input_width}")
        return self.out_side**2 * self.out_channels

    def size(self) -> str:
        """32 filters of 5 x 5 are "32C5", as Ciresan and others write it."""
        return f"{self.out_channels}C{self.kernel_size}"

    def multiplications(self) -> int:
        return self.patch_values * self.out_channels

    def moved_values(self, input_width: int) -> int:
        return self.patch_values + self.values(input_width)

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        kernel = self.kernel_size, self.kernel_size
        return {
            "weight": (self.out_channels, self.in_channels, *kernel),
            "bias": (self.out_channels,),
        }

    def bind(self, parameters: dict[str, Array], gradients: dict[str, Array]) -> None:
        self.weight, self.bias = parameters["weight"], parameters["bias"]
        self.grad_weight, self.grad_bias = gradients["weight"], gradients["bias"]

    def initialize(self, rng: np.random.Generator, initializer: str) -> None:
        fan_in, fan_out = (
            channels * self.kernel_size**2 for channels in (self.in_channels, self.out_channels)
        )
        # As many columns as fan_out, which the variance may depend on; a part of them is needed.
        drawn = INITIALIZERS[initializer](rng, fan_in, fan_out)[:, : self.out_channels]
        self.weight[...] = self._tensor(drawn)
        self.bias[...] = 0

    def forward(self, x: Array, training: bool = False) -> Array:
        self.x = x
        matrix = self._matrix()
        y = self._buffer("output", (len(x), self.output_width(x.shape[1])), x.dtype)
        for images in self._blocks(len(x)):
            places = self._places(y[images])
            np.matmul(self._patches(x[images]), matrix, out=places)
            places += self.bias
        return y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        matrix = self._matrix()
        grad_matrix = np.zeros_like(matrix)
        grad_input = self._buffer_like("grad_input", self.x) if input_gradient else None
        for images in self._blocks(len(self.x)):
            grad_places = self._places(grad_output[images])
            # Laid out again and not kept from `forward`: patches take 25 times the images' memory.
            patches = self._patches(self.x[images])
            grad_matrix += patches.T @ grad_places
            if grad_input is not None:
                np.matmul(grad_places, matrix.T, out=patches)
                self._add_up(patches, grad_input[images])
        self.grad_weight[...] = self._tensor(grad_matrix)
        grad_places = self._places(grad_output)
        np.matmul(np.ones(len(grad_places), matrix.dtype), grad_places, out=self.grad_bias)
        return grad_input

    def _matrix(self) -> Array:
        """W with a column for each filter, and rows in the order of a patch's values: row by row
        of the image, and the channels of a place side by side."""
        return self.weight.transpose(2, 3, 1, 0).reshape(-1, self.out_channels)

    def _tensor(self, matrix: Array) -> Array:
        """The same back: the W of its matrix."""
        shape = self.kernel_size, self.kernel_size, self.in_channels, self.out_channels
        return matrix.reshape(shape).transpose(3, 2, 0, 1)

    def _blocks(self, count: int) -> list[slice]:
        """Parts of a batch of so many images that are worked on at a time."""
        size = max(1, PATCH_VALUES // self.patch_values)
        return [slice(start, start + size) for start in range(0, count, size)]

    def _patches(self, x: Array) -> Array:
        """P: a row for each place of each output image."""
        run = self.kernel_size * self.in_channels  # what lies side by side in the image too
        rows = self._rows(x)
        windows = sliding_window_view(rows, (self.kernel_size, run), axis=(1, 2))
        windows = windows[:, :, :: self.in_channels]
        patches = self._buffer("patches", windows.shape, x.dtype)
        patches[...] = windows
        return patches.reshape(-1, self.kernel_size * run)

    def _add_up(self, grad_patches: Array, grad_input: Array) -> None:
        """Add dL/dP up where patches overlap, into dL/dx."""
        side, run = self.out_side, self.kernel_size * self.in_channels
        parts = grad_patches.reshape(-1, side, side, self.kernel_size, run)
        rows = self._rows(grad_input)
        rows[...] = 0
        for column in range(side):
            place = column * self.in_channels
            for row in range(self.kernel_size):
                part = rows[:, row : row + side, place : place + run]
                part += parts[:, :, column, row]

    def _rows(self, x: Array) -> Array:
        """The images (batch, side, side · in_channels) of their rows of values."""
        return x.reshape(-1, self.side, self.side * self.in_channels)

    def _places(self, y: Array) -> Array:
        """Outputs with a row for each place of each image."""
        return y.reshape(-1, self.out_channels)
