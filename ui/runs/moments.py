"""The moments of a training in words."""


def moment_words(step: int, epoch: float) -> str:
    """A moment: in the first epoch by the step, later by the epoch."""
    if step == 0:
        return "before the first step"
    return f"step {step:,}" if epoch < 1 else f"epoch {round(epoch, 2):g}"
