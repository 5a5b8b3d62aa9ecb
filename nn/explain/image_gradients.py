"""The gradient of a number for the pixels of the images it is computed from."""

from collections.abc import Callable

import numpy as np

from nn.checks import whole_number
from nn.images import check_images
from nn.network import Network

Array = np.ndarray


def image_gradients(
    network: Network,
    images: Array,
    grad_outputs: Callable[[Array], Array],
    place: int | None = None,
) -> Array:
    """df/dx (n, in_features) for pixels x in [0, 1] of images (n, in_features) or (n, height,
    width), of a number f for each image.

    `grad_outputs` tells df/dy (n, width) for the outputs y (n, width) of the layer at `place`, that
    of the logits if none is given; y is not to be changed. ValueError for other images or places.
    """
    images = as_floats(network, images)
    if place is None:
        place = len(network.layers) - 1
    layers = network.layers[: whole_number("place", place, 0, len(network.layers) - 1) + 1]
    with network.in_use:
        values = network.scale_input(images)
        for layer in layers:
            values = layer.forward(values)
        grad: Array | None = grad_outputs(values).astype(network.dtype)
        for layer in reversed(layers):
            assert grad is not None
            grad = layer.backward(grad)
        assert grad is not None
        # The layers see x · factor - offset: by the chain rule df/dx has that factor.
        return grad * network.input_scaling(images.dtype)[0]


def as_floats(network: Network, images: Array) -> Array:
    """Images (n, in_features) of numbers in [0, 1], in the network's dtype."""
    images = check_images(images, network.in_features)
    if images.dtype == np.uint8:
        images = images / 255
    return images.astype(network.dtype)


def one_image(network: Network, image: Array) -> Array:
    """An image (in_features,) or (height, width) as a batch of one, see `as_floats`."""
    return as_floats(network, np.asarray(image)[np.newaxis])
