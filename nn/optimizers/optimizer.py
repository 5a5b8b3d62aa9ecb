"""What every optimizer has in common: two flat vectors, penalties, clipping and a state."""

import copy
import math
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self, TypedDict

import numpy as np

from nn.checks import real_number
from nn.shared_memory import shared_zeros

Array = np.ndarray

BLOCK = 65_536
"""So many parameters are moved at a time: what belongs to them is still in the processor's cache in
the next pass over them, and work arrays are small. Of two million, SGD and Adam take a sixth less
time."""


class Adjustments(TypedDict, total=False):
    """What is done to the gradient in every optimizer alike, see `Optimizer`."""

    weight_decay: float
    l1: float
    max_grad_norm: float | None


class Optimizer(ABC):
    """Moves all parameters of a network at once, in place, along their gradients.

    Before the rule of the particular optimizer, `step` makes its gradient g from dL/dθ:

        g = dL/dθ · min(1, max_grad_norm / (‖dL/dθ‖ + 1e-6)) + l1 · sign(θ) + weight_decay · θ

    that is, a gradient longer than `max_grad_norm` is shortened to it (Pascanu et al. 2013), and
    the gradients of the penalties l1 · Σ|θ| and weight_decay / 2 · Σθ² are added.

    Args:
        parameters: vector (n,) that is changed in place, `network.parameters`.
        gradients: vector (n,) that is read at every step, `network.gradients`.
        learning_rate: length of the steps; may be set at any time.
        weight_decay, l1: weights of the penalties, 0 for none.
        max_grad_norm: largest Euclidean norm of the whole gradient, None for no limit.

    Raises ValueError if an argument is out of range or the vectors don't fit each other.
    """

    name: ClassVar[str]
    """What settings and the command line call it."""
    title: ClassVar[str]
    """What pages call it."""
    settings: ClassVar[tuple[str, ...]] = ()
    """The fields of `nn.TrainingConfig` that this optimizer has and not all do."""

    decoupled_weight_decay = False
    """True where weight decay is no part of g, but of the optimizer's own rule."""

    def __init__(
        self,
        parameters: Array,
        gradients: Array,
        learning_rate: float,
        *,
        weight_decay: float = 0.0,
        l1: float = 0.0,
        max_grad_norm: float | None = None,
    ) -> None:
        if parameters.ndim != 1 or gradients.shape != parameters.shape:
            raise ValueError(
                "parameters and gradients must be vectors of the same length, "
                f"got shapes {parameters.shape} and {gradients.shape}"
            )
        self.parameters = parameters
        self.gradients = gradients
        self.learning_rate = real_number(
            "learning_rate", learning_rate, 0, math.inf, high_open=True
        )
        self.weight_decay = real_number("weight_decay", weight_decay, 0, math.inf, high_open=True)
        self.l1 = real_number("l1", l1, 0, math.inf, high_open=True)
        if max_grad_norm is not None:
            max_grad_norm = real_number(
                "max_grad_norm", max_grad_norm, 0, math.inf, low_open=True, high_open=True
            )
        self.max_grad_norm = max_grad_norm
        self.steps = 0
        self._vectors: dict[str, Array] = {}
        self._scratch = np.empty_like(parameters[:BLOCK])
        self._adjusted = np.empty_like(parameters[:BLOCK])

    # Overflow is for the training to find, in the loss or in the weights.
    @np.errstate(over="ignore", invalid="ignore")
    def step(self) -> None:
        """Move the parameters once, by the gradients as they stand now."""
        self.steps += 1
        scale = self._clipping()
        for start in range(0, len(self.parameters), BLOCK):
            block = slice(start, start + BLOCK)
            gradient = self._adjusted_gradient(block, scale)
            self._update(block, gradient, self._scratch[: len(gradient)])

    def part(self, start: int, stop: int) -> Self:
        """This optimizer for the parameters `start` to `stop - 1` alone, on the same memory.

        Parts that cover the whole vector do together what `step` does, in several processes at
        once. Not with `max_grad_norm`, which asks for the length of the whole gradient.
        """
        assert self.max_grad_norm is None
        part = copy.copy(self)
        for name, value in vars(self).items():
            # Work arrays of a block are no longer than the vector, and serve every part.
            if isinstance(value, np.ndarray) and len(value) == len(self.parameters):
                setattr(part, name, value[start:stop])
        return part

    @abstractmethod
    def _update(self, block: slice, gradient: Array, scratch: Array) -> None:
        """Move a block of the parameters by the optimizer's rule. `gradient` (m,) is theirs and
        must not be changed, `scratch` (m,) is to work in."""

    def _clipping(self) -> float:
        """The factor of the class's formula that shortens the gradient."""
        if self.max_grad_norm is None:
            return 1.0
        # 1e-6 is PyTorch's guard against a norm of 0.
        return self.max_grad_norm / (math.sqrt(np.dot(self.gradients, self.gradients)) + 1e-6)

    def _adjusted_gradient(self, block: slice, scale: float) -> Array:
        """The g of the class's formula for a block of the parameters; what is in `gradients`
        itself where there is nothing to adjust."""
        gradient, parameters = self.gradients[block], self.parameters[block]
        adjusted, scratch = self._adjusted[: len(gradient)], self._scratch[: len(gradient)]
        if scale < 1:
            gradient = np.multiply(gradient, scale, out=adjusted)
        if self.l1:
            np.sign(parameters, out=scratch)
            scratch *= self.l1
            gradient = np.add(gradient, scratch, out=adjusted)
        if self.weight_decay and not self.decoupled_weight_decay:
            np.multiply(parameters, self.weight_decay, out=scratch)
            gradient = np.add(gradient, scratch, out=adjusted)
        return gradient

    def _new_vector(self, name: str) -> Array:
        """A vector of zeros (n,) that belongs to the optimizer's state under this name."""
        self._vectors[name] = shared_zeros(len(self.parameters), self.parameters.dtype)
        return self._vectors[name]

    def state_dict(self) -> dict[str, Any]:
        """A copy of what the next steps depend on: learning rate, steps made, state vectors."""
        vectors = {name: vector.copy() for name, vector in self._vectors.items()}
        return {"learning_rate": self.learning_rate, "steps": self.steps, **vectors}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on exactly where `state_dict` was taken; ValueError if it is another optimizer's."""
        expected = {"learning_rate", "steps", *self._vectors}
        if state.keys() != expected:
            raise ValueError(
                f"the state of {type(self).__name__} must hold {sorted(expected)}, "
                f"got {sorted(state)}"
            )
        for name, vector in self._vectors.items():
            given = state[name]
            if given.shape != vector.shape or given.dtype != vector.dtype:
                raise ValueError(
                    f"{name} must be {vector.dtype} of shape {vector.shape}, "
                    f"got {given.dtype} of shape {given.shape}"
                )
        for name, vector in self._vectors.items():
            vector[...] = state[name]
        self.learning_rate = float(state["learning_rate"])
        self.steps = int(state["steps"])
