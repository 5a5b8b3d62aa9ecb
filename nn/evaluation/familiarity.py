"""Whether an image is like those a network has learned from: scribbles and hearts are no digits.

A softmax must choose a class and can be sure of it whatever it is shown. The logits know more: on
what the network has learned they are large, and the energy (Liu et al. 2020)

    E = -log Σ exp(z)

is low; what it has never seen has a higher one. An image counts as unfamiliar if its energy is
higher than that of all but a hundredth of the images kept back for validation, so that nothing has
to be made up about what people might draw.
"""

import numpy as np

Array = np.ndarray

UNFAMILIAR_SHARE = 0.01
"""So many of the images that the network should know are called unfamiliar."""


# What an energy of one more than `max_energy` adds to the temperature. Of 127 strange images, of
# MNIST's test set and of strokes, 38 are then read with more than 80 %, 91 % on average, and 35 of
# these (92 %) rightly; without it 68 with 92 % on average, and 57 (84 %) rightly. MNIST alone
# would not ask for it: of 116 strange ones among its validation images, slanted and stretched, 65
# are read so, 97 % of them rightly, and 39 with it, all of them.
_LESS_SURE = 0.5


def energy(logits: Array) -> Array:
    """The energy (n,) of images with these logits (n, classes)."""
    highest = logits.max(axis=1)
    # Less the highest first: exp overflows beyond 88 in float32.
    return -(highest + np.log(np.exp(logits - highest[:, np.newaxis]).sum(axis=1)))


# One limit for all classes, though the default network's is exceeded by 0.1 % of MNIST's 3s and 3 %
# of its 9s. Limits for each class would need more images: a hundredth of the 200 or so kept back of
# one are two, and limits by these hide 153 right answers of the test images instead of 110. Even
# set by the test images themselves, limits for each class hide 83 of them and one limit for all 79.
def fit_max_energy(logits: Array) -> float:
    """The energy that `UNFAMILIAR_SHARE` of the images exceed.

    `logits` (n, classes) are those of images the network has not learned from.
    """
    return float(np.quantile(energy(logits), 1 - UNFAMILIAR_SHARE))


def is_familiar(logits: Array, max_energy: float) -> Array:
    """Which images (n,) are like those the network has learned from, by their logits (n, classes)
    and the network's `max_energy`."""
    return energy(logits) <= max_energy


def less_sure(logits: Array, max_energy: float) -> Array:
    """The logits (n, classes), smaller for images that are unlike those the network has learned
    from: the stranger one is, the more often it is read wrong than its probability says."""
    strangeness = np.maximum(0, energy(logits) - max_energy)
    return logits / (1 + _LESS_SURE * strangeness[:, np.newaxis])
