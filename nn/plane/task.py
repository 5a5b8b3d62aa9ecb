"""What a network on the plane is to say, how wrong it is, and how good."""

import numpy as np

from nn.losses import VALUE_LOSSES, CrossEntropyLoss
from nn.losses.loss import Loss
from nn.losses.value_loss import ValueLoss
from nn.plane.config import PlaneConfig

Array = np.ndarray
Points = tuple[Array, Array]
"""Where they are (n, 2), and their targets (n,)."""


class Task:
    """Targets (n,) as `data.plane` gives them, turned into what the loss of a set-up needs.

    They are ±1 for two classes, 0, 1, 2, ... for more, real numbers for a function.
    """

    def __init__(self, config: PlaneConfig) -> None:
        self._config = config
        several = config.classes > 2 and config.loss == "cross_entropy"
        self.loss: Loss | ValueLoss = CrossEntropyLoss() if several else VALUE_LOSSES[config.loss]()

    def aims(self, targets: Array) -> Array:
        """What the loss takes: labels (n,), or values (n, outputs)."""
        classes, cross_entropy = self._config.classes, self._config.loss == "cross_entropy"
        if classes > 2:
            labels = targets.astype(np.int64)
            return labels if cross_entropy else np.eye(classes)[labels]
        if classes == 2 and cross_entropy:
            targets = (targets + 1) / 2
        return targets[:, np.newaxis].copy()

    def score(self, outputs: Array, targets: Array) -> float:
        """The share that is right, in [0, 1]; for a function R² = 1 - Σ(y - t)² / Σ(t - t̄)²."""
        if self._config.classes > 2:
            return float((outputs.argmax(axis=1) == targets).mean())
        outputs = outputs[:, 0]
        if self._config.classes == 2:
            return float(((outputs >= 0) == (targets > 0)).mean())
        left, whole = _squares(outputs - targets), _squares(targets - targets.mean())
        # As scikit-learn has it where all targets are equal.
        return 1 - left / whole if whole else float(left == 0)


def check_points(name: str, x: Array, targets: Array, classes: int, fewest: int) -> None:
    """ValueError if these can't be points and targets for so many classes, or are fewer."""
    if x.ndim != 2 or x.shape[1] != 2 or targets.shape != x.shape[:1]:
        raise ValueError(
            f"{name} must be points (n, 2) and targets (n,), got {x.shape} and {targets.shape}"
        )
    if len(x) < fewest:
        raise ValueError(f"{name} must hold at least {fewest} point, got none")
    if not (np.isfinite(x).all() and np.isfinite(targets).all()):
        raise ValueError(f"{name} must hold finite numbers, got NaN or infinity")
    allowed = [-1, 1] if classes == 2 else list(range(classes))
    wrong = targets[~np.isin(targets, allowed)] if classes else targets[:0]
    if len(wrong):
        raise ValueError(f"targets of {name} must be one of {allowed}, got {wrong[0]:g}")


def _squares(values: Array) -> float:
    return float(np.vdot(values, values))
