"""How far one answer of the server trains."""

from dataclasses import dataclass
from math import inf

FRAMES_PER_SECOND = 30
NORMAL_EPOCHS = 60.0
"""Per second."""
SLOW_EPOCHS = 3.0
"""Per second, or as many as `FRAMES_PER_SECOND` batches, so that each one is seen."""


@dataclass(frozen=True)
class Piece:
    """What is trained for one answer.

    epochs: by how much.
    frames: so many moments of it are sent.
    seconds: so long the browser plays it.
    """

    epochs: float
    frames: int
    seconds: float


def epochs_per_second(speed: str, steps_per_epoch: int) -> float:
    """How fast a speed is, where there is time enough: inf for "full".

    Args:
        speed: "slow", "normal" or "full".
        steps_per_epoch: of the network that takes most.
    """
    if speed == "slow":
        return min(SLOW_EPOCHS, FRAMES_PER_SECOND / steps_per_epoch)
    return NORMAL_EPOCHS if speed == "normal" else inf


def piece(pace: float, cost: float, share: float, seconds: float, steps_per_epoch: int) -> Piece:
    """How far to train: at least one batch.

    Args:
        pace: epochs per second, at most.
        cost: seconds of training for an epoch.
        share: of the time that may be trained.
        seconds: so long the browser would play it; less or more where the pace makes other than
            whole batches of that.
        steps_per_epoch: of the network that takes most.
    """
    possible = share / cost
    rate = min(pace, possible)
    steps = max(1, round(rate * seconds * steps_per_epoch))
    epochs = steps / steps_per_epoch
    if pace <= possible:
        seconds = epochs / pace
    return Piece(epochs, max(1, min(round(FRAMES_PER_SECOND * seconds), steps)), seconds)
