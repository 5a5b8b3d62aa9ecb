"""Which pixels an answer hangs on: maps of an image, as large as it, with a sign.

What is explained is a number f of the image x in [0, 1]: the logit of the `target` class, or its
distance z_target - z_contrast from that of a `contrast` class ("3 rather than 8"). A pixel that
speaks for it is positive, one that speaks against it negative, and black, the background, is where
each of the maps begins to count.
"""

from dataclasses import dataclass

import numpy as np

from nn.averaging import ALONE
from nn.checks import one_of, whole_number
from nn.explain.image_gradients import image_gradients, one_image
from nn.images import BLOCK
from nn.network import Network

Array = np.ndarray

FILLS = {"black": 0.0, "grey": 0.5}
"""What occlusion can lay over a place."""


@dataclass(frozen=True)
class Target:
    """The number f that is explained, see this module.

    target, contrast: classes; without `contrast` f is the target's logit alone.
    """

    target: int
    contrast: int | None = None

    def weights(self, num_classes: int) -> Array:
        """df/dlogits (classes,): f is the sum of the logits times these."""
        weights = np.zeros(num_classes)
        weights[whole_number("target", self.target, 0, num_classes - 1)] = 1
        if self.contrast is not None:
            weights[whole_number("contrast", self.contrast, 0, num_classes - 1)] -= 1
        return weights

    def value(self, network: Network, images: Array) -> Array:
        """f (n,) of images (n, in_features) or (n, height, width)."""
        logits = network.predict_logits(images, averaging=ALONE)
        return logits @ self.weights(network.num_classes).astype(logits.dtype)


@dataclass(frozen=True)
class Attribution:
    """A map of an image, and what it should add up to.

    pixels: (in_features,), each pixel's share in f.
    total: f(image) - f(black image).
    """

    pixels: Array
    total: float

    @property
    def gap(self) -> float:
        """What the shares fail to explain: `total` less their sum."""
        return self.total - float(self.pixels.sum())


def pixel_gradients(network: Network, images: Array, target: Target) -> Array:
    """df/dx (n, in_features) of each of the images (n, in_features) or (n, height, width) by
    itself, for pixels x in [0, 1]."""
    weights = target.weights(network.num_classes)
    return image_gradients(network, images, lambda logits: np.tile(weights, (len(logits), 1)))


def gradient_times_input(network: Network, image: Array, target: Target) -> Attribution:
    """x · df/dx: how f would change if the pixel's ink were more or less, times the ink there is.

    (Shrikumar et al. 2016.) Exact for a linear network; for others true close to the image only.
    The image is (in_features,) or (height, width), numbers in [0, 1] or uint8; ValueError if it or
    the target doesn't fit the network.
    """
    image = one_image(network, image)
    pixels = (image * pixel_gradients(network, image, target))[0]
    return Attribution(pixels, _total(network, image, target))


def integrated_gradients(
    network: Network, image: Array, target: Target, steps: int = 64
) -> Attribution:
    """x · ∫₀¹ df/dx (αx) dα: the gradient's mean on the straight way from black to the image.

    (Sundararajan, Taly, Yan 2017.) The shares add up to f(x) - f(black): that is completeness, but
    for the error of replacing the integral by a sum over m = `steps` places, from 1 to 10,000, in
    the middles of equal parts:

        x · 1/m · Σ_k df/dx (α_k x)        α_k = (k + 1/2) / m,  k = 0 ... m - 1

    The image is as in `gradient_times_input`.
    """
    image = one_image(network, image)
    steps = whole_number("steps", steps, 1, 10_000)
    way = (np.arange(steps, dtype=image.dtype) + 0.5) / steps
    mean = np.zeros(image.shape[1])
    for start in range(0, steps, BLOCK):
        some = pixel_gradients(network, way[start : start + BLOCK, np.newaxis] * image, target)
        mean += some.sum(axis=0) / steps
    return Attribution(image[0] * mean, _total(network, image, target))


def occlusion(
    network: Network, image: Array, target: Target, patch: int = 5, fill: str = "black"
) -> Attribution:
    """f(x) - f(x with a square patch laid over the pixel): what is lost when it is hidden.

    (Zeiler, Fergus 2014.) The patch has an odd number of pixels each way, the pixel in its middle,
    and the colour of `FILLS`. The shares of pixels that are hidden together count several times, so
    that they need not add up to anything. The image is as in `gradient_times_input`, but square;
    ValueError too if `patch` is even or larger than the image, or `fill` is none of `FILLS`.
    """
    image = one_image(network, image)
    side = round(image.shape[1] ** 0.5)
    if side * side != image.shape[1]:
        raise ValueError(f"occlusion needs square images, got images of {image.shape[1]} pixels")
    whole_number("patch", patch, 1, side)
    if patch % 2 == 0:
        raise ValueError(f"patch must be odd, got {patch}")
    colour = FILLS[one_of("fill", fill, FILLS)]
    covered = np.repeat(image, image.shape[1], axis=0)
    for place, one in enumerate(covered.reshape(-1, side, side)):
        row, column = divmod(place, side)
        above, left = max(0, row - patch // 2), max(0, column - patch // 2)
        one[above : row + patch // 2 + 1, left : column + patch // 2 + 1] = colour
    # Black on black hides nothing: half the places and more of a digit.
    changed = (covered != image).any(axis=1)
    lost = np.zeros(len(covered))
    lost[changed] = target.value(network, image) - target.value(network, covered[changed])
    return Attribution(lost, _total(network, image, target))


def _total(network: Network, image: Array, target: Target) -> float:
    values = target.value(network, np.concatenate((image, np.zeros_like(image))))
    return float(values[0] - values[1])
