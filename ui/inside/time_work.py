"""What the network said to one image all along its training."""

from collections.abc import Generator
from pathlib import Path

import numpy as np

from nn.history import History
from nn.history.decision import probabilities_through
from ui.long_work import Progress

Array = np.ndarray


def through_time(
    run_folder: Path, member: int, steps: list[int], pixels: Array
) -> Generator[Progress, None, Array]:
    """The probabilities (m, classes) at these steps, of which all weights are kept."""
    yield Progress(words="each moment is asked")
    history = History(run_folder, member)
    records = history.whole()
    records = records[np.isin(records["step"], steps)]
    found: Array = probabilities_through(history, records, pixels[None])[:, 0]
    return found
