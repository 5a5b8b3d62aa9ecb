"""Forward and backward through a network, batch by batch: the plain way, layer by layer (but for a
first convolution and its pooling, see `nn.training.pooled_convolution`).

Convolutions write down so many values for an image that a large batch leaves the processor's cache.
So its images go through the network in pieces, whose gradients are added up.
"""

from itertools import pairwise

import numpy as np

from nn.augment import Augmentation
from nn.augment.pool import AugmentedPool
from nn.cost import training_images
from nn.losses.loss import Loss
from nn.network import Network
from nn.shared_memory import shared_zeros
from nn.training.pooled_convolution import training_steps
from nn.training.small_products import direct_limit

Array = np.ndarray


def check_rows(network: Network, rows: int) -> None:
    """Raise ValueError if a layer needs more than so many images in a batch."""
    pickiest = max(network.named_layers().values(), key=lambda layer: layer.least_batch)
    if rows < pickiest.least_batch:
        raise ValueError(
            f"{pickiest} needs batches of at least {pickiest.least_batch} images, got {rows}"
        )


class BatchGradient:
    """Computes the gradient of the loss for batches of the training images.

    Batches follow each other in `order`, (n,) indices of the images, see `set_epoch`. Of several
    workers that share the batches, each computes the part that its images have in the gradient of
    the mean loss over the whole batch: the parts add up to it.

    Args:
        network: whose `gradients` are filled.
        loss: maps logits and labels to the mean loss and its gradient.
        images: (n, in_features) uint8 or floats in [0, 1], as `nn.images.check_images` gives them.
        labels: (n,) integers.
        batch_size: the most images in a batch.
        augmentation: how the images, square and uint8 then, are distorted at random.
        seed: of these distortions.
    """

    def __init__(
        self,
        network: Network,
        loss: Loss,
        images: Array,
        labels: Array,
        batch_size: int,
        augmentation: Augmentation = Augmentation(),  # noqa: B008 (it cannot change)
        seed: int = 0,
    ) -> None:
        self.network = network
        self.loss = loss
        self.images = images
        self.labels = labels
        self.batch_size = batch_size
        self.order = shared_zeros(len(images), np.int64)
        self._epoch = shared_zeros(1, np.int64)
        self._pool: AugmentedPool | None = None
        if augmentation.is_active:
            self._pool = AugmentedPool(augmentation, images, labels, batch_size, seed)
        self._loss_sum, self._correct = 0.0, 0
        self.take_share(0, 1, network.gradients)

    def set_epoch(self, epoch: int, order: Array) -> None:
        """Let batches be taken from the images in this order, (n,) indices."""
        self._epoch[0] = epoch
        self.order[...] = order
        if self._pool:
            self._pool.empty()

    def lacks_images(self, start: int) -> bool:
        """Whether all workers have to `augment` before the batch that begins at `start`."""
        return self._pool is not None and not self._pool.holds(start)

    def augment(self, start: int) -> None:
        """Make this worker's part of the distorted images for the batches from `start` on."""
        assert self._pool is not None
        self._pool.fill(start, self.order, int(self._epoch[0]), self.worker, self.workers)

    def take_share(self, worker: int, workers: int, gradients: Array) -> None:
        """Be the worker of this number among so many, and compute into its own `gradients`."""
        self.worker, self.workers = worker, workers
        share = -(-self.batch_size // workers)  # rounded up
        self._make_room(training_images(self.network.layers, self.network.in_features, share))
        self.network.bind_gradients(gradients)
        limit = direct_limit()
        for layer in self.network.named_layers().values():
            layer.direct_products = limit

    def _make_room(self, rows: int) -> None:
        """Make the work arrays for so many images at a time."""
        network = self.network
        self._most = rows
        self._earlier = np.empty_like(network.gradients)
        self._steps = training_steps(network.layers, rows)
        self._images = np.empty((rows, network.in_features), self.images.dtype)
        self._inputs = np.empty((rows, network.in_features), network.dtype)
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
        share = self.share(start)
        whole = self.batch_end(start) - start
        gradients = self.network.gradients
        if share.start == share.stop:
            gradients[...] = 0
            return
        first, *others = self._pieces(share)
        self._compute_piece(first, whole)
        for piece in others:
            self._earlier[...] = gradients
            self._compute_piece(piece, whole)
            gradients += self._earlier

    def _pieces(self, share: slice) -> list[slice]:
        """A share in equal parts of at most `_most` images."""
        count = share.stop - share.start
        number = -(-count // self._most)
        bounds = [share.start + count * k // number for k in range(number + 1)]
        return [slice(*pair) for pair in pairwise(bounds)]

    def _compute_piece(self, piece: slice, whole: int) -> None:
        """Fill the gradients with the part that some images of a batch of `whole` have in it."""
        count = piece.stop - piece.start
        images, labels = self._fetch([piece])
        inputs = self.network.scale_input(images, out=self._inputs[:count])
        logits = inputs
        for step in self._steps:
            logits = step.forward(logits, training=True)
        gradient: Array | None
        loss, gradient = self.loss(logits, labels)
        self._loss_sum += loss * count
        self._correct += int(np.count_nonzero(logits.argmax(axis=1) == labels))
        gradient *= count / whole
        for index in range(len(self._steps) - 1, -1, -1):
            assert gradient is not None
            gradient = self._steps[index].backward(gradient, index > 0)

    def _fetch(self, shares: list[slice]) -> tuple[Array, Array]:
        """Images and labels of these parts of the order, in the work arrays."""
        positions = np.concatenate([np.arange(share.start, share.stop) for share in shares])
        chosen = self.order[positions]
        images, labels = self._images[: len(chosen)], self._labels[: len(chosen)]
        # "clip" because "raise", the default, would copy once more; the indices are always valid.
        if self._pool:
            self._pool.take(positions, images)
        else:
            np.take(self.images, chosen, axis=0, out=images, mode="clip")
        np.take(self.labels, chosen, out=labels, mode="clip")
        return images, labels

    def collect(self) -> tuple[float, int]:
        """The sum of the losses of all images since the last call, and how many of them the network
        got right: this worker's, each taken before the optimizer's step."""
        sums = self._loss_sum, self._correct
        self._loss_sum, self._correct = 0.0, 0
        return sums
