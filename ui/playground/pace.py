"""How far one answer of the server trains."""

from dataclasses import dataclass
from math import inf

FRAMES_PER_SECOND = 30
FRAMES_OF_LARGE = 20
"""A second, of networks with more than `LARGE` parameters: they take a browser longer to draw, and
more to send."""
LARGE = 256
NORMAL_EPOCHS = 60.0
"""Per second."""
SLOW_BATCHES = 10
"""Per second: an eye tells so many changes apart, and 30 a second no longer."""
SLOW_EPOCHS = 3.0
"""Per second, at most: of large batches an epoch has few."""
FIRST_COST = 1e-4
"""Seconds that an update takes, until it is measured."""
LEAST_COST = 1e-5
"""And at least: where the clock ticks seldom, as on Windows, the measured time may be none."""


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


def frames_per_second(parameters: int) -> int:
    """How many moments a second a browser is sent, of networks with so many parameters together."""
    return FRAMES_OF_LARGE if parameters > LARGE else FRAMES_PER_SECOND


def epochs_per_second(speed: str, steps_per_epoch: int) -> float:
    """How fast a speed is, where there is time enough: inf for "full".

    Args:
        speed: "slow", "normal" or "full".
        steps_per_epoch: of the network that takes most.
    """
    if speed == "slow":
        return min(SLOW_EPOCHS, SLOW_BATCHES / steps_per_epoch)
    return NORMAL_EPOCHS if speed == "normal" else inf


def piece(
    pace: float, cost: float, share: float, seconds: float, steps_per_epoch: int, frames: int
) -> Piece:
    """How far to train: at least one batch.

    Args:
        pace: epochs per second, at most.
        cost: seconds of training for an epoch.
        share: of the time that may be trained.
        seconds: so long the browser would play it; less or more where the pace makes other than
            whole batches of that.
        steps_per_epoch: of the network that takes most.
        frames: per second, at most.
    """
    possible = share / cost
    rate = min(pace, possible)
    steps = max(1, round(rate * seconds * steps_per_epoch))
    epochs = steps / steps_per_epoch
    if pace <= possible:
        seconds = epochs / pace
    return Piece(epochs, max(1, min(round(frames * seconds), steps)), seconds)
