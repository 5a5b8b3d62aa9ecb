"""Batch normalisation."""

from typing import ClassVar

import numpy as np

from nn.checks import real_number, whole_number
from nn.layers.layer import Array, Layer


class BatchNorm(Layer):
    """y = γ x̂ + β,  x̂ = (x - μ) / σ,  σ = √(variance + eps)

    In training μ and the variance are the batch's own, each feature by itself (Ioffe, Szegedy
    2015), and the gradient flows through them:

        dL/dγ = Σ_batch dL/dy · x̂        dL/dβ = Σ_batch dL/dy
        dL/dx = γ/σ · (dL/dy - mean(dL/dy) - x̂ · mean(dL/dy · x̂))

    Otherwise they are running means, which training moves towards each batch's by the share
    `momentum`; the variance there is the unbiased one (divided by batch - 1), as in PyTorch.
    γ is called `weight` and β `bias`, as there.
    """

    arguments: ClassVar[tuple[str, ...]] = ("num_features", "eps", "momentum")
    whole_batch = True
    least_batch = 2  # one sample has no variance

    def __init__(self, num_features: int, eps: float = 1e-5, momentum: float = 0.1) -> None:
        super().__init__()
        self.num_features = whole_number("num_features", num_features, 1, 1_000_000)
        self.eps = real_number("eps", eps, 0, 1, low_open=True)
        self.momentum = real_number("momentum", momentum, 0, 1)
        self.running_mean = self.running_var = np.empty(0)

    def output_width(self, input_width: int) -> int:
        if input_width != self.num_features:
            raise ValueError(f"{self} needs {self.num_features} inputs, got {input_width}")
        return input_width

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"weight": (self.num_features,), "bias": (self.num_features,)}

    def buffer_shapes(self) -> dict[str, tuple[int, ...]]:
        return {"running_mean": (self.num_features,), "running_var": (self.num_features,)}

    def bind(self, parameters: dict[str, Array], gradients: dict[str, Array]) -> None:
        self.weight, self.bias = parameters["weight"], parameters["bias"]
        self.grad_weight, self.grad_bias = gradients["weight"], gradients["bias"]
        if not len(self.running_mean):  # bound for the first time
            self.running_mean = np.zeros(self.num_features, self.weight.dtype)
            self.running_var = np.ones(self.num_features, self.weight.dtype)

    def initialize(self, rng: np.random.Generator, initializer: str) -> None:
        self.weight[...] = 1
        self.bias[...] = 0

    def buffers(self) -> dict[str, Array]:
        return {"running_mean": self.running_mean, "running_var": self.running_var}

    def forward(self, x: Array, training: bool = False) -> Array:
        self.batch_statistics = training
        if training:
            mean, variance = x.mean(axis=0), x.var(axis=0)
            if len(x) > 1:  # a single sample has no variance to learn from
                self._update_running(mean, variance, len(x))
        else:
            mean, variance = self.running_mean, self.running_var
        self.inverse_std = 1 / np.sqrt(variance + self.eps)
        self.x_hat = np.subtract(x, mean, out=self._buffer_like("x_hat", x))
        self.x_hat *= self.inverse_std
        y = np.multiply(self.x_hat, self.weight, out=self._buffer_like("output", x))
        y += self.bias
        return y

    def _update_running(self, mean: Array, variance: Array, batch_size: int) -> None:
        unbiased = variance * (batch_size / (batch_size - 1))
        self.running_mean += self.momentum * (mean - self.running_mean)
        self.running_var += self.momentum * (unbiased - self.running_var)

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        np.sum(grad_output, axis=0, out=self.grad_bias)
        product = np.multiply(
            grad_output, self.x_hat, out=self._buffer_like("product", grad_output)
        )
        np.sum(product, axis=0, out=self.grad_weight)
        if self.batch_statistics:
            n = len(grad_output)
            grad_output -= self.grad_bias / n
            grad_output -= np.multiply(self.x_hat, self.grad_weight / n, out=product)
        grad_output *= self.weight * self.inverse_std
        return grad_output
