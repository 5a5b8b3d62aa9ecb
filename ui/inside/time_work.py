"""What the network said to one image all along its training."""

from collections.abc import Generator

import numpy as np

from nn.history import History
from nn.history.decision import probabilities_through
from ui.long_work import Progress

Array = np.ndarray


def through_time(
    history: History, records: Array, pixels: Array
) -> Generator[Progress, None, Array]:
    """The probabilities (m, classes) at m moments, records with all weights."""
    yield Progress(words="each moment is asked")
    found: Array = probabilities_through(history, records, pixels[None])[:, 0]
    return found
