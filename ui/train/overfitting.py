"""When a network begins to learn its training images by heart."""

import statistics
from collections.abc import Sequence
from typing import Any

LEAST_EPOCHS_AFTER = 4
SHARE_AFTER = 0.1
"""So many epochs, and this share of all, must have been worse than the best one."""
WORSE = 1.05
"""So much higher than at its lowest the validation loss must be."""
NOISE = 4.0
"""And by so many standard deviations of its noise."""


def overfitting_since(epochs: Sequence[dict[str, Any]]) -> int | None:
    """The index of the epoch with the lowest validation loss, if that has risen for good since.

    A loss of few images jumps up and down. Therefore each counts as the median of itself and its
    neighbours, the rise must be large (`WORSE`, `NOISE`) in each of the last epochs, and the
    training loss must have gone on falling: where both rise, something else is wrong.

    Args:
        epochs: the `epoch` events of one network, oldest first.
    """
    validation = [event.get("val_loss") for event in epochs]
    training = [event.get("train_loss") for event in epochs]
    losses = [loss for loss in validation if loss is not None]
    if len(losses) < len(epochs) or None in training or len(epochs) <= LEAST_EPOCHS_AFTER:
        return None
    smooth = [statistics.median(losses[max(0, i - 1) : i + 2]) for i in range(len(losses))]
    best = min(range(len(smooth)), key=smooth.__getitem__)
    after = max(LEAST_EPOCHS_AFTER, round(SHARE_AFTER * len(losses)))
    if len(losses) - 1 - best < after:
        return None
    if min(smooth[-after:]) < max(WORSE * smooth[best], smooth[best] + NOISE * _noise(losses)):
        return None
    then, now = training[best], training[-1]
    if then is None or now is None or now > 0.9 * then:
        return None
    return best


def _noise(values: Sequence[float]) -> float:
    """The standard deviation of the noise of a curve, from how far each point lies off the middle
    of its neighbours: a rise or fall of the curve itself hardly counts."""
    bends = [
        abs(before - 2 * value + after)
        for before, value, after in zip(values, values[1:], values[2:], strict=False)
    ]
    # Of normal noise the median of the absolute value is 0.6745 deviations, and a bend has √6.
    return statistics.median(bends) / (0.6745 * 6**0.5)
