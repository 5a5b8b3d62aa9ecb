"""Everything a training needs to go on exactly where it was, taken from and given to a Trainer."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nn.training.validation import BestWeights

if TYPE_CHECKING:
    from nn.training.trainer import Trainer

Array = np.ndarray


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


@dataclass(frozen=True)
class TrainingState:
    """A training between two batches: arrays by name, and JSON-able values. Both are copies."""

    tensors: dict[str, Array]
    values: dict[str, Any]


def take_state(trainer: "Trainer") -> TrainingState:
    """Copy all that the rest of the training depends on."""
    network, best = trainer.network, trainer.best
    optimizer_state = trainer.optimizer.state_dict()
    vectors = {k: v for k, v in optimizer_state.items() if isinstance(v, np.ndarray)}
    tensors = {"parameters": network.parameters.copy()}
    tensors |= {
        f"buffers.{name}": buffer.copy() for name, buffer in network.named_buffers().items()
    }
    tensors |= {f"optimizer.{name}": vector for name, vector in vectors.items()}
    if best is not None:
        tensors["best.parameters"] = best.parameters.copy()
        tensors |= {f"best.buffers.{name}": b.copy() for name, b in best.buffers.items()}
    values = {
        "settings": _settings(trainer),
        "step": trainer.step,
        "epochs_done": trainer.epochs_done,
        "epoch_tally": asdict(trainer.epoch_tally),
        "seconds": trainer.seconds,
        "learning_rate": trainer.learning_rate,
        "optimizer": {k: v for k, v in optimizer_state.items() if k not in vectors},
        "best": None if best is None else {"epoch": best.epoch, "val_loss": best.val_loss},
        "dropout_rng": network.rng_state(),
    }
    return TrainingState(tensors, values)


def restore_state(trainer: "Trainer", state: TrainingState) -> None:
    """Bring the trainer, built with the same arguments, to where `take_state` was called.

    Raises ValueError, before anything is changed, if the state is that of another training.
    """
    tensors, values, network = state.tensors, state.values, trainer.network
    if "ensemble" in values:
        size = values["ensemble"]["size"]
        raise ValueError(f"the state is of a training with ensemble {size}, this one has 1")
    for name, own in _settings(trainer).items():
        given = values["settings"].get(name)
        if given != own:
            raise ValueError(
                f"the state is of a training with {name} {given!r}, this one has {own!r}"
            )
    buffers = network.named_buffers()
    targets = {"parameters": network.parameters}
    targets |= {f"buffers.{name}": buffer for name, buffer in buffers.items()}
    best = None
    if values["best"] is not None:
        best = BestWeights(
            epoch=values["best"]["epoch"],
            val_loss=values["best"]["val_loss"],
            parameters=np.empty_like(network.parameters),
            buffers={name: np.empty_like(buffer) for name, buffer in buffers.items()},
        )
        targets["best.parameters"] = best.parameters
        targets |= {f"best.buffers.{name}": buffer for name, buffer in best.buffers.items()}
    _check_tensors(targets, tensors)
    prefix = "optimizer."
    vectors = {k.removeprefix(prefix): v for k, v in tensors.items() if k.startswith(prefix)}
    trainer.optimizer.load_state_dict(values["optimizer"] | vectors)

    fill(targets, tensors)
    network.set_rng_state(values["dropout_rng"])
    trainer.validation.best = best
    trainer.step = values["step"]
    trainer.epochs_done = values["epochs_done"]
    trainer.epoch_tally = Tally(**values["epoch_tally"])
    trainer.seconds = values["seconds"]
    trainer.learning_rate = values["learning_rate"]


def fill(targets: dict[str, Array], tensors: dict[str, Array]) -> None:
    """Give arrays the values that a state has under their names; ValueError if one is missing or
    of another shape or type."""
    _check_tensors(targets, tensors)
    for name, target in targets.items():
        target[...] = tensors[name]


def _check_tensors(targets: dict[str, Array], tensors: dict[str, Array]) -> None:
    for name, target in targets.items():
        tensor = tensors.get(name)
        if tensor is None or tensor.shape != target.shape or tensor.dtype != target.dtype:
            raise ValueError(f"the state's {name} must be {target.dtype} of shape {target.shape}")


def _settings(trainer: "Trainer") -> dict[str, Any]:
    """What must be the same in the training that goes on."""
    return {
        "layers": [layer.spec() for layer in trainer.network.layers],
        "optimizer": type(trainer.optimizer).__name__,
        "train_samples": trainer.train_samples,
        "val_samples": trainer.val_samples,
        "batch_size": trainer.batch_size,
        "epochs": trainer.epochs,
        "seed": trainer.seed,
    }
