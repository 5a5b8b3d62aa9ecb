"""The convolutional layer."""

import math
from typing import ClassVar

import numpy as np
from numpy.lib.stride_tricks import as_strided

from nn.checks import whole_number
from nn.initializers import INITIALIZERS
from nn.layers.items import as_items
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

    where dL/dx at a place is the sum of dL/dP over all patches that the place is part of. Where it
    is faster, a patch is wider and serves several outputs of a row: W then has columns for each of
    them, with 0 for the values that belong to the others alone.

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
        self.span = self._best_span()
        self.columns = self.out_side // self.span
        self.run = (self.kernel_size + self.span - 1) * self.in_channels
        self.patch_values = self.out_side * self.columns * self.kernel_size * self.run
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
        return self.out_side**2 * self.out_channels * self.in_channels * self.kernel_size**2

    def moved_values(self, input_width: int) -> int:
        # As if no places shared a patch: what that spares, `_send_back` needs about as work arrays.
        patches = self.out_side**2 * self.kernel_size**2 * self.in_channels
        return patches + self.values(input_width)

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
        kernel = self.kernel_size, self.kernel_size, self.in_channels, self.out_channels
        self.weight[...] = drawn.reshape(kernel).transpose(3, 2, 0, 1)
        self.bias[...] = 0

    def forward(self, x: Array, training: bool = False) -> Array:
        self.x = x
        image_product = self.patch_values * self.span * self.out_channels
        self._one_by_one = training and image_product <= self.direct_products
        matrix, bias = self.matrix(), np.tile(self.bias, self.out_side)
        y = self._buffer("output", (len(x), self.output_width(x.shape[1])), x.dtype)
        for images in self._blocks(len(x)):
            patches, places = self._patches(x[images]), self._places(y[images])
            np.matmul(self._products(patches), matrix, out=self._products(places))
            rows = self._rows(y[images], self.out_channels)
            rows += bias
        return y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        matrix = self.matrix()
        transposed = np.ascontiguousarray(matrix.T)
        grad_matrix = np.zeros_like(matrix)
        grad_input = self._buffer_like("grad_input", self.x) if input_gradient else None
        blocks = self._blocks(len(self.x))
        for images in blocks:
            grad_places = self._places(grad_output[images])
            # Of several blocks laid out again: patches take up to 25 times the images' memory.
            patches = self.patches if len(blocks) == 1 else self._patches(self.x[images])
            grad_matrix += patches.T @ grad_places
            if grad_input is not None:
                self._send_back(grad_places, transposed, grad_input[images])
        self.add_outputs(grad_matrix)
        each = grad_output.reshape(-1, self.out_channels)
        np.matmul(np.ones(len(each), each.dtype), each, out=self.grad_bias)
        return grad_input

    def _best_span(self) -> int:
        """How many outputs of a row share a patch, for the least time (measured): patches of one
        channel take longer to lay out than to multiply, and products with few columns are slow."""
        most = 4 if self.in_channels == 1 else 2 if self.out_channels <= 32 else 1
        most = min(most, self.kernel_size)
        return max(span for span in range(1, most + 1) if self.out_side % span == 0)

    def matrix(self) -> Array:
        """W with a column for each filter, and rows in the order of a patch's values: row by row
        of the image, and the channels of a place side by side."""
        matrix = np.zeros(self._matrix_shape(), self.weight.dtype)
        for part in self._outputs(matrix):
            part[...] = self.weight.transpose(2, 3, 1, 0)
        return matrix.reshape(-1, self.span * self.out_channels)

    def add_outputs(self, grad_matrix: Array) -> None:
        """Fill dL/dW with that of its matrix, the sum over the outputs that share a patch."""
        first, *others = self._outputs(grad_matrix.reshape(self._matrix_shape()))
        kernel = self.grad_weight.transpose(2, 3, 1, 0)
        kernel[...] = first
        for other in others:
            kernel += other

    def _matrix_shape(self) -> tuple[int, ...]:
        width = self.kernel_size + self.span - 1
        return self.kernel_size, width, self.in_channels, self.span, self.out_channels

    def _outputs(self, matrix: Array) -> list[Array]:
        """Where W is in its matrix for each of the outputs that share a patch."""
        size = self.kernel_size
        return [matrix[:, place : place + size, :, place] for place in range(self.span)]

    def _blocks(self, count: int) -> list[slice]:
        """Parts of a batch of so many images that are worked on at a time."""
        size = max(1, PATCH_VALUES // self.patch_values)
        return [slice(start, start + size) for start in range(0, count, size)]

    def _patches(self, x: Array) -> Array:
        """P: a row for each patch."""
        patches = x  # those of 1 x 1 as they stand
        if self.kernel_size > 1:
            windows = self.windows(x)
            patches = self._buffer("patches", windows.shape, x.dtype)
            as_items(patches)[...] = as_items(windows)
        self.patches = patches.reshape(-1, self.kernel_size * self.run)
        return self.patches

    def windows(self, x: Array) -> Array:
        """The patches as views: (batch, out_side, columns, kernel_size · run).

        Each image is copied as strips that are as wide as a patch. There the rows of a patch follow
        each other, so that it is one piece of memory and can be copied in one go."""
        shape = len(x), self.columns, self.side, self.run
        strips = self._buffer("strips", shape, x.dtype)
        rows = self._rows(np.ascontiguousarray(x), self.in_channels)
        image, row, value = rows.strides
        step = self.span * self.in_channels * value
        as_items(strips)[...] = as_items(as_strided(rows, shape, (image, step, row, value)))
        image, column, row, value = strips.strides
        shape = len(x), self.out_side, self.columns, self.kernel_size * self.run
        return as_strided(strips, shape, (image, row, column, value), writeable=False)

    def _send_back(self, grad_places: Array, transposed: Array, grad_input: Array) -> None:
        """Fill dL/dx with the sums of dL/dP, row by row of the kernel: those for a row of all
        patches lie in memory as they are added up, and few enough at a time for the cache."""
        shape = len(grad_input), self.out_side, self.columns, self.run
        row_gradient = self._buffer("row_gradient", shape, grad_input.dtype)
        sums = self._buffer("sums", (len(grad_input), self.side, *shape[2:]), grad_input.dtype)
        sums[...] = 0
        for row in range(self.kernel_size):
            weights = transposed[:, row * self.run : (row + 1) * self.run]
            out = self._products(row_gradient.reshape(-1, self.run))
            np.matmul(self._products(grad_places), weights, out=out)
            part = sums[:, row : row + self.out_side]
            part += row_gradient
        rows = self._rows(grad_input, self.in_channels)
        rows[...] = 0
        for column in range(self.columns):
            place = column * self.span * self.in_channels
            part = rows[:, :, place : place + self.run]
            part += sums[:, :, column]

    def _products(self, rows: Array) -> Array:
        """Rows of patches or of their outputs as what one product takes: those of an image if
        products are made `_one_by_one`, else all."""
        count = self.out_side * self.columns if self._one_by_one else len(rows)
        return rows.reshape(-1, count, rows.shape[1])

    def _rows(self, x: Array, channels: int) -> Array:
        """The images (batch, side, side · channels) of their rows of values."""
        side = math.isqrt(x.shape[1] // channels)
        return x.reshape(-1, side, side * channels)

    def _places(self, y: Array) -> Array:
        """Outputs with a row for the places of each patch."""
        return y.reshape(-1, self.span * self.out_channels)
