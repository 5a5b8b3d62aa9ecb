"""What every loss has in common."""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

Array = np.ndarray


class Loss(ABC):
    """Maps logits (n, classes) and integer labels (n,) to the mean loss and its gradient."""

    name: ClassVar[str]
    """What settings and the command line call it."""
    title: ClassVar[str]
    """What pages call it."""
    settings: ClassVar[tuple[str, ...]] = ()
    """The fields of `nn.TrainingConfig` that are arguments of its constructor."""

    @abstractmethod
    def __call__(self, logits: Array, labels: Array) -> tuple[float, Array]:
        """(mean loss over the batch, dL/dlogits (n, classes)); the arguments stay as they are."""
