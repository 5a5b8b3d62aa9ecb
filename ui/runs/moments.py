"""The moments of a training in words."""

_START = "before the first step"


def moment_words(step: int, epoch: float) -> str:
    """A moment: in the first epoch by the step, later by the epoch."""
    if step == 0:
        return _START
    return f"step {step:,}" if epoch < 1 else f"epoch {round(epoch, 2):g}"


def at_moment(words: str) -> str:
    """When something was, as Markdown: at a moment of these words."""
    return f"**{words}**" if words == _START else f"at **{words}**"


def step_and_epoch(step: int, epoch: float) -> str:
    """A moment by both, for words beside an axis that may be in either."""
    if step == 0:
        return moment_words(step, epoch)
    rounded = f"{epoch:.2g}" if epoch < 0.01 else f"{round(epoch, 2):g}"
    return f"step {step:,} (epoch {rounded})"
