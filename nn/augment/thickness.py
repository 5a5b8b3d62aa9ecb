"""Bolder and finer strokes."""

import numpy as np

Array = np.ndarray


def change_thickness(images: Array, side: int, change: float) -> Array:
    """Images with bolder (change > 0) or finer (change < 0) strokes, -1 to 1.

    Bolder is a step of dilation, finer one of erosion, each mixed with the image x:

        x' = (1 - |change|) x + |change| · (maximum or minimum of x and its four neighbours)

    Args:
        images: (n, side * side) uint8.

    Returns (n, side * side) uint8.
    """
    x = images.reshape(-1, side, side)
    extreme = np.maximum if change > 0 else np.minimum
    y = x.copy()
    for here, there in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[:, :, 1:], np.s_[:, :, :-1])):
        extreme(y[here], x[there], out=y[here])
        extreme(y[there], x[here], out=y[there])
    share = round(256 * abs(change))
    mixed = y.astype(np.uint16)
    mixed *= np.uint16(share)
    mixed += x * np.uint16(256 - share)
    mixed >>= 8
    return mixed.astype(np.uint8).reshape(images.shape)
