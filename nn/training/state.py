"""Everything a training needs to go on exactly where it was, taken from and given to a Trainer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import numpy as np

from nn.layers.row import check_shapes
from nn.network import Network
from nn.optimizers.optimizer import Optimizer
from nn.training.state_values import check_ensemble, check_training
from nn.training.tally import Tally
from nn.training.validation import BestWeights, Validation, copied

Array = np.ndarray


@dataclass(frozen=True)
class TrainingState:
    """A training between two batches: arrays by name, and JSON-able values. Both are copies."""

    tensors: dict[str, Array]
    values: dict[str, Any]

    def __post_init__(self) -> None:
        if not isinstance(self.values, dict):  # they come from a file
            raise ValueError(f"the values must be an object with names, got {self.values!r:.80}")


class Resumable(Protocol):
    """As much of a `Trainer` as its state is about."""

    network: Network
    optimizer: Optimizer
    validation: Validation
    train_samples: int
    val_samples: int
    batch_size: int
    epochs: int
    seed: int
    step: int
    epochs_done: int
    epoch_tally: Tally
    seconds: float
    base_learning_rate: float


def take_state(trainer: Resumable) -> TrainingState:
    """Copy all that the rest of the training depends on."""
    network, best = trainer.network, trainer.validation.best
    optimizer_state = trainer.optimizer.state_dict()
    vectors = {k: v for k, v in optimizer_state.items() if isinstance(v, np.ndarray)}
    tensors = with_prefix("network.", copied(network.state_dict()))
    tensors |= with_prefix("optimizer.", vectors)
    if best is not None:
        tensors |= with_prefix("best.", copied(best.state))
    values = {
        "settings": _settings(trainer),
        "step": trainer.step,
        "epochs_done": trainer.epochs_done,
        "epoch_tally": asdict(trainer.epoch_tally),
        "seconds": trainer.seconds,
        "base_learning_rate": trainer.base_learning_rate,
        "optimizer": {k: v for k, v in optimizer_state.items() if k not in vectors},
        "best": None if best is None else {"epoch": best.epoch, "val_loss": best.val_loss},
        "dropout_rng": rng_state(network),
    }
    return TrainingState(tensors, values)


def restore_state(trainer: Resumable, state: TrainingState) -> None:
    """Bring the trainer, built with the same arguments, to where `take_state` was called.

    Raises ValueError, before anything is changed, if the state is that of another training.
    """
    tensors, values, network = state.tensors, state.values, trainer.network
    if "ensemble" in values:
        check_ensemble(values["ensemble"], size=1)
    check_training(values, _settings(trainer), _generators(network))
    weights = part_of(tensors, "network.", network)
    best = None
    if values["best"] is not None:
        best = BestWeights(**values["best"], state=part_of(tensors, "best.", network))
    trainer.optimizer.load_state_dict(values["optimizer"] | without_prefix("optimizer.", tensors))

    network.load_state_dict(weights)
    set_rng_state(network, values["dropout_rng"])
    trainer.validation.best = best
    trainer.step = values["step"]
    trainer.epochs_done = values["epochs_done"]
    trainer.epoch_tally = Tally(**values["epoch_tally"])
    trainer.seconds = values["seconds"]
    trainer.base_learning_rate = values["base_learning_rate"]


def rng_state(network: Network) -> dict[str, Any]:
    """The state of the dropout layers' random generators, as JSON-able data."""
    return {name: rng.bit_generator.state for name, rng in _generators(network).items()}


def set_rng_state(network: Network, state: Mapping[str, Any]) -> None:
    """Let dropout go on exactly where `rng_state` was taken."""
    generators = _generators(network)
    for name, generator_state in state.items():
        generators[name].bit_generator.state = generator_state


def with_prefix(prefix: str, tensors: Mapping[str, Array]) -> dict[str, Array]:
    """The tensors under names that begin with this."""
    return {prefix + name: tensor for name, tensor in tensors.items()}


def without_prefix(prefix: str, tensors: Mapping[str, Array]) -> dict[str, Array]:
    """Those tensors whose names begin with this, under the rest of their names."""
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }


def part_of(tensors: Mapping[str, Array], prefix: str, network: Network) -> dict[str, Array]:
    """The `state_dict` for a network that a state holds under a prefix; ValueError if it has other
    shapes or types than the network's own."""
    own, part = network.state_dict(), without_prefix(prefix, tensors)
    try:
        check_shapes(part, {name: tensor.shape for name, tensor in own.items()})
    except ValueError as error:
        raise ValueError(f"{prefix.rstrip('.')}: {error}") from None
    for name, tensor in part.items():
        if tensor.dtype != own[name].dtype:
            raise ValueError(f"{prefix}{name} must be {own[name].dtype}, got {tensor.dtype}")
    return part


def _generators(network: Network) -> dict[str, np.random.Generator]:
    """The random generators of the layers that have one."""
    layers = network.named_layers().items()
    return {name: layer.rng for name, layer in layers if layer.rng is not None}


def _settings(trainer: Resumable) -> dict[str, Any]:
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
