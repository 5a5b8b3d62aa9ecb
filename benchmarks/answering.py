"""Whether a shipped model answers from averaged copies or from the image alone.

That is chosen by the validation images, which the network has not learned from, and not by the test
images: by their cross-entropy, each way calibrated by itself, since a few mistakes more or less of
some thousand images say little.
"""

from dataclasses import dataclass

import numpy as np

import data
import nn
from nn.training.build import split_validation


@dataclass(frozen=True)
class Answering:
    """How a network does on its validation images when it answers in one way.

    averaging: over which copies.
    loss: mean cross-entropy after calibration.
    mistakes: how many images it reads wrong.
    """

    averaging: nn.Averaging
    loss: float
    mistakes: int


def measure(
    network: nn.Network, averaging: nn.Averaging, images: np.ndarray, labels: np.ndarray
) -> Answering:
    """Let the network answer in this way; images and labels as for `nn.calibrate`."""
    logits = network.predict_logits(images, averaging=averaging)
    loss = nn.CrossEntropyLoss()(logits / nn.fit_temperature(logits, labels), labels)[0]
    return Answering(averaging, loss, int(np.count_nonzero(logits.argmax(axis=1) != labels)))


@dataclass(frozen=True)
class Choice:
    """Both ways of a network, on `count` validation images."""

    averaged: Answering
    alone: Answering
    count: int

    @property
    def better(self) -> Answering:
        """The way with the lower loss."""
        return min(self.averaged, self.alone, key=lambda way: way.loss)

    def __str__(self) -> str:
        name = "averaged" if self.better is self.averaged else "from the image alone"
        return (
            f"The {self.count:,} images kept back decided that it answers {name}: "
            f"loss {self.averaged.loss:.4f} and {self.averaged.mistakes} mistakes averaged, "
            f"{self.alone.loss:.4f} and {self.alone.mistakes} alone."
        )


def compare(
    network: nn.Network, averaging: nn.Averaging, images: np.ndarray, labels: np.ndarray
) -> Choice:
    """Let the network read the validation images with this averaging and without."""
    averaged, alone = (measure(network, way, images, labels) for way in (averaging, nn.ALONE))
    return Choice(averaged, alone, len(images))


def choose(network: nn.Network, images: np.ndarray, labels: np.ndarray) -> Choice:
    """Let the network, calibrated for its averaging, answer in the better way from now on."""
    choice = compare(network, network.averaging, images, labels)
    if choice.better is choice.alone:
        network.averaging = nn.ALONE
        nn.calibrate(network, images, labels)
    return choice


def kept_back(mnist: data.Dataset, val_size: int) -> tuple[np.ndarray, np.ndarray]:
    """The training images and labels that a training with this `val_size` does not learn from."""
    val = split_validation(len(mnist.train_labels), val_size)[1]
    return mnist.train_images[val], mnist.train_labels[val]
