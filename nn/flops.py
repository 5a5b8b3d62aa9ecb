"""How much arithmetic a training takes: for comparing its speed with what a machine can do."""

from collections.abc import Sequence

from nn.layers import Branches, Layer


def training_flops(layers: Sequence[Layer]) -> int:
    """Floating-point operations of training on one sample, in the matrix products.

    A product of a matrix (n_out, n_in) and a vector takes n_in * n_out multiplications and as many
    additions: 2 * n_in * n_out operations. Each weight matrix W, with input x, output y = W x and
    loss L, takes part in three:

        y = W x                    forward
        dL/dW = dL/dy x^T          backward
        dL/dx = W^T dL/dy          backward, but not in the first layer, whose x is the data

    so that

        flops = sum over the layers of 6 * n_in * n_out - 2 * n_in * n_out of the first.

    A convolution does this at every place of its output; of networks side by side, `Branches`, each
    has a first layer. Biases, activations, the loss and the
    optimizer are left out, as is usual: their share is small, and what is left depends on nothing
    but the sizes of the layers.
    """
    if isinstance(layers[0], Branches):
        return sum(training_flops(row) for row in layers[0].rows) + 6 * sum(
            layer.multiplications() for layer in layers[1:]
        )
    products = [2 * layer.multiplications() for layer in layers]
    return 3 * sum(products) - products[0]
