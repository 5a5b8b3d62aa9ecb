"""The pattern or weave of the paper itself, and how to take it out of a photo."""

import numpy as np

# Below this the typical pixel is bare paper, 0 = the brightest of it.
_BARE = 0.05
# Ink is this many standard deviations of the paper away from it; the dark half of noise is up to
# 4 away from the bright one, whatever its distribution.
_LEAST_DISTANCE = 5.0
# At least so much of the picture is paper.
_LEAST_PAPER = 0.6
# So many standard deviations above its mean is the end of what is taken for paper.
_DEVIATIONS = 1.5


def without_texture(ink: np.ndarray) -> np.ndarray:
    """Ink (h, w) float32 in [0, 1] without a pattern of the paper, such as a cheque's.

    The pattern is taken out only where ink and paper are clearly two: parted by the threshold of
    Otsu, the mean of the ink is far from that of the paper, compared with how the paper varies.
    """
    if np.median(ink) < _BARE:
        return ink
    threshold = between_dark_and_bright((255 * ink).astype(np.uint8))
    is_ink = ink > (threshold + 0.5) / 255
    if not 0 < is_ink.mean() < 1 - _LEAST_PAPER:
        return ink
    paper = ink[~is_ink]
    mean, deviation = paper.mean(), paper.std()
    if ink[is_ink].mean() - mean < _LEAST_DISTANCE * deviation:
        return ink
    darkest = mean + _DEVIATIONS * deviation
    return np.clip((ink - darkest) / (1 - darkest), 0, 1).astype(np.float32)


def between_dark_and_bright(values: np.ndarray) -> int:
    """The threshold that parts uint8 into the two most different classes.

    Otsu 1979, "A threshold selection method from gray-level histograms".
    """
    counts = np.bincount(values.ravel(), minlength=256)
    share = counts.cumsum() / counts.sum()
    moment = (counts * np.arange(256)).cumsum() / counts.sum()
    between = (moment[-1] * share - moment) ** 2 / np.maximum(share * (1 - share), 1e-9)
    return int(between.argmax())
