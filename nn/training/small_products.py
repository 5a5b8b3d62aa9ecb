"""Matrix products in pieces that are small enough to be multiplied as they lie in memory.

Before a BLAS multiplies, it copies ("packs") both matrices into the order in which its innermost
loop wants them. That pays for large matrices; for a batch of 32 images and the weights of a first
layer it takes a quarter of the time. OpenBLAS does without it where a product takes no more than
`DIRECT` multiplications, on processors with AVX-512 (its kernels for SkylakeX). So there a product
that is somewhat larger is faster in several pieces, which one call of NumPy computes in turn:

    a [B₁ B₂ ...] = [a B₁  a B₂  ...]          [A₁]     [A₁ b]
                                               [A₂] b = [A₂ b]
                                               [..]     [ .. ]

Seen for 784-128 with one thread: 16 or 32 images, forwards 39 and 25 % less time, and for the
gradient of the weights, of 16 to 128 images, 8 to 15 %. Elsewhere a product stays whole.
Convolutions make theirs of one or of a few images at a time, as many as are small enough
(`Layer.direct_products`).
"""

import numpy as np

from nn.training.blas_threads import current_threads, kernel

Array = np.ndarray

DIRECT = 1_000_000
"""Multiplications up to which OpenBLAS multiplies without packing first."""
MOST_PIECES = 14
"""With more, they are so thin that packing would have been faster."""
COLUMNS = 32
"""Columns come in multiples of so many: two vectors of a processor with AVX-512."""


def number_of_pieces(count: int, each: int, unit: int = 1) -> int:
    """In how many equal pieces to multiply `count` rows or columns, of which each takes so many
    multiplications: 1 where the whole is faster. Pieces are multiples of `unit`."""
    limit = direct_limit()
    if count * each <= limit:
        return 1
    for pieces in range(2, MOST_PIECES + 1):
        if count % (pieces * unit) == 0 and count // pieces * each <= limit:
            return pieces
    return 1


def direct_limit() -> int:
    """Up to how many multiplications BLAS, as it is set now, multiplies matrices as they lie; 0 if
    it never does. With several threads a product stays whole: they share it."""
    return DIRECT if kernel() == "SkylakeX" and current_threads() == 1 else 0


def in_columns(matrix: Array, pieces: int) -> Array:
    """A view (pieces, n, width / pieces) of a matrix (n, width)."""
    n, width = matrix.shape
    return matrix.reshape(n, pieces, width // pieces).transpose(1, 0, 2)


def in_rows(matrix: Array, pieces: int) -> Array:
    """A view (pieces, n / pieces, width) of a matrix (n, width)."""
    n, width = matrix.shape
    return matrix.reshape(pieces, n // pieces, width)
