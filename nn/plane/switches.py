"""A layer that switches neurons off."""

from nn.layers.layer import Array, Layer


class Switches(Layer):
    """y = x m        dL/dx = dL/dy m, with m = 0 for neurons that are off and 1 for the others

    so that one that is off says 0 whatever comes in, and nothing flows back through it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.off: frozenset[int] = frozenset()

    def forward(self, x: Array, training: bool = False) -> Array:
        # In place: what the layer before remembers of them meets a gradient of 0 on the way back.
        if self.off:
            x[:, list(self.off)] = 0
        return x

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        return self.forward(grad_output)
