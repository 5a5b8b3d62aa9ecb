"""The fully connected layer of several networks that stand side by side."""

from typing import ClassVar

import numpy as np

from nn.checks import whole_number
from nn.initializers import INITIALIZERS
from nn.layers.layer import Array
from nn.layers.linear import Linear


class GroupedLinear(Linear):
    """Inputs and outputs fall into G equal groups, and each output sees its own group's inputs:

        y_g = x_g W_gᵀ + b_g        for g = 1 ... G, with y = [y_1 ... y_G] and x = [x_1 ... x_G]

    and back, as in `Linear`:

        dL/dW_g = (dL/dy_g)ᵀ x_g        dL/db = Σ_batch dL/dy        dL/dx_g = dL/dy_g W_g

    It is a `Linear` whose W is zero but for G blocks along its diagonal, without storing or
    multiplying the zeros. `weight[:, :, g]` (out_features / G, in_features / G) is W_g; in memory
    each lies transposed, as that of `Linear` does. Made by `nn.join`; see there what for.
    """

    arguments: ClassVar[tuple[str, ...]] = ("in_features", "out_features", "groups")

    def __init__(self, in_features: int, out_features: int, groups: int) -> None:
        super().__init__(in_features, out_features)
        most = min(self.in_features, self.out_features)
        self.groups = whole_number("groups", groups, 1, most)
        for name in ("in_features", "out_features"):
            if getattr(self, name) % self.groups:
                raise ValueError(
                    f"{name} must be a multiple of groups {groups}, got {getattr(self, name)}"
                )

    def multiplications(self) -> int:
        return super().multiplications() // self.groups

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        block = self.out_features // self.groups, self.in_features // self.groups
        return {"weight": (*block, self.groups), "bias": (self.out_features,)}

    def initialize(self, rng: np.random.Generator, initializer: str) -> None:
        for weight in self.weight.T:
            weight[...] = INITIALIZERS[initializer](rng, *weight.shape)
        self.bias[...] = 0

    def forward(self, x: Array, training: bool = False) -> Array:
        self.x = x
        y = self._buffer("output", (len(x), self.out_features), x.dtype)
        for weight, x_g, y_g in zip(self.weight.T, self._split(x), self._split(y), strict=True):
            np.matmul(x_g, weight, out=y_g)
        y += self.bias
        return y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        np.matmul(self._ones(len(grad_output), grad_output.dtype), grad_output, out=self.grad_bias)
        grad_input = self._buffer_like("grad_input", self.x)
        for weight, grad_weight, x_g, dy_g, dx_g in zip(
            self.weight.T,
            self.grad_weight.T,
            self._split(self.x),
            self._split(grad_output),
            self._split(grad_input),
            strict=True,
        ):
            np.matmul(x_g.T, dy_g, out=grad_weight)
            if input_gradient:
                np.matmul(dy_g, weight.T, out=dx_g)
        return grad_input if input_gradient else None

    def _split(self, values: Array) -> list[Array]:
        """The groups of values (batch, width), views (batch, width / groups)."""
        return np.split(values, self.groups, axis=1)
