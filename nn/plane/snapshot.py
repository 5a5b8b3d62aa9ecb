"""What a page is told of a training at one step."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Snapshot:
    """step, epoch: updates and epochs done.
    parameters: float32 (P,), as `network.parameters`.
    train_loss, test_loss: means over the points, without the penalties.
    train_score, test_score: share that is right, or R² for a function.

    Those of the test are None where no points are left for it.
    """

    step: int
    epoch: float
    parameters: np.ndarray
    train_loss: float
    test_loss: float | None
    train_score: float
    test_score: float | None
