"""What every layer has in common."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np

Array = np.ndarray


class Layer(ABC):
    """One step of a network: `forward` maps x to y, `backward` maps dL/dy to dL/dx.

    A layer says which parameters it needs (`parameter_shapes`); the `Network` lays the
    parameters of all layers side by side in one vector and hands each layer its views (`bind`).
    `forward` keeps what `backward` needs, so the two are called in turn, with the same batch.

    The arrays that `forward` and `backward` return are work buffers: they are used again at the
    next call, and `backward` may overwrite the gradient it is given.
    """

    arguments: ClassVar[tuple[str, ...]] = ()
    """Names of the constructor's arguments, which are attributes too: what a saved file needs."""

    whole_batch: ClassVar[bool] = False
    """True where a training batch can't be split between processes: where a sample's output depends
    on the other samples, or on random numbers drawn for all of them in turn, or where the layer
    keeps a state of its own (`buffers`)."""

    least_batch: ClassVar[int] = 1
    """So many samples a training batch has to have."""

    direct_products: int = 0
    """While it trains, products of up to so many multiplications are faster one by one than as one
    large product; see `nn.training.small_products`."""

    rng: np.random.Generator | None = None
    """The random generator of a layer that draws numbers while it trains."""

    in_features: int = 0
    """How many inputs it needs; 0 for a layer that can't be the first of a network."""

    def __init__(self) -> None:
        self._work: dict[str, Array] = {}

    @abstractmethod
    def forward(self, x: Array, training: bool = False) -> Array:
        """The layer's output y (batch, width) for its input x (batch, in_features)."""

    @abstractmethod
    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        """Turn dL/dy into dL/dx, and fill the gradients of the layer's own parameters.

        `input_gradient=False` spares the first layer of a network the work for dL/dx.
        """

    def output_width(self, input_width: int) -> int:
        """How many values come out when `input_width` go in; ValueError if they don't fit."""
        return input_width

    def values(self, input_width: int) -> int:
        """How many values a sample has in the layer's output, and in those of layers inside it."""
        return self.output_width(input_width)

    def inner_layers(self) -> dict[str, "Layer"]:
        """The layers that it is made of, if it is, by what their parameters' names begin with.

        The `Network` sees to their parameters and buffers, too."""
        return {}

    def multiplications(self) -> int:
        """How many products of a weight and a value `forward` takes for one sample."""
        return 0

    def training_multiplications(self, input_gradient: bool) -> int:
        """The same for training on a sample: once forward, and on the way back for the gradient of
        the weights and, unless the layer is the first one, for that of the input."""
        return (3 if input_gradient else 2) * self.multiplications()

    def moved_values(self, input_width: int) -> int:
        """How many values `forward` writes down for one sample, beside its multiplications."""
        return self.values(input_width)

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of the trained arrays, by name."""
        return {}

    def bind(self, parameters: dict[str, Array], gradients: dict[str, Array]) -> None:
        """Take the views of the network's vectors, named as in `parameter_shapes`."""

    def initialize(self, rng: np.random.Generator, initializer: str) -> None:
        """Set the parameters to their starting values."""

    def buffer_shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of `buffers`, by name."""
        return {}

    def buffers(self) -> dict[str, Array]:
        """Arrays that belong to the model's state but are not trained, by name."""
        return {}

    def pieces(self) -> Array:
        """On which of two pieces of its function each value was in the last `forward`, bool with a
        row for each sample; empty for a layer whose function is smooth. At the edge of a piece it
        has no derivative."""
        return np.zeros(0, bool)

    def size(self) -> str:
        """The layer in a list of sizes such as "784-32C5-128-10"; "" if it is not named there."""
        return ""

    def spec(self) -> dict[str, Any]:
        """The layer as plain data: its type and its constructor's arguments."""
        return {"type": type(self).__name__} | {
            name: getattr(self, name) for name in self.arguments
        }

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)}" for name in self.arguments)
        return f"{type(self).__name__}({values})"

    def _buffer(self, name: str, shape: tuple[int, ...], dtype: Any) -> Array:
        """A work array (batch, width), allocated only when a batch is larger than any before."""
        held = self._work.get(name)
        if held is None or len(held) < shape[0]:
            held = self._work[name] = np.empty(shape, dtype)
        return held[: shape[0]]

    def _buffer_like(self, name: str, x: Array) -> Array:
        """A work array of x's shape and dtype."""
        return self._buffer(name, x.shape, x.dtype)
