"""The predictions for the test images of its own data that a shipped model comes with."""

import hashlib
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

from data.array_files import arrays_of

_UNREADABLE = (KeyError, OSError, ValueError, EOFError, BadZipFile)


def predictions_path(model: Path) -> Path:
    """Where a model's predictions for the test images of its own data lie."""
    return model.with_suffix(".test_predictions.npz")


def has_predictions(model: Path) -> bool:
    """Whether the model came with predictions: those of its very file, by their SHA-256.

    Raises OSError if the model's file is gone.
    """
    path = predictions_path(model)
    if not path.is_file():
        return False
    return _belong_together(path, model, (path.stat().st_mtime_ns, model.stat().st_mtime_ns))


@lru_cache(maxsize=8)
def _belong_together(predictions: Path, model: Path, changed: tuple[int, int]) -> bool:
    try:
        with arrays_of(predictions) as arrays:
            digest = str(arrays["model"])
    except _UNREADABLE:
        return False
    return digest == hashlib.sha256(model.read_bytes()).hexdigest()


def saved_accuracy(model: Path) -> tuple[float, int] | None:
    """The share of right answers in the predictions that a model came with, and how many they are;
    None without any, or if they can't be read."""
    try:
        if not has_predictions(model):
            return None
        path = predictions_path(model)
        return _accuracy(path, path.stat().st_mtime_ns)
    except _UNREADABLE:
        return None


@lru_cache(maxsize=8)
def _accuracy(predictions: Path, changed: int) -> tuple[float, int]:
    with arrays_of(predictions) as saved:
        right = saved["probabilities"].argmax(axis=1) == saved["labels"]
    return float(right.mean()), len(right)
