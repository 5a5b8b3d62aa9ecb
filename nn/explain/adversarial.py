"""Tricks: changes of an image, hardly to be seen, that make a network read it as something else.

Each pixel may change by a strength ε, in the direction in which the loss L grows (or, for a chosen
wrong answer, its loss falls): the fast gradient sign method (Goodfellow, Shlens, Szegedy 2015,
"Explaining and harnessing adversarial examples")

    x' = clip(x + ε sign(∇L(x)), 0, 1)

and in many small steps α, never further than ε from the image (Kurakin, Goodfellow, Bengio 2017,
"Adversarial examples in the physical world"; with α = 2.5 ε / steps, as Madry et al. 2018 chose it,
but from the image itself and not from a random place beside it)

    x_{t+1} = clip(x_t + α sign(∇L(x_t)), max(x - ε, 0), min(x + ε, 1))

L is the logarithm of the odds against the class c, log((1 - p_c) / p_c), p = softmax(z / T):

    dL/dz_k = p_k / (T (1 - p_c)) for k ≠ c        dL/dz_c = -1 / T

which is the gradient of the cross-entropy -log p_c divided by 1 - p_c, so that its sign is the
same. But where a network is so sure that 1 - p_c is rounded to 0, that of the cross-entropy is lost
and this one isn't.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nn.averaging import ALONE
from nn.checks import whole_number
from nn.explain.image_gradients import image_gradients, one_image
from nn.losses import softmax
from nn.network import Network

Array = np.ndarray

STRENGTHS = np.arange(31) / 100
"""From nothing to 0.3 of the way from black to white."""
MOST_STRENGTHS = 1000
STEP_SHARE = 2.5


@dataclass(frozen=True)
class Goal:
    """What a network is to be tricked into: any answer but `label`, or, if one is given, `target`.

    label, target: two classes.
    """

    label: int
    target: int | None = None

    def reached(self, probabilities: Array) -> Array:
        """For which of the answers (n, classes): bool (n,)."""
        answers = probabilities.argmax(axis=1)
        reached: Array = answers != self.label if self.target is None else answers == self.target
        return reached

    def check(self, network: Network) -> None:
        """ValueError if the network can't answer so."""
        whole_number("label", self.label, 0, network.num_classes - 1)
        if network.num_classes < 2:
            raise ValueError("network must have at least 2 classes, got 1")
        if self.target is not None:
            whole_number("target", self.target, 0, network.num_classes - 1)
            if self.target == self.label:
                raise ValueError(f"target must be another class than label, got {self.target}")


@dataclass(frozen=True)
class Attack:
    """An image, changed with each of several strengths, and what the network says to it, to the
    image alone and without averaged copies.

    goal: of the attack.
    strengths: (s,) ε, growing.
    images: (s, in_features) in [0, 1], no pixel further than ε from the original.
    probabilities: (s, classes).
    """

    goal: Goal
    strengths: Array
    images: Array
    probabilities: Array

    @cached_property
    def reached(self) -> Array:
        """With which strengths the goal is: bool (s,)."""
        return self.goal.reached(self.probabilities)

    @property
    def smallest(self) -> float | None:
        """The smallest of the strengths with which it is; None if with none."""
        return float(self.strengths[self.reached.argmax()]) if self.reached.any() else None


def fast_gradient_sign(
    network: Network, image: Array, goal: Goal, strengths: Array = STRENGTHS
) -> Attack:
    """One step for each of the strengths, see this module.

    Args:
        network: of any layers.
        image: (in_features,) or (height, width), numbers in [0, 1] or uint8.
        goal: see there.
        strengths: (s,) numbers in [0, 1], growing.

    Raises ValueError if one of them doesn't fit.
    """
    image, strengths = _checked(network, image, goal, strengths)
    signs = np.sign(_gradients(network, image, goal))
    return _attack(network, goal, strengths, image + strengths[:, np.newaxis] * signs)


