"""What is trained in a benchmark, and how many operations that takes."""

from dataclasses import dataclass

PIXELS = 784
CLASSES = 10


@dataclass(frozen=True)
class Case:
    """A network of ReLU layers for 28x28 images of 10 classes, and how it is trained.

    `hidden` are the widths of the hidden layers, `optimizer` is "sgd" or "adam"; the learning
    rate is the usual one for it. `augmented`: the images are distorted as in the default recipe,
    which only our own engine does.
    """

    hidden: tuple[int, ...] = (128, 64)
    batch_size: int = 64
    optimizer: str = "sgd"
    augmented: bool = False

    @property
    def widths(self) -> tuple[int, ...]:
        return (PIXELS, *self.hidden, CLASSES)

    @property
    def learning_rate(self) -> float:
        return 0.1 if self.optimizer == "sgd" else 0.001

    @property
    def network(self) -> str:
        """The widths as one writes them: "784-128-64-10"."""
        return "-".join(map(str, self.widths))

    @property
    def flops_per_sample(self) -> int:
        """Nominal floating-point operations of a training step for one image."""
        # Not above: other contenders' processes need no engine of ours in their memory.
        from nn.architectures import mlp_layers
        from nn.cost import training_flops

        return training_flops(mlp_layers(self.widths))

    def gflop_per_epoch(self, samples: int) -> float:
        """Nominal operations of an epoch, in 10⁹: 27.3 for 784-128-64-10 and 60,000 images."""
        return self.flops_per_sample * samples / 1e9
