"""Where the time of our engine's training steps goes, in the first of its processes.

The engine itself knows nothing of it: while `clocks` lasts, functions that it calls are replaced by
ones that look at the clock before and after. What the clocks themselves take, some microseconds a
step, counts as Python.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import numpy as np

from nn.training import black_pixels, fused_gradient, workers
from nn.training.fused_gradient import FusedGradient
from nn.training.one_worker import OneWorker
from nn.training.workers import Workers

PRODUCTS, OTHER, PREPARING = "matrix products", "other NumPy", "preparing images"
UPDATE, WAITING, PYTHON = "update", "waiting for each other", "Python"
PARTS = (PRODUCTS, OTHER, PREPARING, UPDATE, WAITING, PYTHON)
"""The last is what remains. Preparing is fetching and scaling the images, and counting losses and
hits, both of several batches at once; the update is with the sum of all processes' gradients."""


class Clocks:
    """Seconds of each part but Python."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PARTS[:-1], 0.0)
        self._running = False

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose time counts for this part; within another timed one it does not."""

        def call(*args: Any, **options: Any) -> Any:
            if self._running:
                return function(*args, **options)
            self._running = True
            began = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                self.seconds[part] += time.perf_counter() - began
                self._running = False

        return call


class TimedNumPy:
    """Stands for the module `numpy`."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self.matmul = clocks.timed(PRODUCTS, np.matmul)

    def __getattr__(self, name: str) -> Any:
        value = getattr(np, name)
        if isinstance(value, np.ufunc):
            timed = self._clocks.timed(OTHER, value)
            timed.reduce = self._clocks.timed(OTHER, value.reduce)  # type: ignore[attr-defined]
            value = timed
        setattr(self, name, value)  # from now on found without asking again
        return value


@contextmanager
def clocks() -> Iterator[Clocks]:
    """Time the steps of trainings with `FusedGradient` in this process."""
    found = Clocks()
    with ExitStack() as replaced:
        for module in (fused_gradient, black_pixels):
            replaced.enter_context(mock.patch.object(module, "np", TimedNumPy(found)))
        for owner, name, part in (
            (FusedGradient, "_prepare", PREPARING),
            (FusedGradient, "_count", PREPARING),
            (OneWorker, "update", UPDATE),
            (Workers, "_update", UPDATE),
            (workers, "wait", WAITING),
        ):
            timed = found.timed(part, getattr(owner, name))
            replaced.enter_context(mock.patch.object(owner, name, timed))
        yield found


def step_parts(train: Callable[[], object], steps: int) -> dict[str, float]:
    """Seconds of each of the `PARTS` in a step, on average over the so many that `train` makes."""
    began = time.perf_counter()
    with clocks() as found:
        train()
    seconds = time.perf_counter() - began
    parts = found.seconds | {PYTHON: seconds - sum(found.seconds.values())}
    return {part: parts[part] / steps for part in PARTS}
