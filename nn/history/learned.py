"""When in a training an image was learned, from the answers to it at each kept moment."""

import numpy as np

Array = np.ndarray


def learned_for_good(classes: Array, labels: Array) -> Array:
    """The first moment from which on each image is read right to the end.

    Args:
        classes: (m, n) integers, what was read in n images at m moments.
        labels: (n,) integers.

    Returns (n,) places of moments; m for images that are read wrongly at the last one.
    """
    if classes.ndim != 2 or labels.shape != classes.shape[1:]:
        raise ValueError(
            f"classes must be (m, n) for labels (n,), got {classes.shape} and {labels.shape}"
        )
    wrong = classes != labels
    last_wrong = len(wrong) - 1 - wrong[::-1].argmax(axis=0)
    return np.where(wrong.any(axis=0), last_wrong + 1, 0)
