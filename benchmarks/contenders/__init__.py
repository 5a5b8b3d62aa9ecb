"""Who is compared. Each has a file, which nobody but the contender's own process imports."""

from importlib import import_module
from typing import Any, Protocol

import numpy as np

from benchmarks.cases import Case
from benchmarks.images import Images

ENGINE = "engine"
EAGER = "pytorch"
COMPILED = "pytorch_compiled"
STEP = "pytorch_step"
SKLEARN = "sklearn_mlp"
PEAK = "matrix_peak"

LABELS = {
    ENGINE: "scratch-nn",
    EAGER: "PyTorch",
    COMPILED: "PyTorch compiled",
    STEP: "PyTorch, whole step compiled",
    SKLEARN: "scikit-learn",
    PEAK: "matrix peak",
}
"""Contender (its file here) -> what tables and pictures call it."""


class Contender(Protocol):
    """What a file here makes of a case, the images and a number of threads."""

    details: str
    """What was chosen for this contender because it is fastest, or empty."""

    def train(self, epochs: int) -> None:
        """Go through all training images so many times, in a new order each time."""

    def predict(self, images: np.ndarray) -> np.ndarray:
        """Probabilities (n, 10) for images (n, 28, 28), uint8 or float32 in [0, 1]."""


def create(name: str, case: Case, images: Images, threads: int) -> Any:
    """The contender of that name; ModuleNotFoundError if what it needs isn't installed."""
    return import_module(f"benchmarks.contenders.{name}").create(case, images, threads)
