"""At which steps of a training something is kept: often at first, when much happens."""

from nn.history.records import EARLY_EPOCHS

LAST_POWER = 512
"""Steps 1, 2, 4 and so on up to here."""
PARTS = 4
"""So often in each of the first epochs."""


def is_moment(step: int, steps_per_epoch: int) -> bool:
    """Whether something is kept when so many steps are done.

    Those are 0, 1, 2, 4 ... 512, every quarter of an epoch up to `EARLY_EPOCHS`, and then the end
    of every epoch.
    """
    if step <= LAST_POWER and step & (step - 1) == 0:
        return True
    if step > EARLY_EPOCHS * steps_per_epoch:
        return step % steps_per_epoch == 0
    # Quarters of an epoch needn't be whole steps: the first step beyond counts.
    return step * PARTS // steps_per_epoch > (step - 1) * PARTS // steps_per_epoch


def next_moment(step: int, steps_per_epoch: int) -> int:
    """The first moment after so many steps."""
    step += 1
    while not is_moment(step, steps_per_epoch):
        step += 1
    return step
