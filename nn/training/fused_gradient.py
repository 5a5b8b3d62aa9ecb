"""The fast way through the usual network: Linear and ReLU in turn, then cross-entropy.

A step of such a small network takes a fraction of a millisecond, and a good part of that goes into
calling NumPy some fifty times. Here it is called about twenty times, for the same formulas. What is
different from going layer by layer (`BatchGradient`, which the tests compare this with):

- The bias is a row of the weights. With a column of ones at the right of x, one product does both:

      x W + b = [x 1] [W]        and back:    [dL/dW] = [x 1]ᵀ dL/dy
                      [b]                     [dL/db]

  In the network's vector a bias comes right behind its weight, so [W; b] is there already.
- The images of several batches are fetched and scaled at once, and so are their one-hot labels q.
- Losses and hits are counted for these several batches at once; a step needs but the gradient.
- Logits lie with a row per class, since NumPy reduces over rows faster than along them. Wide hidden
  layers lie with a row per neuron: OpenBLAS's kernels for AVX-512 take a gradient back through the
  weights between two of them in two thirds of the time so, and its others in the same time.
- Products of few images are made in pieces where that is faster, see `nn.training.small_products`,
  and elsewhere without the pixels that are black in all images, see `nn.training.black_pixels`.
"""

from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from nn.layers import Linear, ReLU
from nn.losses import CrossEntropyLoss
from nn.losses.loss import Loss
from nn.network import Network
from nn.training import black_pixels
from nn.training.batch_gradient import BatchGradient
from nn.training.small_products import COLUMNS, in_columns, in_rows, number_of_pieces

Array = np.ndarray

BLOCK = 512
"""About so many images are prepared at once: enough to be worth it, few enough for the cache."""
WIDE = 512
"""Several hidden layers with so many neurons each lie with a row per neuron in memory."""


def is_fusible(network: Network, loss: Loss) -> bool:
    """Whether the network is Linear, ReLU, Linear, ReLU, ..., Linear and the loss cross-entropy."""
    kinds = [type(layer) for layer in network.layers]
    return (
        type(network) is Network
        and type(loss) is CrossEntropyLoss
        and kinds[::2] == [Linear] * len(kinds[::2])
        and kinds[1::2] == [ReLU] * (len(kinds[::2]) - 1)
    )


class Hidden(NamedTuple):
    """Work arrays of a hidden layer for a batch of m images, and for the way back."""

    weights: Array  # (pieces, in_features + 1, width / pieces): [W; b] of the layer
    values: Array  # (pieces, m, width / pieces): the output without its last column
    output: Array  # (m, width + 1), the last column 1
    active: Array  # (m, width + 1) bool: where the output is above 0
    grad: Array  # (m, width + 1): dL/d(output), the last column without meaning
    grad_values: Array  # (m, width): that without the column


class Work(NamedTuple):
    """For batches of m images."""

    hidden: list[Hidden]
    first_gradient: Array  # (pieces, in_features / pieces, width): dL/dW of the first layer


