"""What losses for real-valued targets have in common."""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

Array = np.ndarray


class ValueLoss(ABC):
    """Maps outputs (n, k) and real targets (n, k) to the mean loss and its gradient.

    Beside `nn.losses.loss.Loss`, whose targets are labels of classes: trainings on images, which
    have nothing but labels, offer those alone.
    """

    name: ClassVar[str]
    """What settings and the command line call it."""
    title: ClassVar[str]
    """What pages call it."""

    @abstractmethod
    def __call__(self, outputs: Array, targets: Array) -> tuple[float, Array]:
        """(mean loss over the batch, dL/doutputs (n, k)); the arguments stay as they are."""
