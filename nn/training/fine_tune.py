"""Teaching a trained network a few images that it reads wrong, in a moment."""

import time
from typing import Any

import numpy as np

from nn.augment import Augmentation
from nn.averaging import ALONE
from nn.checks import real_number
from nn.evaluation.familiarity import is_familiar
from nn.images import check_samples
from nn.losses import CrossEntropyLoss
from nn.network import Network
from nn.optimizers import Adam
from nn.training.events import BatchEnd, EpochEnd
from nn.training.trainer import Trainer

Array = np.ndarray

DISTORTION = Augmentation(
    rotation=8, scaling=0.1, shear=8, shift=1, elastic=0.8, elastic_sigma=4, thickness=0.3
)
"""What still is the same sign in the same hand: so that the next one like it is read too."""
COPIES = 32
"""So many of the images in each epoch are distorted copies of those to learn, at least one each."""
LEARNING_RATE = 2e-4
BATCH_SIZE = 64
MAX_EPOCHS = 1000
LEARNED_PROBABILITY = 0.9
"""It is learned when the network gives its label this probability."""


def fine_tune(
    network: Network,
    images: Any,
    labels: Any,
    known_images: Any,
    known_labels: Any,
    *,
    seconds: float = 1.0,
    seed: int = 0,
) -> Network:
    """A copy of the network that has learned these images, and hardly anything else.

    The copy is trained by Adam with a small learning rate on distorted copies of the images, mixed
    with some of what the network knows already. Without these it would forget that (McCloskey,
    Cohen 1989); going through old images again is the plainest remedy (Robins 1995). It ends after
    the first epoch after which all images are read right, with `LEARNED_PROBABILITY`, and are
    familiar where the network can tell (`nn.evaluation.familiarity`).

    Args:
        network: stays as it is.
        images: (n, side, side) or (n, side * side) uint8, n at least 1.
        labels: (n,) integers, what the images show.
        known_images, known_labels: the same for images like those the network learned from; about
            500 are enough. What it reads wrong of them is left out, for it is not known.
        seconds: end after this time in any case.
        seed: of the distortions and of the order.

    Raises ValueError if the images are not square or don't fit the network, or if `seconds` is
    not from 0 to 3600.
    """
    sizes = network.in_features, network.num_classes
    images, labels = check_samples("new", images, labels, *sizes)
    known_images, known_labels = check_samples("known", known_images, known_labels, *sizes)
    for part, some in (("new", images), ("known", known_images)):
        if some.dtype != np.uint8:
            raise ValueError(f"{part}_images must be uint8, got {some.dtype}")
    seconds = real_number("seconds", seconds, 0, 3600)
    known = network.predict_logits(known_images, averaging=ALONE).argmax(axis=1) == known_labels
    copy = network.copy()
    repeats = max(1, COPIES // len(images))
    trainer = Trainer(
        copy,
        Adam(copy.parameters, copy.gradients, learning_rate=LEARNING_RATE),
        CrossEntropyLoss(),
        np.concatenate([known_images[known], np.repeat(images, repeats, axis=0)]),
        np.concatenate([known_labels[known], np.repeat(labels, repeats)]),
        batch_size=BATCH_SIZE,
        epochs=MAX_EPOCHS,
        seed=seed,
        augmentation=DISTORTION,
    )
    began = time.monotonic()
    for event in trainer.run():
        if isinstance(event, EpochEnd) and _has_learned(copy, images, labels):
            break
        if isinstance(event, BatchEnd) and time.monotonic() - began > seconds:
            break
    # Another copy: the gradients and work buffers of this one are filled, and stay in memory. Its
    # own take none until they are used.
    return copy.copy()


def _has_learned(network: Network, images: Array, labels: Array) -> bool:
    """Whether all these images get their label with `LEARNED_PROBABILITY`, and are familiar."""
    logits = network.predict_logits(images)
    if network.max_energy is not None and not is_familiar(logits, network.max_energy).all():
        return False
    probabilities = network.probabilities(logits)
    return bool(np.all(probabilities[np.arange(len(labels)), labels] >= LEARNED_PROBABILITY))