class FusedGradient(BatchGradient):
    """`BatchGradient` for networks and losses that are `is_fusible`, with the same results but for
    the rounding."""

    _inked_products: black_pixels.InkedProducts

    @np.errstate(over="ignore", invalid="ignore")
    def compute(self, start: int) -> None:
        # 0 is a new epoch, with a new order; a new run, that may begin anywhere, empties the block.
        if start == 0 or start not in self._columns:
            self._prepare(start)
        first, last = self._columns[start]
        if first == last:
            self.network.gradients[...] = 0
            return
        weights, gradients = self._weights, self._weight_gradients
        hidden, first_gradient = self._work.get(last - first) or self._new_work(last - first)
        x = inputs = self._inputs[first:last]
        inked = self._inked.get(start)
        for layer in hidden:
            if x is inputs and inked is not None:
                self._inked_products.forward(x, inked, out=layer.output[:, :-1])
            else:
                np.matmul(x, layer.weights, out=layer.values)
            np.maximum(layer.output, 0, out=layer.output)
            x = layer.output
        logits = self._logits[:, first:last]
        np.matmul(weights[-1].T, x.T, out=logits)

        # dL/dlogits = (softmax - q) / n, of the mean over the whole batch of n
        p = np.subtract(logits, np.maximum.reduce(logits, axis=0))
        np.exp(p, out=p)
        np.divide(p, np.add.reduce(p, axis=0), out=p)
        np.subtract(p, self._targets[:, first:last], out=p)
        np.multiply(p, 1 / (self.batch_end(start) - start), out=p)
        grad = p.T

        for index in range(len(hidden) - 1, -1, -1):
            layer = hidden[index]
            np.matmul(layer.output.T, grad, out=gradients[index + 1])
            np.matmul(grad, weights[index + 1].T, out=layer.grad)
            np.greater(layer.output, 0, out=layer.active)
            np.multiply(layer.grad, layer.active, out=layer.grad)
            grad = layer.grad_values
        if inked is not None:
            self._inked_products.backward(grad)
        else:
            pixels = in_rows(inputs.T[:-1], len(first_gradient))
            np.matmul(pixels, grad, out=first_gradient)
            np.matmul(inputs[:, -1], grad, out=gradients[0][-1])
        self._done = last

    def collect(self) -> tuple[float, int]:
        self._count()
        return super().collect()

    def take_share(self, worker: int, workers: int, gradients: Array) -> None:
        super().take_share(worker, workers, gradients)
        self._weights = _with_biases(self.network, self.network.parameters)
        self._weight_gradients = _with_biases(self.network, gradients)
        self._columns: dict[int, tuple[int, int]] = {}
        """The block: where in it the share of the batch `order[start:...]` is, by `start`."""
        self._counted = self._done = 0
        """How many images of the block have been counted, and have gone through the network."""
        self._inked: dict[int, Array] = {}
        """The inked pixels of its shares, likewise by `start`, where black ones are left out."""
        rows = -(-self.batch_size // workers)
        width = self._weights[0].shape[1]
        self._may_leave_out = len(self._weights) > 1 and black_pixels.pays(rows, width)
        if self._may_leave_out:
            black = -self.network.input_scaling(self.images.dtype)[1]
            self._inked_products = black_pixels.InkedProducts(
                self._weights[0], self._weight_gradients[0], black, rows
            )

    def _make_room(self, rows: int) -> None:
        batches = max(1, BLOCK // rows)
        rows *= batches
        features, classes = self.network.in_features, self.network.num_classes
        dtype = self.network.dtype
        self._block_span = batches * self.batch_size
        self._images = np.empty((rows, features), self.images.dtype)
        self._inputs = np.empty((rows, features + 1), dtype)
        self._labels = np.empty(rows, self.labels.dtype)
        self._logits: Array = np.empty((classes, rows), dtype)
        self._work: dict[int, Work] = {}
        """By the number of images in a share."""
        assert isinstance(self.loss, CrossEntropyLoss)
        off = self.loss.label_smoothing / classes
        self._smooth_labels = np.full((classes, classes), off, dtype)
        np.fill_diagonal(self._smooth_labels, 1 - self.loss.label_smoothing + off)

    def _prepare(self, start: int) -> None:
        """Get the inputs and targets of this worker for the batches from `start` on."""
        self._count()
        end = min(start + self._block_span, len(self.order))
        if self._pool:
            end = min(end, self._pool.end)
        starts = range(start, end, self.batch_size)
        shares = [self.share(first) for first in starts]
        bounds = np.cumsum([0, *(share.stop - share.start for share in shares)]).tolist()
        self._columns = dict(zip(starts, pairwise(bounds), strict=True))
        self._counted = self._done = 0
        images, labels = self._fetch(shares)
        inputs = self._inputs[: len(images)]
        factor, offset = self.network.input_scaling(images.dtype)
        # The column of ones is scaled too and set anew: NumPy is slow on a part of each row.
        inputs[:, :-1] = images
        inputs *= factor
        inputs -= offset
        inputs[:, -1] = 1
        self._targets: Array = self._smooth_labels[:, labels]
        self._inked = self._find_inked(images) if self._may_leave_out else {}

    def _find_inked(self, images: Array) -> dict[int, Array]:
        """The inked pixels of the shares of these images, the block's, but of those with too many.
        Each share is asked by itself: a training that goes on may begin its blocks elsewhere."""
        found = {}
        for start, (first, last) in self._columns.items():
            inked = black_pixels.inked_pixels(images[first:last]) if first < last else None
            if inked is not None:
                found[start] = inked
        return found

    @np.errstate(over="ignore", invalid="ignore")
    def _count(self) -> None:
        """Add up loss and hits of the batches that are done, from their logits."""
        columns = slice(self._counted, self._done)
        if self._counted < self._done:
            logits, labels = self._logits[:, columns].T, self._labels[columns]
            self._loss_sum += self.loss(logits, labels)[0] * len(labels)
            self._correct += int(np.count_nonzero(logits.argmax(axis=1) == labels))
        self._counted = self._done

    def _new_work(self, rows: int) -> Work:
        """Work arrays for batches of so many images."""
        dtype, hidden = self.network.dtype, []
        widths = [weights.shape[1] for weights in self._weights[:-1]]
        order: Literal["C", "F"] = "F" if len(widths) > 1 and min(widths) >= WIDE else "C"
        for weights in self._weights[:-1]:
            fan_in, width = weights.shape
            pieces = number_of_pieces(width, rows * fan_in, COLUMNS)
            output = np.ones((rows, width + 1), dtype, order=order)
            grad = np.empty((rows, width + 1), dtype, order=order)
            hidden.append(
                Hidden(
                    in_columns(weights, pieces),
                    in_columns(output[:, :-1], pieces),
                    output,
                    np.empty((rows, width + 1), bool, order=order),
                    grad,
                    grad[:, :-1],
                )
            )
        gradient = self._weight_gradients[0][:-1]
        pieces = number_of_pieces(len(gradient), rows * gradient.shape[1])
        self._work[rows] = Work(hidden, in_rows(gradient, pieces))
        return self._work[rows]


def _with_biases(network: Network, vector: Array) -> list[Array]:
    """Views into a vector of the network: for each linear layer [W; b], (in_features + 1, out)."""
    views, start = [], 0
    for in_features, out_features in pairwise(_widths(network)):
        stop = start + (in_features + 1) * out_features
        views.append(vector[start:stop].reshape(in_features + 1, out_features))
        start = stop
    return views


def _widths(network: Network) -> list[int]:
    """Inputs, and outputs of each linear layer."""
    outputs = [layer.out_features for layer in network.layers if isinstance(layer, Linear)]
    return [network.in_features, *outputs]
