"""Forward and backward through a network, batch by batch: the plain way, layer by layer."""

import numpy as np

from nn.losses import Loss
from nn.network import Network
from nn.shared_memory import shared_zeros

Array = np.ndarray


class BatchGradient:
    """Computes the gradient of the loss for batches of the training images.

    Batches follow each other in `order`, (n,) indices of the images, which is to be set before
    every epoch. Of several workers that share the batches, each computes the part that its images
    have in the gradient of the mean loss over the whole batch: the parts add up to it.

    Args:
        network: whose `gradients` are filled.
        loss: maps logits and labels to the mean loss and its gradient.
        images: (n, in_features) uint8 or floats in [0, 1], as `nn.images.check_images` gives them.
        labels: (n,) integers.
        batch_size: the most images in a batch.
    """

    def __init__(
        self, network: Network, loss: Loss, images: Array, labels: Array, batch_size: int
    ) -> None:
        self.network = network
        self.loss = loss
        self.images = images
        self.labels = labels
        self.batch_size = batch_size
        self.order = shared_zeros(len(images), np.int64)
        self._loss_sum, self._correct = 0.0, 0
        self.take_share(0, 1, network.gradients)

    def take_share(self, worker: int, workers: int, gradients: Array) -> None:
        """Be the worker of this number among so many, and compute into its own `gradients`."""
        self.worker, self.workers = worker, workers
        self._make_room(-(-self.batch_size // workers))  # a share, rounded up
        self.network.bind_gradients(gradients)

    def _make_room(self, rows: int) -> None:
        """Make the work arrays for so many images at a time."""
        self._images = np.empty((rows, self.network.in_features), self.images.dtype)
        self._inputs = np.empty((rows, self.network.in_features), self.network.dtype)
        self._labels = np.empty(rows, self.labels.dtype)

    def batch_end(self, start: int) -> int:
        """Where in the order the batch ends that begins at `start`."""
        return min(start + self.batch_size, len(self.order))

    def share(self, start: int) -> slice:
        """Where in the order this worker's images are of the batch that begins at `start`."""
        count = self.batch_end(start) - start
        return slice(
            start + count * self.worker // self.workers,
            start + count * (self.worker + 1) // self.workers,
        )

    # Overflow on the way to a loss that isn't finite is for the caller to find in the loss.
    @np.errstate(over="ignore", invalid="ignore")
    def compute(self, start: int) -> None:
        """Fill the gradients with this worker's part for the batch that begins at `start` in the
        order."""
        chosen = self.order[self.share(start)]
        count = len(chosen)
        if not count:
            self.network.gradients[...] = 0
            return
        images, labels = self._fetch(chosen)
        inputs = self.network.scale_input(images, out=self._inputs[:count])
        logits = self.network.forward(inputs, training=True)
        loss, gradient = self.loss(logits, labels)
        self._loss_sum += loss * count
        self._correct += int(np.count_nonzero(logits.argmax(axis=1) == labels))
        gradient *= count / (self.batch_end(start) - start)
        self.network.backward(gradient)

    def _fetch(self, chosen: Array) -> tuple[Array, Array]:
        """Images and labels of these indices, in the work arrays."""
        images, labels = self._images[: len(chosen)], self._labels[: len(chosen)]
        # "clip" because "raise", the default, would copy once more; the indices are always valid.
        np.take(self.images, chosen, axis=0, out=images, mode="clip")
        np.take(self.labels, chosen, out=labels, mode="clip")
        return images, labels

    def collect(self) -> tuple[float, int]:
        """The sum of the losses of all images since the last call, and how many of them the network
        got right: this worker's, each taken before the optimizer's step."""
        sums = self._loss_sum, self._correct
        self._loss_sum, self._correct = 0.0, 0
        return sums
