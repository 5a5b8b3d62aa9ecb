"""The first layer without the pixels that are black in all images of a batch.

Of MNIST's 784 pixels only some 500 are inked in any of 64 images. A black pixel's input is the same
number c in every image, -input_mean / input_std, so that with the weights W_i of pixel i and the
gradient G of the layer's outputs, one sum stands for the products of all black pixels:

    x W + b   = Σ_inked x_i W_i + (b + c Σ_black W_i)
    dL/dW_i   = x_iᵀ G of an inked pixel,  c dL/db of a black one            dL/db = Σ_batch G

That is exact but for the order of the sums, and whatever the optimizer. Finding the inked pixels
and copying their inputs and weights takes time, too. Seen for 784-128 with OpenBLAS's kernels for
processors with AVX2, the two products take 6 % less time for 32 images, 12 % for 64 and 15 % for
128; with those for older ones, 13 to 28 % less. With those for AVX-512 nothing is won there, and
several threads of BLAS share whole products better. But wide layers gain everywhere: with AVX-512 a
whole step of 784-800-10 takes an eighth less time at batch 128, one of 784-512-10 6 %.
"""

import numpy as np

from nn.training.blas_threads import current_threads, kernel

Array = np.ndarray

OLDER = ("Katmai", "Prescott", "Nehalem", "Sandybridge", "Haswell", "Zen")
"""OpenBLAS's kernels, by its names, for processors without AVX-512. NumPy's calls Prescott's
Katmai's."""
NEWER = ("SkylakeX", "Cooperlake", "SapphireRapids")
"""Those for processors with AVX-512."""
WIDE = 512
"""A first layer with so many outputs gains with all of these kernels, and several threads."""
LEAST_IMAGES = 32
"""Fewer are not worth it."""
MOST_INKED = 0.75
"""Nor is it with more of the pixels inked."""


def pays(images: int, width: int) -> bool:
    """Whether it is worth looking for black pixels in so many images for a first layer with so many
    outputs, as BLAS is set now."""
    if images < LEAST_IMAGES:
        return False
    if width >= WIDE:
        return kernel() in OLDER + NEWER
    return kernel() in OLDER and current_threads() == 1


def inked_pixels(images: Array) -> Array | None:
    """Indices (k,) of the pixels that are not black in all images (n, pixels); None if these are
    too many for it to be worthwhile."""
    inked = np.flatnonzero(np.maximum.reduce(images, axis=0))
    return inked if len(inked) <= MOST_INKED * images.shape[1] else None


class InkedProducts:
    """The two products of a first layer.

    Args:
        weights: (pixels + 1, width), [W; b].
        gradients: (pixels + 1, width), filled with [dL/dW; dL/db].
        black: what a black pixel is as an input.
        images: the most there are in a batch.
    """

    def __init__(self, weights: Array, gradients: Array, black: float, images: int) -> None:
        self._weights, self._gradients, self._black = weights, gradients, black
        self._inputs = np.empty(images * len(weights), weights.dtype)
        self._rows = np.empty_like(weights)
        self._rest = np.empty(len(weights), weights.dtype)

    def forward(self, inputs: Array, inked: Array, out: Array) -> None:
        """`out` (n, width) = x W + b for inputs [x 1] (n, pixels + 1), of which only those of the
        inked pixels are not black."""
        weights = self._weights
        self._chosen = np.append(inked, len(weights) - 1)  # with the ones, and the bias
        count = len(self._chosen)
        self._x = self._inputs[: len(inputs) * count].reshape(len(inputs), count)
        rows = self._rows[:count]
        np.take(inputs, self._chosen, axis=1, out=self._x, mode="clip")
        np.take(weights, self._chosen, axis=0, out=rows, mode="clip")
        # The bias with c Σ_black W_i, as a product: NumPy's own sums take twice as long.
        self._rest[...] = 1
        self._rest[self._chosen] = 0
        self._left_out = np.flatnonzero(self._rest)
        self._rest *= self._black
        self._rest[-1] = 1
        np.matmul(self._rest, weights, out=rows[-1])
        np.matmul(self._x, rows, out=out)

    def backward(self, grad: Array) -> None:
        """Fill the gradients for the inputs of the last `forward` and its dL/dout (n, width)."""
        rows = self._rows[: len(self._chosen)]
        np.matmul(self._x.T, grad, out=rows)
        self._gradients[self._left_out] = self._black * rows[-1]
        self._gradients[self._chosen] = rows
