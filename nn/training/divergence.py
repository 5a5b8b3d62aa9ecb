"""A training that has left all sense."""


class TrainingDiverged(FloatingPointError):
    """The loss is no longer a finite number, or a weight far beyond all sense; the message names
    the learning rate."""


def diverged(what: str, step: int, epoch: float, learning_rate: float) -> TrainingDiverged:
    """The error that says `what` has happened, after how many steps, and what to try."""
    return TrainingDiverged(
        f"training diverged: {what} after {step} steps (epoch {epoch:.2f}); "
        f"learning_rate {learning_rate:g} is probably too high, try a smaller one"
    )
