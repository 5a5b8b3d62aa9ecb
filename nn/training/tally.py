"""Counting what came of training steps."""

from dataclasses import dataclass


@dataclass
class Tally:
    """Sums over the samples trained on since some moment."""

    loss: float = 0.0
    correct: int = 0
    samples: int = 0

    def add(self, loss: float, correct: int, samples: int) -> None:
        """Count more samples, with the sum of their losses and the number of correct answers."""
        self.loss += loss
        self.correct += correct
        self.samples += samples

    @property
    def mean_loss(self) -> float:
        return self.loss / self.samples

    @property
    def accuracy(self) -> float:
        return self.correct / self.samples
