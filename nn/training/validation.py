"""Images that a network does not learn from, and the weights that did best on them."""

import math
import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.averaging import ALONE
from nn.checks import whole_number
from nn.evaluation.accuracy import of_logits
from nn.images import check_samples
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray

SHARE_SECONDS = 0.5
"""From one word about the share of the validation images that is done to the next."""


def copied(tensors: dict[str, Array]) -> dict[str, Array]:
    """Copies, each as it lies in memory: to turn large weights round would take a while."""
    return {name: tensor.copy(order="K") for name, tensor in tensors.items()}


@dataclass(frozen=True)
class BestWeights:
    """The weights with the lowest validation loss so far, a copy of `Network.state_dict`."""

    epoch: int
    val_loss: float
    state: dict[str, Array]

    @classmethod
    def of(cls, network: Network, epoch: int, val_loss: float) -> "BestWeights":
        """A copy of the network's weights as they are now."""
        return cls(epoch, val_loss, copied(network.state_dict()))


class Validation:
    """The part of a training that looks at its network from outside, after each epoch.

    Args:
        network: what is trained.
        loss: by which its weights are compared.
        images, labels: as in `nn.Trainer`, or None for no validation.
        patience: see `nn.Trainer`.
        keep_best: see `nn.Trainer`.

    Raises ValueError if an argument is out of range or doesn't fit the others.
    """

    def __init__(
        self,
        network: Network,
        loss: Loss,
        images: Any,
        labels: Any,
        *,
        patience: int | None,
        keep_best: bool,
    ) -> None:
        self.images, self.labels = None, None
        if images is not None or labels is not None:
            self.images, self.labels = check_samples(
                "val", images, labels, network.in_features, network.num_classes
            )
        if patience is not None:
            whole_number("patience", patience, 1, 1_000_000)
            if self.images is None:
                raise ValueError("patience needs val_images, got none")
            if not keep_best:
                raise ValueError("patience needs keep_best, got false")
        self._network, self._loss = network, loss
        self.patience, self.keep_best = patience, keep_best
        self.best: BestWeights | None = None
        self.newest: tuple[float | None, float | None] = None, None
        """Loss and accuracy at the last look; None and None without images."""

    def look(self, epoch: int) -> Generator[float, None, None]:
        """Measure the network as it is now, after so many epochs, and keep its weights if they are
        the best yet; does nothing without images. Where that takes long, it yields now and then
        the share that is done."""
        if self.images is None or self.labels is None:
            return
        network, count = self._network, len(self.images)
        logits = np.empty((count, network.num_classes), network.dtype)
        due = time.perf_counter() + SHARE_SECONDS
        for start in range(0, count, network.inference_batch):
            some = slice(start, start + network.inference_batch)
            # Without moved copies, which take several times as long, epochs compare as well.
            logits[some] = network.predict_logits(self.images[some], averaging=ALONE)
            if time.perf_counter() >= due:
                yield min(1.0, some.stop / count)
                due = time.perf_counter() + SHARE_SECONDS
        loss, accuracy = of_logits(self._loss, logits, self.labels)
        self.newest = loss, accuracy
        better = self.best is None or loss < self.best.val_loss
        if self.keep_best and better and math.isfinite(loss):
            self.best = BestWeights.of(self._network, epoch, loss)

    def is_out_of_patience(self, epochs_done: int) -> bool:
        """Whether the loss has not become lower for as many epochs as there is patience."""
        waited = epochs_done - self.best.epoch if self.best else 0
        return self.patience is not None and waited >= self.patience

    def use_best_weights(self) -> None:
        """Give the network the weights with the lowest loss, if they are kept."""
        if self.best is not None:
            self._network.load_state_dict(self.best.state)
