"""What is trained in a benchmark, and how many operations that takes."""

from dataclasses import dataclass

SIDE = 28
PIXELS = SIDE**2
CLASSES = 10
KERNEL_SIZE = 5


@dataclass(frozen=True)
class Case:
    """A network of ReLU layers for 28x28 images of 10 classes, and how it is trained.

    `hidden` are the widths of the hidden layers, `optimizer` is "sgd" or "adam"; the learning
    rate is the usual one for it. `augmented`: the images are distorted as in the default recipe,
    which only our own engine does. `convolutions`: filters of 5 x 5 that come before, each number
    of them followed by max pooling, as in `nn.architectures.convolution_layers`.
    """

    hidden: tuple[int, ...] = (128, 64)
    batch_size: int = 64
    optimizer: str = "sgd"
    augmented: bool = False
    convolutions: tuple[int, ...] = ()

    @property
    def learning_rate(self) -> float:
        return 0.1 if self.optimizer == "sgd" else 0.001

    @property
    def network(self) -> str:
        """The sizes as one writes them: "784-128-64-10", "784-16C5-32C5-128-10"."""
        filters = [f"{count}C{KERNEL_SIZE}" for count in self.convolutions]
        return "-".join(map(str, (PIXELS, *filters, *self.hidden, CLASSES)))

    @property
    def flops_per_sample(self) -> int:
        """Nominal floating-point operations of a training step for one image."""
        # Not above: other contenders' processes need no engine of ours in their memory.
        from nn.cost import training_flops
        from nn.training.build import build_layers
        from nn.training.config import TrainingConfig

        config = TrainingConfig(hidden=self.hidden, convolutions=self.convolutions)
        return training_flops(build_layers(config, PIXELS, CLASSES))

    def gflop_per_epoch(self, samples: int) -> float:
        """Nominal operations of an epoch, in 10⁹: 27.3 for 784-128-64-10 and 60,000 images."""
        return self.flops_per_sample * samples / 1e9