def iterated_gradient_sign(
    network: Network, image: Array, goal: Goal, strengths: Array = STRENGTHS, steps: int = 20
) -> Attack:
    """The same in many steps, from 1 to 1,000; all strengths go side by side as one batch."""
    image, strengths = _checked(network, image, goal, strengths)
    whole_number("steps", steps, 1, 1000)
    reach = strengths[:, np.newaxis].astype(image.dtype)
    lowest, highest = np.maximum(image - reach, 0), np.minimum(image + reach, 1)
    images = np.repeat(image, len(strengths), axis=0)
    for _ in range(steps):
        images += STEP_SHARE / steps * reach * np.sign(_gradients(network, images, goal))
        np.clip(images, lowest, highest, out=images)
    return _attack(network, goal, strengths, images)


def random_noise(
    network: Network, image: Array, goal: Goal, strengths: Array = STRENGTHS, seed: int = 0
) -> Attack:
    """For comparison: each pixel changed by the same ε up or down at random, one draw of signs for
    all strengths. Where noise does not reach the goal it is not the size that does it."""
    image, strengths = _checked(network, image, goal, strengths)
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], image.shape)
    return _attack(network, goal, strengths, image + strengths[:, np.newaxis] * signs)


def smallest_strength(attack: Attack, again: Callable[[Array], Attack]) -> float | None:
    """The smallest strength that reaches the goal, to a thirtieth of the distance between two.

    `again` makes the attack with other strengths: it is asked for those between the first that
    reached the goal and the one before. None if none did.
    """
    if not attack.reached.any():
        return None
    first = int(attack.reached.argmax())
    if first == 0:
        return attack.smallest
    between = again(np.linspace(attack.strengths[first - 1], attack.strengths[first], 31))
    return between.smallest if between.reached.any() else attack.smallest


def transfer(network: Network, attack: Attack, others: Mapping[str, Network]) -> dict[str, Array]:
    """What other networks say (s, classes), by their names, to the images of an attack on
    `network`, to each image alone; `Goal.reached` tells which fall for it too. ValueError for a
    network of other images or labels."""
    for name, other in others.items():
        if (other.in_features, other.labels) != (network.in_features, network.labels):
            raise ValueError(
                f"{name} must read images of {network.in_features} pixels as {network.labels}, "
                f"got one of {other.in_features} pixels and {other.labels}"
            )
    return {
        name: other.predict_proba(attack.images, averaging=ALONE) for name, other in others.items()
    }


def log_odds_slopes(network: Network, logits: Array, label: int) -> Array:
    """dL/dz (n, classes) of L = log((1 - p) / p) for the class `label`, see this module."""
    scaled = logits.astype(np.float64) / network.temperature
    scaled[:, label] = -np.inf
    slopes = softmax(scaled)
    slopes[:, label] = -1
    return slopes / network.temperature


def _gradients(network: Network, images: Array, goal: Goal) -> Array:
    """In which direction each image has to go."""
    if goal.target is None:
        return image_gradients(network, images, lambda z: log_odds_slopes(network, z, goal.label))
    target = goal.target
    return image_gradients(network, images, lambda z: -log_odds_slopes(network, z, target))


def _attack(network: Network, goal: Goal, strengths: Array, images: Array) -> Attack:
    images = np.clip(images, 0, 1).astype(network.dtype)
    return Attack(goal, strengths, images, network.predict_proba(images, averaging=ALONE))


def _checked(network: Network, image: Array, goal: Goal, strengths: Array) -> tuple[Array, Array]:
    goal.check(network)
    strengths = np.asarray(strengths, np.float64)
    if (
        strengths.ndim != 1
        or not 1 <= len(strengths) <= MOST_STRENGTHS
        or not (strengths[0] >= 0 and strengths[-1] <= 1 and (np.diff(strengths) >= 0).all())
    ):
        raise ValueError(
            f"strengths must be 1 to {MOST_STRENGTHS} numbers in [0, 1] that grow, "
            f"got {strengths!r:.200}"
        )
    return one_image(network, image), strengths
