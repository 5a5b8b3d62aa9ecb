"""How fast this server trains, compared with the core that estimates are made for."""

import statistics
import threading
import time
from collections import deque
from functools import lru_cache

import numpy as np

import nn
from nn.runs import Run
from nn.training.blas_threads import one_thread
from nn.training.events import BatchEnd
from ui.runs.estimate import START_SECONDS, estimate
from ui.runs.members import members

COUNTED = 7
"""So many of the last trainings count."""
FEW = 4
TRIED_SECONDS = 300.0
LEAST_SECONDS = 2.0
"""A shorter training tells little."""
_TRIALS, _STEPS, _REFERENCE = 3, 40, 0.018
"""A small training of the classic set-up, and the seconds that it takes on that core."""
_trying = threading.Lock()
"""One at a time; whoever tells of a training that has ended need not wait for that."""


class Pace:
    """Learns from each training that ends; safe to use from threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: deque[float] = deque(maxlen=COUNTED)

    @property
    def factor(self) -> float:
        """How many times as long as estimated trainings take here: the median of what was seen of
        the last ones, with a very short one among them while they are few."""
        with self._lock:
            seen = list(self._seen)
        if len(seen) < FEW:
            with _trying:
                seen.append(_tried(int(time.monotonic() / TRIED_SECONDS)))
        return statistics.median(seen)

    def hear(self, run: Run) -> None:
        """A training has ended; it counts if it went through all its epochs without a break."""
        events = run.events
        networks = members(run.config)
        if not networks or not events or events[-1]["type"] != "finished":
            return
        if events[0]["type"] != "started" or run.last("paused") or run.last("resumed"):
            return
        if events[-1]["epoch"] < sum(one.epochs for one in networks):  # by early stopping
            return
        seconds = events[-1]["time"] - events[0]["time"]
        expected = estimate(nn.TrainingConfig.from_dict(run.config)).seconds - START_SECONDS
        if seconds >= LEAST_SECONDS and expected > 0:
            with self._lock:
                self._seen.append(seconds / expected)


@lru_cache(maxsize=1)
def _tried(when: int) -> float:
    """It takes a tenth of a second; other programs may be busy for a while, so it is done again
    in each `when`."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (64 * (_STEPS + 1), 28 * 28), np.uint8)
    labels = rng.integers(0, 10, len(images))
    network = nn.Network(nn.build_layers(nn.TrainingConfig(), 28 * 28, 10))
    optimizer = nn.SGD(network.parameters, network.gradients, learning_rate=1e-4)
    took = []
    with one_thread():
        for _ in range(_TRIALS):
            trainer = nn.Trainer(network, optimizer, nn.CrossEntropyLoss(), images, labels)
            began = 0.0
            for event in trainer.run():
                if isinstance(event, BatchEnd):
                    began = began or time.perf_counter()  # the first takes memory
                    if event.step > _STEPS:
                        break
            took.append(time.perf_counter() - began)
    return max(0.2, min(took) / _REFERENCE)
