"""How good a map is: does the answer go when the pixels go that it points at?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nn.averaging import ALONE
from nn.checks import whole_number
from nn.images import check_images
from nn.network import Network

Array = np.ndarray


@dataclass(frozen=True)
class DeletionCurve:
    """The probability of a class while more and more pixels turn black.

    shares: of the inked pixels that are gone (points,), from 0 to 1.
    probabilities: (points,) of the class.
    """

    shares: Array
    probabilities: Array

    @property
    def area(self) -> float:
        """∫₀¹ p(s) ds over the share s of the pixels that are gone, by trapezoids; in [0, 1]: the
        less, the better the order of the pixels."""
        return float(np.trapezoid(self.probabilities, self.shares))


def deletion_curves(
    network: Network, image: Array, orders: Sequence[Array], target: int, points: int = 25
) -> list[DeletionCurve]:
    """Turn the image's inked pixels black in each of the `orders`, (in_features,) indices of all
    pixels.

    (Samek et al. 2017; the curve and its area as in Petsiuk et al. 2018.) The image is
    (in_features,) or (height, width), numbers in [0, 1] or uint8; `target` is the class whose
    probability is looked at, `points` is how often. ValueError if one of them doesn't fit.
    """
    image = check_images(np.asarray(image)[np.newaxis], network.in_features)[0]
    whole_number("target", target, 0, network.num_classes - 1)
    shares = np.linspace(0, 1, whole_number("points", points, 2, 1000))
    images = np.tile(image, (len(orders), points, 1))
    for some, order in zip(images, orders, strict=True):
        inked = order[image[order] > 0]
        for row, share in zip(some, shares, strict=True):
            row[inked[: round(share * len(inked))]] = 0
    # All in one batch: a few images at a time take half as long again.
    answers = network.predict_proba(images.reshape(-1, image.size), averaging=ALONE)
    of_target = answers[:, target].astype(float).reshape(len(orders), points)
    return [DeletionCurve(shares, probabilities) for probabilities in of_target]


def most_important_first(pixels: Array) -> Array:
    """The order in which a map (in_features,) names the pixels, for `deletion_curves`."""
    return np.argsort(-pixels, kind="stable")


def random_order(count: int, seed: int = 0) -> Array:
    """An order that knows nothing of the image, to compare with."""
    return np.random.default_rng(seed).permutation(count)
