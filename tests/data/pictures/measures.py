"""Where the ink of a 28x28 image is, and how like another one it is."""

import numpy as np


def centre_of_mass(image):
    """Row and column."""
    total = image.sum()
    return image.sum(1) @ np.arange(28) / total, image.sum(0) @ np.arange(28) / total


def box(image, threshold=0.05):
    """Height and width."""
    rows = np.flatnonzero((image > threshold).any(1))
    columns = np.flatnonzero((image > threshold).any(0))
    return rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1


def similarity(image, other):
    """Correlation of two images; where their middles are rounded to different pixels, of the first
    moved by one."""
    moved = [np.roll(image, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    return max(np.corrcoef(one.ravel(), other.ravel())[0, 1] for one in moved)
