"""Several networks side by side, as one layer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from nn.layers.layer import Array, Layer
from nn.layers.row import check_row, row_widths


class Branches(Layer):
    """Rows of layers that all see the same input, and whose outputs are added:

        y = Σ_k f_k(x)        dL/dx = Σ_k of dL/dx of each row, whose dL/dy is that of the sum

    A row begins with Linear or Conv2d; rows may be of different layers. Made by `nn.join`; see
    there what for. The parameters of row k's layer l have the names "k.l.weight" and so on, as in a
    torch.nn.ModuleList of torch.nn.Sequential.

    Raises ValueError if there is no row, or if rows have other inputs or outputs than the first.
    """

    arguments: ClassVar[tuple[str, ...]] = ("rows",)

    def __init__(self, rows: Sequence[Sequence[Layer]]) -> None:
        super().__init__()
        self.rows = [list(row) for row in rows]
        if any(isinstance(layer, Branches) for row in self.rows for layer in row):
            raise ValueError("rows must hold no Branches themselves")
        if not self.rows:
            raise ValueError("rows must hold at least one row of layers, got none")
        layers = self.inner_layers().values()
        if len({id(layer) for layer in layers}) < len(layers):
            raise ValueError("rows must hold different layers, got one twice")
        self.in_features, self.out_features = check_row(self.rows[0])
        for k, row in enumerate(self.rows):
            if check_row(row) != (self.in_features, self.out_features):
                raise ValueError(
                    f"rows[{k}] must have the {self.in_features} inputs and {self.out_features} "
                    f"outputs of the first, got {check_row(row)}"
                )

    def inner_layers(self) -> dict[str, Layer]:
        """The layers of all rows: "1.0" is the first of the second row."""
        return {
            f"{k}.{index}": layer
            for k, row in enumerate(self.rows)
            for index, layer in enumerate(row)
        }

    def output_width(self, input_width: int) -> int:
        if input_width != self.in_features:
            raise ValueError(f"Branches need {self.in_features} inputs, got {input_width}")
        return self.out_features

    def values(self, input_width: int) -> int:
        return sum(sum(row_widths(row, input_width)) for row in self.rows)

    def multiplications(self) -> int:
        return sum(layer.multiplications() for row in self.rows for layer in row)

    def training_multiplications(self, input_gradient: bool) -> int:
        return sum(
            layer.training_multiplications(input_gradient or index > 0)
            for row in self.rows
            for index, layer in enumerate(row)
        )

    def moved_values(self, input_width: int) -> int:
        return sum(
            layer.moved_values(width)
            for row in self.rows
            for layer, width in zip(row, row_widths(row, input_width), strict=False)
        )

    def spec(self) -> dict[str, Any]:
        return {
            "type": type(self).__name__,
            "rows": [[layer.spec() for layer in row] for row in self.rows],
        }

    def forward(self, x: Array, training: bool = False) -> Array:
        y = self._buffer("output", (len(x), self.out_features), x.dtype)
        y[...] = 0
        for row in self.rows:
            values = x
            for layer in row:
                values = layer.forward(values, training)
            y += values
        return y

    def backward(self, grad_output: Array, input_gradient: bool = True) -> Array | None:
        sums = [self._row_backward(row, grad_output, input_gradient) for row in self.rows]
        if not input_gradient:
            return None
        total = sums[0]
        for other in sums[1:]:
            total += other
        return total

    def _row_backward(self, row: list[Layer], grad_output: Array, input_gradient: bool) -> Any:
        # A copy for each row, since layers may write into what they are given.
        grad: Any = self._buffer_like("grad_output", grad_output)
        grad[...] = grad_output
        for index in range(len(row) - 1, -1, -1):
            grad = row[index].backward(grad, input_gradient or index > 0)
        return grad
