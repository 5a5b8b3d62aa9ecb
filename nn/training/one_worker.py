"""A training in one process: what `nn.training.workers` does in several."""

from typing import Self

import numpy as np

from nn.optimizers.optimizer import Optimizer
from nn.training.batch_gradient import BatchGradient

Array = np.ndarray


class OneWorker:
    """The calling process, which trains on each batch by itself.

    Args:
        gradient: what computes the gradient of a batch.
        optimizer: for the network's parameters.

    Used like `Workers`.
    """

    def __init__(self, gradient: BatchGradient, optimizer: Optimizer) -> None:
        self._gradient = gradient
        self._optimizer = optimizer

    def __enter__(self) -> Self:
        self._gradient.take_share(0, 1, self._gradient.network.gradients)
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def set_epoch(self, epoch: int, order: Array) -> None:
        """Let batches be taken from the images in this order, (n,) indices."""
        self._gradient.set_epoch(epoch, order)

    def compute_gradient(self, start: int) -> None:
        """Compute the gradient for the batch that begins there in the order."""
        if self._gradient.lacks_images(start):
            self._gradient.augment(start)
        self._gradient.compute(start)

    def update(self) -> None:
        """Make the optimizer's step with the gradient just computed."""
        self._optimizer.step()

    def collect(self) -> tuple[float, int]:
        """The sum of the losses of all images since the last call, and how many of them the network
        got right."""
        return self._gradient.collect()
