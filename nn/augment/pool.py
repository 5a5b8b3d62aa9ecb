"""The next images of an epoch, distorted, for all workers to take their shares from."""

import numpy as np

from nn.augment import Augmentation, augment
from nn.augment.augmentation import check_square
from nn.shared_memory import shared_zeros

Array = np.ndarray

POOL = 8192
"""About so many images are distorted at once: many more than share a warp, so that those of one
batch (up to 128) have different ones, and few enough to need little memory."""


class AugmentedPool:
    """Distorted copies of the images at some positions of the epoch's order.

    The workers make them together, each a part, in memory they share. What they do to the images
    depends on the seed, the epoch, the position and the number of workers alone, so that a training
    can be resumed.

    Args:
        augmentation: what is done to the images.
        images: (n, side * side) uint8.
        labels: (n,) integers.
        batch_size: no batch is half in the pool.
        seed: of the distortions.

    Raises ValueError if the images are not square or of another type.
    """

    def __init__(
        self, augmentation: Augmentation, images: Array, labels: Array, batch_size: int, seed: int
    ) -> None:
        self._augmentation = augmentation
        self._source, _ = check_square(images)
        self._labels = labels
        self._size = max(1, POOL // batch_size) * batch_size
        self._seed = seed
        size = min(self._size, len(images))
        pixels = images.shape[1]
        self._images = shared_zeros(size * pixels, np.uint8).reshape(size, pixels)
        self._begins = shared_zeros(1, np.int64)
        self.empty()

    def empty(self) -> None:
        """Forget the images: another epoch begins."""
        self._begins[0] = -1

    def holds(self, position: int) -> bool:
        """Whether the image at this position of the order is in the pool."""
        return self._begins[0] >= 0 and self._begins[0] <= position < self.end

    @property
    def end(self) -> int:
        """The first position behind the pool."""
        return int(self._begins[0]) + self._size

    def fill(self, position: int, order: Array, epoch: int, worker: int, workers: int) -> None:
        """Make a worker's part of the images around this position of the order (n,)."""
        begin = position // self._size * self._size
        count = min(self._size, len(order) - begin)
        # Taking turns and not halves: in a half, images that share a warp are closer together.
        part = slice(worker, count, workers)
        chosen = order[begin : begin + count][part]
        rng = np.random.default_rng([self._seed, epoch, begin, worker, 3])
        augment(
            self._source[chosen],
            self._labels[chosen],
            self._augmentation,
            rng,
            out=self._images[part],
        )
        self._begins[0] = begin

    def take(self, positions: Array, out: Array) -> None:
        """Copy the images at these positions of the order, all in the pool, to `out`."""
        np.take(self._images, positions - self._begins[0], axis=0, out=out, mode="clip")
