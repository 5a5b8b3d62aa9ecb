"""The fully connected layer."""

from typing import Any, ClassVar

import numpy as np

from nn.checks import whole_number
from nn.initializers import INITIALIZERS
from nn.layers.layer import Array, Layer


class Linear(Layer):
    """y = x Wᵀ + b

    with x (batch, in_features), W (out_features, in_features), b (out_features,), and back:

        dL/dW = (dL/dy)ᵀ x        dL/db = Σ_batch dL/dy        dL/dx = dL/dy W

    W has PyTorch's shape. In memory it lies transposed, (in_features, out_features) row by row,
    because matrix products run fastest that way: `weight.T` below is a plain contiguous array.
    """

    arguments: ClassVar[tuple[str, ...]] = ("in_features", "out_features")

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.in_features = whole_number("in_features", in_features, 1, 1_000_000)
        self.out_features = whole_number("out_features", out_features, 1, 1_000_000)
        self.ones = np.ones(0)

    def output_width(self, input_width: int) -> int:
        if input_width != self.in_features:
            raise ValueError(f"{self} needs {self.in_features} inputs, got {input_width}")
        return self.out_features

    def size(self) -> str:
        return str(self.out_features)

    def multiplications(self) -> int:
        return self.in_features * self.out_features

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"weight": (self.out_features, self.in_features), "bias": (self.out_features,)}

    def bind(self, parameters: dict[str, Array], gradients: dict[str, Array]) -> None:
        self.weight, self.bias = parameters["weight"], parameters["bias"]
        self.grad_weight, self.grad_bias = gradients["weight"], gradients["bias"]

    def initialize(self, rng: np.random.Generator, initializer: str) -> None:
        self.weight.T[...] = INITIALIZERS[initializer](rng, self.in_features, self.out_features)
        self.bias[...] = 0

    def forward(self, x: Array, training: bool = False) -> Array:
        self.x = x
        y = self._buffer("output", (len(x), self.out_features), x.dtype)
        np.matmul(x, self.weight.T, out=y)
        y += self.bias
        return y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        np.matmul(self.x.T, grad_output, out=self.grad_weight.T)
        # The sum over the batch as a product too: three times as fast as np.sum.
        np.matmul(self._ones(len(grad_output), grad_output.dtype), grad_output, out=self.grad_bias)
        if not input_gradient:
            return None
        return np.matmul(grad_output, self.weight, out=self._buffer_like("grad_input", self.x))

    def _ones(self, count: int, dtype: Any) -> Array:
        """The vector (1, ..., 1) of this length."""
        if len(self.ones) < count:
            self.ones = np.ones(count, dtype)
        return self.ones[:count]
