"""What models say of the test images of their data, in short: kept for many models at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ui.evaluate.evaluate_model import evaluate_model
from ui.models.model_choice import ModelChoice

KEPT = 100
"""Of 60 to 240 kB each; an `Evaluation`, with all probabilities, has some ten times as much."""


@dataclass(frozen=True, eq=False)
class Verdicts:
    """The answers of a model to all test images of its data.

    labels: names of the classes.
    true: (n,) integers, the class of each image.
    predicted: (n,) uint8, the most probable class of each.
    confidence: (n,) float32, its probability.
    alone: whether test-time averages were left out, as there are so many images.
    """

    labels: tuple[str, ...]
    true: np.ndarray
    predicted: np.ndarray
    confidence: np.ndarray
    alone: bool

    @property
    def wrong(self) -> np.ndarray:
        """(n,) bool: which images are called something else than they are."""
        return self.predicted != self.true


def verdicts(choice: ModelChoice, on_progress: Callable[[float], object]) -> Verdicts:
    """Those of a model as its file is now; asked for with `evaluate_model`, which takes
    `on_progress` and says what is raised, and then kept for all visitors."""
    key = choice.path, choice.path.stat().st_mtime_ns
    found = _kept().get(key)
    if found is None:
        told = evaluate_model(choice, choice.dataset, "test", on_progress)
        found = Verdicts(told.labels, told.true, told.predicted, told.confidence, told.alone)
        _kept().put(key, found)
    return found


class _Kept:
    """The last ones that somebody looked at; for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_key: OrderedDict[tuple[Path, int], Verdicts] = OrderedDict()

    def get(self, key: tuple[Path, int]) -> Verdicts | None:
        with self._lock:
            found = self._by_key.get(key)
            if found is not None:
                self._by_key.move_to_end(key)
            return found

    def put(self, key: tuple[Path, int], verdicts: Verdicts) -> None:
        with self._lock:
            for other in [one for one in self._by_key if one[0] == key[0]]:
                del self._by_key[other]  # of what the file was before
            self._by_key[key] = verdicts
            while len(self._by_key) > KEPT:
                self._by_key.popitem(last=False)


@cache
def _kept() -> _Kept:
    return _Kept()
