"""What the view "Trick" shows: an image changed with growing strength, and noise as large."""

from collections.abc import Generator
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from nn.explain.adversarial import (
    Attack,
    Goal,
    fast_gradient_sign,
    iterated_gradient_sign,
    random_noise,
    smallest_strength,
)
from nn.plain_state import network_from
from ui.long_work.piece import Progress

FGSM, ITERATED = "fgsm", "iterated"
STEPS = 20
"""Of the iterated form."""


class Tricks(NamedTuple):
    """What came of it.

    trick, noise: the same image with changes as large.
    smallest: the smallest strength with which the trick reaches its goal, None if none does.
    noise_smallest: the same of the noise.
    """

    trick: Attack
    noise: Attack
    smallest: float | None
    noise_smallest: float | None


def tricks(
    state: dict[str, Any], image: np.ndarray, how: str, goal: Goal, seed: int
) -> Generator[Progress, None, Tricks]:
    """Of the network with this `plain_state`, for an image (28, 28) uint8, by FGSM or ITERATED;
    `seed` is the noise's."""
    network = network_from(state)
    of_trick = partial(fast_gradient_sign, network, image, goal)
    if how == ITERATED:
        of_trick = partial(iterated_gradient_sign, network, image, goal, steps=STEPS)
    of_noise = partial(random_noise, network, image, goal, seed=seed)
    yield Progress(0, "its gradients")
    trick, noise = of_trick(), of_noise()
    yield Progress(0.5, "the smallest strength")
    return Tricks(
        trick,
        noise,
        smallest_strength(trick, of_trick),
        smallest_strength(noise, of_noise),
    )
