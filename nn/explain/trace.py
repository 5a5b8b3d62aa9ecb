"""Everything a network computes for some images: the values of all layers, and the gradients.

Forwards each layer makes its output y of its input x, the output of the layer before; backwards it
makes dL/dx of dL/dy, and on the way the gradients of its own parameters θ (Rumelhart, Hinton,
Williams 1986, "Learning representations by back-propagating errors"):

    dL/dx = (dy/dx)ᵀ dL/dy        dL/dθ = (dy/dθ)ᵀ dL/dy
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nn.images import check_images
from nn.network import Network

Array = np.ndarray


@dataclass(frozen=True)
class Trace:
    """What went through a network, forwards and, if it was asked for, backwards; all copies.

    inputs: (n, in_features), the scaled images.
    outputs: of each layer (n, width), in order; the last are the logits (n, classes).
    grad_outputs: dL/d(outputs), in the same order; empty if only the way forward was gone.
    grad_inputs: dL/d(inputs) (n, in_features), None likewise.
    gradients: dL/d(parameters) by the names and with the shapes of `Network.named_parameters`, of
        the loss summed over the images; empty likewise.
    """

    inputs: Array
    outputs: list[Array]
    grad_outputs: list[Array]
    grad_inputs: Array | None
    gradients: dict[str, Array]

    @property
    def logits(self) -> Array:
        return self.outputs[-1]


def trace(network: Network, images: Array) -> Trace:
    """The values of all layers for images (n, in_features) or (n, height, width), as
    `Network.predict_logits` takes them; ValueError for others."""
    inputs = network.scale_input(check_images(images, network.in_features))
    with network.in_use:
        return Trace(inputs, _forward(network, inputs), [], None, {})


def trace_back(
    network: Network, images: Array, grad_logits: Array | Callable[[Array], Array]
) -> Trace:
    """The same, and the gradients of whatever L has dL/dlogits = `grad_logits` (n, classes), an
    array or a function that makes it of the logits (n, classes)."""
    inputs = network.scale_input(check_images(images, network.in_features))
    with network.in_use:
        outputs = _forward(network, inputs)
        if callable(grad_logits):
            grad_logits = grad_logits(outputs[-1])
        grad: Array | None = grad_logits.astype(network.dtype)  # a copy: layers write into it
        grad_outputs = []
        for layer in reversed(network.layers):
            assert grad is not None
            grad_outputs.append(grad.copy())
            grad = layer.backward(grad)
        assert grad is not None
        gradients = network.views(network.gradients.copy())
        return Trace(inputs, outputs, grad_outputs[::-1], grad.copy(), gradients)


def _forward(network: Network, inputs: Array) -> list[Array]:
    values, outputs = inputs, []
    for layer in network.layers:
        values = layer.forward(values)
        outputs.append(values.copy())
    return outputs
