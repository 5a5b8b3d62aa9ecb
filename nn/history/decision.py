"""One decision through a training: what the network said to an image at each kept moment."""

from dataclasses import dataclass

import numpy as np

from nn.averaging import ALONE
from nn.history.reader import History
from nn.history.weights import state_of

Array = np.ndarray


@dataclass(frozen=True)
class Turns:
    """When an image was read right, as places of moments.

    first_right: of the first at which it was, None if it never was.
    forgotten: of each at which it was wrong and right before (Toneva et al. 2019, "An empirical
        study of example forgetting during deep neural network learning").
    learned_again: of each at which it was right and wrong before, but for the first.
    for_good: of the first from which on it was right to the end, None if it was wrong there.
    """

    first_right: int | None
    forgotten: list[int]
    learned_again: list[int]
    for_good: int | None


def turns(right: Array) -> Turns:
    """For whether an image was read right at each of the moments, bool (m,)."""
    right = np.asarray(right, bool)
    if right.ndim != 1:
        raise ValueError(f"right must be (m,), one for each moment, got {right.shape}")
    changes = np.diff(right.astype(int), prepend=0)
    learned, forgotten = np.flatnonzero(changes > 0).tolist(), np.flatnonzero(changes < 0).tolist()
    return Turns(
        first_right=learned[0] if learned else None,
        forgotten=forgotten,
        learned_again=learned[1:],
        for_good=learned[-1] if len(learned) > len(forgotten) else None,
    )


def probabilities_through(history: History, records: Array, images: Array) -> Array:
    """What the network said at each moment, (m, n, classes), to each image alone.

    Args:
        history: of the network.
        records: (m,) with all weights, as `History.whole` reads them.
        images: (n, in_features) or (n, height, width), as `Network.predict_logits` takes them;
            ValueError for others.
    """
    network = history.about.new_network()
    answers = np.empty((len(records), len(images), network.num_classes), network.dtype)
    with np.errstate(over="ignore", invalid="ignore"):  # a training may have diverged
        for answer, record in zip(answers, records, strict=True):
            network.load_state_dict(state_of(network, record["values"]))
            answer[...] = network.predict_proba(images, averaging=ALONE)
    return answers
