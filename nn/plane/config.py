"""Everything that a training on points in the plane is set up with, but the points."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from nn.checks import one_of, real_number, whole_number
from nn.initializers import INITIALIZERS
from nn.layers import ACTIVATIONS
from nn.losses import VALUE_LOSSES
from nn.optimizers import OPTIMIZERS
from nn.plane.features import FEATURES

PLAYGROUND = "playground"
"""The initializer of TensorFlow Playground: weights uniform in ±0.5, biases 0.1."""
LINEAR = "linear"
"""The activation that does nothing."""
PLANE_INITIALIZERS = (PLAYGROUND, *INITIALIZERS)
PLANE_ACTIVATIONS = (*ACTIVATIONS, LINEAR)
MOST_LAYERS, MOST_NEURONS, MOST_CLASSES = 6, 16, 6


@dataclass(frozen=True)
class PlaneConfig:
    """A network and its training; what is not given is as in TensorFlow Playground.

    inputs: names of `FEATURES`, each once.
    hidden: neurons of each hidden layer.
    activations: of each hidden layer, names of `nn.ACTIVATIONS` or "linear".
    initializer: "playground" or a name of `nn.INITIALIZERS`; init_scale is a factor on the weights.
    classes: 2 are told by the sign of one output, more by as many outputs; 0 for a function.
    loss: "squared" or "cross_entropy"; a function has only "squared".
    momentum: of "sgd" alone.
    l1, l2: penalties as `nn.optimizers` have them, on biases too: l1 · Σ|θ| + l2/2 · Σθ²; "adamw"
        has its own way with l2.
    batch_size: points of an update; 0 for all.
    seed: of the starting weights and of the order of the points.

    Raises ValueError that names the field, the value and what is allowed.
    """

    inputs: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[int, ...] = (4, 2)
    activations: tuple[str, ...] = ("tanh", "tanh")
    initializer: str = PLAYGROUND
    init_scale: float = 1.0
    classes: int = 2
    loss: str = "squared"
    optimizer: str = "sgd"
    momentum: float = 0.0
    learning_rate: float = 0.03
    l1: float = 0.0
    l2: float = 0.0
    batch_size: int = 10
    seed: int = 0

    def __post_init__(self) -> None:
        inputs = _items("inputs", self.inputs, 1, len(FEATURES), _one_of(FEATURES))
        if len(set(inputs)) < len(inputs):
            raise ValueError(f"inputs must be all different, got {', '.join(inputs)}")
        hidden = _items("hidden", self.hidden, 0, MOST_LAYERS, _neurons)
        activations = _items(
            "activations", self.activations, len(hidden), len(hidden), _one_of(PLANE_ACTIVATIONS)
        )
        checked = {
            "inputs": inputs,
            "hidden": hidden,
            "activations": activations,
            "initializer": one_of("initializer", self.initializer, PLANE_INITIALIZERS),
            "init_scale": real_number("init_scale", self.init_scale, 0, 100),
            "classes": _classes(self.classes),
            "loss": one_of("loss", self.loss, VALUE_LOSSES if self.classes else ("squared",)),
            "optimizer": one_of("optimizer", self.optimizer, OPTIMIZERS),
            "momentum": real_number("momentum", self.momentum, 0, 1, high_open=True),
            "learning_rate": real_number("learning_rate", self.learning_rate, 1e-5, 10),
            "l1": real_number("l1", self.l1, 0, 10),
            "l2": real_number("l2", self.l2, 0, 10),
            "batch_size": whole_number("batch_size", self.batch_size, 0, 2000),
            "seed": whole_number("seed", self.seed, 0, 2**31 - 1),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def outputs(self) -> int:
        """How many outputs the network has."""
        return self.classes if self.classes > 2 else 1

    @property
    def widths(self) -> list[int]:
        """[inputs, hidden..., outputs]"""
        return [len(self.inputs), *self.hidden, self.outputs]

    @property
    def layer_activations(self) -> tuple[str, ...]:
        """Of the hidden layers and the output."""
        return (*self.activations, self.output_activation)

    @property
    def output_activation(self) -> str:
        """Tanh where two classes are ±1, else none: for heights, logits and one-hot targets."""
        return "tanh" if self.classes == 2 and self.loss == "squared" else LINEAR

    def same_weights(self, other: "PlaneConfig") -> bool:
        """Whether a network of the one starts with the weights of the other: whether a training may
        change from one to the other on its way."""
        return all(getattr(self, name) == getattr(other, name) for name in _OF_THE_WEIGHTS)


_OF_THE_WEIGHTS = ("inputs", "hidden", "initializer", "init_scale", "classes", "seed")


def _items(
    name: str, values: Any, fewest: int, most: int, check: Callable[[str, Any], Any]
) -> tuple[Any, ...]:
    if not isinstance(values, tuple | list) or not fewest <= len(values) <= most:
        count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
        raise ValueError(f"{name} must be a list of {count}, got {values!r:.80}")
    return tuple(check(f"{name}[{place}]", value) for place, value in enumerate(values))


def _one_of(allowed: Collection[str]) -> Callable[[str, Any], str]:
    return lambda name, value: one_of(name, value, allowed)


def _neurons(name: str, value: Any) -> int:
    return whole_number(name, value, 1, MOST_NEURONS)


def _classes(value: Any) -> int:
    classes = whole_number("classes", value, 0, MOST_CLASSES)
    if classes == 1:
        raise ValueError(f"classes must be 0 (a function) or from 2 to {MOST_CLASSES}, got 1")
    return classes
