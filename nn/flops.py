"""How much arithmetic a training takes: for comparing its speed with what a machine can do."""

from collections.abc import Sequence
from itertools import pairwise

from nn.checks import whole_number

MAX_WIDTH = 10**9


def training_flops(widths: Sequence[int]) -> int:
    """Floating-point operations of training on one sample, in the matrix products.

    A product of a matrix (n_out, n_in) and a vector takes n_in * n_out multiplications and as many
    additions: 2 * n_in * n_out operations. Each weight matrix W, with input x, output y = W x and
    loss L, takes part in three:

        y = W x                    forward
        dL/dW = dL/dy x^T          backward
        dL/dx = W^T dL/dy          backward, but not in the first layer, whose x is the data

    so that

        flops = sum over the layers of 6 * n_in * n_out - 2 * widths[0] * widths[1].

    Biases, activations, the loss and the optimizer are left out, as is usual: their share is small,
    and what is left depends on nothing but the widths.

    Args:
        widths: of all layers from the inputs to the outputs, at least two.

    Raises:
        ValueError: the widths are no such list.
    """
    if len(widths) < 2:
        raise ValueError(f"widths must name inputs and outputs at least, not {list(widths)}")
    for width in widths:
        whole_number("a width", width, 1, MAX_WIDTH)
    products = [2 * n_in * n_out for n_in, n_out in pairwise(widths)]
    return 3 * sum(products) - products[0]
