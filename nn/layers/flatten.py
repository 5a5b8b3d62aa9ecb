"""From images with channels to plain vectors."""

from typing import ClassVar

from nn.checks import whole_number
from nn.layers.layer import Array, Layer


class Flatten(Layer):
    """Lays an image's values channel by channel, y[c, i, j] = x[i, j, c]; back, the other way.

    Between convolutions the channels of a place stand side by side (`Conv2d`). PyTorch's Flatten
    puts each channel's image behind the other, and so does this one, for the weights of the Linear
    layer that follows to be the same in both.
    """

    arguments: ClassVar[tuple[str, ...]] = ("channels", "side")

    def __init__(self, channels: int, side: int) -> None:
        super().__init__()
        self.channels = whole_number("channels", channels, 1, 10_000)
        self.side = whole_number("side", side, 1, 10_000)

    def output_width(self, input_width: int) -> int:
        needed = self.side**2 * self.channels
        if input_width != needed:
            raise ValueError(f"{self} needs {needed} inputs, got {input_width}")
        return input_width

    def forward(self, x: Array, training: bool = False) -> Array:
        return self._turned("output", x, self.side**2, self.channels)

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        return self._turned("grad_input", grad_output, self.channels, self.side**2)

    def _turned(self, name: str, x: Array, rows: int, columns: int) -> Array:
        """The rows x, each a matrix of so many rows and columns, with these matrices transposed."""
        turned = self._buffer_like(name, x)
        turned.reshape(-1, columns, rows)[...] = x.reshape(-1, rows, columns).transpose(0, 2, 1)
        return turned
