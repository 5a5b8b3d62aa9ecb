"""Where the ink of a 28x28 image is."""

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
