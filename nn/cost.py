"""What networks cost: arithmetic of a training, time of an answer, memory of many."""

from collections.abc import Sequence

from nn.layers.layer import Layer
from nn.layers.row import count_parameters, named_layers, row_widths

BATCH = 512
"""Images per forward pass: large enough to be fast."""
VALUES = 8_000_000
"""With wide layers fewer images: the outputs of all layers together hold no more values."""
VALUE_COST = 64
"""Multiplications of a matrix product that take as long as laying out or comparing one value."""
TRAINING_VALUES = 1_900_000
"""For the images that go through the layers at a time while they train, `forward` writes down so
many values at most (`Layer.moved_values`): few enough for the cache."""
VALUES_PER_PARAMETER = 20
"""So many for each parameter of the layers, where that is more: all gradients are added up after
each such piece of a batch, which takes long where there are many."""
MAX_VALUES = 50_000_000
"""So many values an image may need; a network from anybody's file could want any memory."""


def inference_batch(layers: Sequence[Layer], in_features: int) -> int:
    """How many images go through these layers at a time.

    Raises ValueError if a single one needs more than `MAX_VALUES`.
    """
    inputs = row_widths(layers, in_features)
    values = sum(layer.values(width) for layer, width in zip(layers, inputs, strict=False))
    if values > MAX_VALUES:
        raise ValueError(
            f"layers must give at most {MAX_VALUES:,} values for an image, got {values:,}"
        )
    return min(BATCH, max(1, VALUES // values))


def training_images(layers: Sequence[Layer], in_features: int, batch_size: int) -> int:
    """How many images of a batch best go through these layers at a time while they train: with
    convolutions, whose few weights write down many values, fewer than usual batches have. A layer
    that needs several images at least looks at all of a batch."""
    if any(layer.least_batch > 1 for layer in named_layers(layers).values()):
        return batch_size
    values = max(TRAINING_VALUES, VALUES_PER_PARAMETER * count_parameters(layers))
    return min(batch_size, max(1, values // _moved_values(layers, in_features)))


def answer_cost(layers: Sequence[Layer], in_features: int) -> int:
    """How long an answer to one image takes, measured in multiplications of a matrix product.

    The values between the layers count too, each as `VALUE_COST`: there are many where
    convolutions have few filters.
    """
    multiplications = sum(layer.multiplications() for layer in layers)
    return multiplications + VALUE_COST * _moved_values(layers, in_features)


def _moved_values(layers: Sequence[Layer], in_features: int) -> int:
    """How many values they write down for an image."""
    inputs = row_widths(layers, in_features)
    return sum(layer.moved_values(width) for layer, width in zip(layers, inputs, strict=False))


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
    has a first layer. Biases, activations, the loss and the optimizer are left out, as is usual:
    their share is small, and what is left depends on nothing but the sizes of the layers.
    """
    return 2 * sum(
        layer.training_multiplications(input_gradient=index > 0)
        for index, layer in enumerate(layers)
    )
