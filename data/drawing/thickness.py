"""How thick the strokes of a digit are, and making thin ones as thick as MNIST's."""

import math

import numpy as np

from data.drawing.centring import DIGIT_SIZE

THICKNESS = 2.3
"""Of MNIST's strokes, in its pixels: drawn so, strokes have the same width as MNIST's by
`nn.augment.styles.stroke_widths` (median of its training images 2.5) and the same share of ink."""

# Strokes of pictures thinner than this are made as thick: not as thick as the board's, since digits
# that touch would run together.
_THINNEST = 2.0
# What is paler is the rim of a stroke, or half-transparent ink, which must not get a dark rim.
_PALEST = 0.51


def stroke_width(ink: np.ndarray) -> float:
    """The mean width of the strokes in (h, w) float32 in [0, 1], not all zero, in pixels."""
    # A stroke of length L and width w has an area of w L, and in steps along x and y one meets its
    # two edges 2 L · 4/π times, over all directions.
    # The steps at the rim first: padding would take longer than all the rest of a small part.
    edges = ink[[0, -1]].sum() + ink[:, [0, -1]].sum()
    edges += np.abs(np.diff(ink, axis=0)).sum() + np.abs(np.diff(ink, axis=1)).sum()
    return float(8 / np.pi * ink.sum() / edges)


def thickened(ink: np.ndarray) -> np.ndarray:
    """A digit (h, w) float32 in [0, 1] with strokes not much thinner than MNIST's.

    Those of a ballpoint would fade away when scaled down, and what is a little thinner than all
    that a network has seen looks strange to it; they get more ink around them.
    """
    width, size = stroke_width(ink), max(ink.shape)
    if width * DIGIT_SIZE / size >= _THINNEST:
        return ink
    from scipy import ndimage  # here, because it takes 0.4 s and 20 MB

    more = (_THINNEST * size / DIGIT_SIZE - width) / 2
    padded = np.pad(ink, math.ceil(more) + 1)
    outside = ndimage.distance_transform_edt(padded <= _PALEST)
    return np.maximum(padded, np.clip(more + 1 - outside, 0, 1).astype(np.float32))
