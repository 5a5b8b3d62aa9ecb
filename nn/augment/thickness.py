"""Bolder and finer strokes."""

import numpy as np

Array = np.ndarray


def change_thickness(images: Array, side: int, change: float) -> Array:
    """Images with bolder (change > 0) or finer (change < 0) strokes, -1 to 1.

    Bolder is a step of dilation, finer one of erosion, each mixed with the image x:

        x' = (1 - |change|) x + |change| · (maximum or minimum of x and its four neighbours)

    Args:
        images: (side * side, n) uint16 from 0 to 255, a row for each pixel.

    Returns (side * side, n) uint16 from 0 to 255.
    """
    x = images.reshape(side, side, -1)
    extreme = np.maximum if change > 0 else np.minimum
    y = x.copy()
    for here, there in ((np.s_[1:], np.s_[:-1]), (np.s_[:, 1:], np.s_[:, :-1])):
        extreme(y[here], x[there], out=y[here])
        extreme(y[there], x[here], out=y[there])
    share = round(256 * abs(change))
    y *= np.uint16(share)
    y += x * np.uint16(256 - share)
    y >>= 8
    return y.reshape(images.shape)
