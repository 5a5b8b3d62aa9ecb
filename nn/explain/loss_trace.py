"""A network's loss on some images and all that backpropagation says of it, computed once for
whatever looks at it: the chain rule factor by factor, checks of gradients, a step down."""

import numpy as np

from nn.checks import whole_number
from nn.explain.trace import trace_back
from nn.images import check_samples
from nn.losses import CrossEntropyLoss
from nn.losses.loss import Loss
from nn.network import Network

Array = np.ndarray


class LossTrace:
    """All in float64, so that what differs from it is not the rounding.

    Args:
        network: of which it is; a copy computes.
        images: (n, in_features) or (n, height, width), as `Network.predict_logits` takes them, at
            least one.
        labels: (n,) classes.
        loss: what is differentiated, the cross-entropy if none is given.

    Attributes:
        network: the copy, in float64. Checks may move its weights for a while, and hold its lock
            `in_use` meanwhile.
        labels, loss: as given.
        value: L, the loss on the images.
        values: of all layers, the scaled inputs (n, in_features) first and the logits (n, classes)
            last.
        deltas: for each layer dL/d(its output), of that output's shape.
        gradients: dL/dθ by the names and with the shapes of `Network.named_parameters`.

    Raises ValueError if images or labels don't fit the network.
    """

    def __init__(
        self, network: Network, images: Array, labels: Array, loss: Loss | None = None
    ) -> None:
        self.network = network.copy(np.float64)
        self.loss = loss or CrossEntropyLoss()
        images, self.labels = check_samples(
            "explained", images, labels, network.in_features, network.num_classes
        )

        def gradient(logits: Array) -> Array:
            self.value, grad_logits = self.loss(logits, self.labels)
            return grad_logits

        went = trace_back(self.network, images, gradient)
        self.values = [went.inputs, *went.outputs]
        self.deltas = went.grad_outputs
        # Not those of `went`: nobody else writes into the copy's own, and they need no more room.
        self.gradients = self.network.named_gradients()

    @classmethod
    def of_image(cls, network: Network, image: Array, target: int) -> "LossTrace":
        """The cross-entropy of one image (in_features,) or (height, width) that should be of the
        class `target`; ValueError if one of them doesn't fit the network."""
        whole_number("target", target, 0, network.num_classes - 1)
        return cls(network, np.asarray(image)[np.newaxis], np.array([target]))
