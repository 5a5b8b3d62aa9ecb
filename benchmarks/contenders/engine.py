"""Our own engine, as the command line runs it."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from benchmarks.cases import Case
from benchmarks.images import Images
from nn.network import Network
from nn.training.blas_threads import set_threads
from nn.training.build import build_network, build_trainer
from nn.training.config import TrainingConfig
from nn.training.events import EpochEnd, Event


class Engine:
    """Trains through `Trainer.run`, event by event, and never ends: so many epochs as are asked."""

    details = ""

    def __init__(self, case: Case, images: Images, threads: int) -> None:
        self.network, self._events = start(case, images, threads)
        self._steps_per_epoch = -(-len(images.train_labels) // case.batch_size)

    def train(self, epochs: int) -> None:
        for event in self._events:
            if isinstance(event, EpochEnd):
                epochs -= 1
                if not epochs:
                    return
        raise RuntimeError("the training ended before the benchmark did")

    def step_parts(self, epochs: int) -> dict[str, float]:
        """Seconds of the parts of a step, see `benchmarks.step_parts`, in so many epochs."""
        from benchmarks.step_parts import step_parts

        return step_parts(lambda: self.train(epochs), epochs * self._steps_per_epoch)

    def predict(self, images: np.ndarray) -> np.ndarray:
        return self.network.predict_proba(images)


def start(case: Case, images: Images, threads: int) -> tuple[Network, Iterator[Event]]:
    """A training with so many threads, set up as by `nn.cli.train`."""
    set_threads(threads)
    augmentation = {}
    if case.augmented:
        from nn.cli.train import recipes

        augmentation = asdict(recipes.read("default").config.augmentation)
    config = TrainingConfig(
        hidden=case.hidden,
        convolutions=case.convolutions,
        optimizer=case.optimizer,
        learning_rate=case.learning_rate,
        batch_size=case.batch_size,
        epochs=100_000,
        **augmentation,
    )
    network = build_network(config, images.train_images, [str(digit) for digit in range(10)])
    trainer = build_trainer(config, network, images.train_images, images.train_labels, threads)
    return network, trainer.run()


create = Engine
