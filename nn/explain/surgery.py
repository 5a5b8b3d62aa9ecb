"""Surgery: parts of a network are cut, held still, disturbed or exchanged, and it sits an exam.

What a network still can without a part tells what the part is for (Morcos et al. 2018, "On the
importance of single directions for generalization"). Of a neuron it is what it says, behind its
activation, that is

- cut: 0, whatever the image is;
- frozen: its mean over the exam's images, which takes from the others only what it knows of the
  image (mean ablation);
- disturbed: with normal noise added, so many times its standard deviation over the exam's images;
- swapped: computed with the weights, the bias and the batch normalisation of the same neuron in
  another network.

The bias of a neuron can be cut, disturbed (by so many times the standard deviation of the biases of
its layer) and swapped; frozen it is already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nn.checks import one_of, real_number, whole_number
from nn.evaluation.metrics import class_metrics, confusion_matrix
from nn.explain.neurons import NeuronLayer, layer_outputs, neuron_layer, neuron_layers
from nn.explain.taken_over import taken_over
from nn.images import check_images, check_samples
from nn.network import Network

Array = np.ndarray

HOWS = ("cut", "frozen", "noise", "swapped")
MOST_NOISE = 100.0


Statistics = dict[int, tuple[Array, Array]]
"""Mean and standard deviation (units,) of what the neurons of a layer say to an exam's images, by
the last place of the layer, see `nn.explain.neurons`."""


@dataclass(frozen=True, eq=False)
class Operation:
    """What is done to some neurons of a layer.

    how: one of `HOWS`.
    layer: the place of their Linear or Conv2d, see `nn.explain.neurons`. Of the last one, which
        gives the logits, only biases can be operated on, and neurons swapped.
    units: which neurons or filters; None for all.
    biases: whether to operate on their biases alone.
    size: of noise, in standard deviations, from 0 to `MOST_NOISE`.
    seed: of noise.
    other: where swapped ones come from, a network of the same layers.
    """

    how: str
    layer: int
    units: Sequence[int] | None = None
    biases: bool = False
    size: float = 1.0
    seed: int = 0
    other: Network | None = None


@dataclass(frozen=True, eq=False)
class Answers:
    """What a network says in the exam.

    labels: (n,) what is right.
    probabilities: (n, classes).
    """

    labels: Array
    probabilities: Array

    @cached_property
    def classes(self) -> Array:
        """(n,) the answers."""
        classes: Array = self.probabilities.argmax(axis=1)
        return classes

    @property
    def accuracy(self) -> float:
        """The share that is right."""
        return float((self.classes == self.labels).mean())

    @property
    def class_accuracies(self) -> Array:
        """(classes,) of each class's images the share that is right, its recall; 0 for a class
        without images."""
        matrix = confusion_matrix(self.labels, self.classes, self.probabilities.shape[1])
        return class_metrics(matrix).recall


@dataclass(frozen=True, eq=False)
class ChangedSides:
    """The places (m,) of the images that are answered otherwise than before: `lost` those that were
    read right, `won` those that are now, `wrong` those that were and are read wrongly."""

    lost: Array
    won: Array
    wrong: Array


def changed_sides(before: Answers, after: Answers) -> ChangedSides:
    """Between two answers to the same exam."""
    was, now = before.classes == before.labels, after.classes == after.labels
    other = before.classes != after.classes
    return ChangedSides(
        *(np.flatnonzero(which) for which in (was & ~now, ~was & now, other & ~was & ~now))
    )


class Exam:
    """Asks a network, with and without operations, about always the same images, each alone.

    Args:
        network: a single one; stays as it is.
        images: (n, in_features) or (n, height, width), at least one.
        labels: (n,) classes.

    Raises ValueError if one of them doesn't fit.
    """

    def __init__(self, network: Network, images: Array, labels: Array) -> None:
        neuron_layers(network)  # which refuses several networks
        self.network = network.copy()
        self.images, self.labels = check_samples(
            "exam", images, labels, network.in_features, network.num_classes
        )
        self._said: dict[int, tuple[Array, Array]] = {}

    @cached_property
    def before(self) -> Answers:
        """The answers of the network as it is."""
        return self.after([])

    def after(self, operations: Sequence[Operation]) -> Answers:
        """Its answers after the operations, one behind the other; ValueError for one that can't be
        done."""
        said = self.statistics(operations)
        return Answers(
            self.labels, operated_probabilities(self.network, self.images, operations, said)
        )

    def statistics(self, operations: Sequence[Operation]) -> Statistics:
        """Those that the operations need; ValueError as for `after`."""
        layers = [_checked(self.network, one)[0] for one in operations if _needs_statistics(one)]
        return {layer.end: self._statistics(layer) for layer in layers}

    def _statistics(self, layer: NeuronLayer) -> tuple[Array, Array]:
        """Mean and standard deviation (units,) of what the layer's neurons say, filters at all
        places."""
        if layer.end not in self._said:
            sums, squares, count = np.zeros(layer.units), np.zeros(layer.units), 0
            for start in range(0, len(self.images), self.network.inference_batch):
                some = self.images[start : start + self.network.inference_batch]
                outputs = layer_outputs(self.network, some, layer.end).reshape(-1, layer.units)
                sums += outputs.sum(axis=0, dtype=np.float64)
                squares += np.square(outputs, dtype=np.float64).sum(axis=0)
                count += len(outputs)
            mean = sums / count
            deviation = np.sqrt(np.maximum(squares / count - mean**2, 0))
            self._said[layer.end] = mean, deviation
        return self._said[layer.end]


def operated_probabilities(
    network: Network, images: Array, operations: Sequence[Operation], statistics: Statistics
) -> Array:
    """What a network says (m, classes) after the operations, one behind the other, to images
    (m, in_features) or (m, height, width), which need not be those of an exam.

    Args:
        network: a single one; stays as it is.
        images: see there.
        operations: ValueError for one that can't be done.
        statistics: of an exam of this network, see `Exam.statistics`.
    """
    images = check_images(images, network.in_features)
    network = network.copy()
    changes: dict[int, list[_Change]] = {}
    for operation in operations:
        layer, units = _checked(network, operation)
        if operation.how == "swapped":
            _swap(network, operation, layer, units)
        elif operation.biases:
            _change_biases(network, operation, layer, units)
        else:
            none = np.zeros(layer.units), np.zeros(layer.units)
            said = statistics[layer.end] if _needs_statistics(operation) else none
            changes.setdefault(layer.end, []).append(_Change(operation, units, *said))
    logits = []
    for start in range(0, len(images), network.inference_batch):
        values = network.scale_input(images[start : start + network.inference_batch])
        for place, step in enumerate(network.layers):
            values = step.forward(values)
            for change in changes.get(place, ()):
                change.apply(values)
        logits.append(values.copy())
    return network.probabilities(np.concatenate(logits))


def _needs_statistics(operation: Operation) -> bool:
    return operation.how in ("frozen", "noise") and not operation.biases


def _checked(network: Network, operation: Operation) -> tuple[NeuronLayer, Array]:
    """The layer and its units, (k,) indices."""
    how = one_of("how", operation.how, HOWS)
    keeps_logits = operation.biases or how == "swapped"
    layer = neuron_layer(network, operation.layer, hidden=not keeps_logits)
    if operation.biases and how == "frozen":
        raise ValueError("biases must be cut, noise or swapped, got frozen, which they are")
    if how == "noise":
        real_number("size", operation.size, 0, MOST_NOISE)
        whole_number("seed", operation.seed, 0, 2**63 - 1)
    if operation.units is None:
        return layer, np.arange(layer.units)
    units = [whole_number("units", unit, 0, layer.units - 1) for unit in operation.units]
    return layer, np.unique(np.array(units, int))


class _Change:
    """What is done to what neurons say.

    Args:
        operation: see there.
        units: (k,) which of them.
        mean, deviation: (count,) of what all neurons or filters of the layer say; 0 to cut some.
    """

    def __init__(self, operation: Operation, units: Array, mean: Array, deviation: Array) -> None:
        self._how, self._count, self._units = operation.how, len(mean), units
        self._mean, self._scale = mean[units], operation.size * deviation[units]
        self._rng = np.random.default_rng(operation.seed)

    def apply(self, outputs: Array) -> None:
        """To the outputs (n, width) of the layer, for the next batch."""
        # Of filters a row for each place, the channels side by side.
        values = outputs.reshape(-1, self._count)
        if self._how == "noise":
            noise = self._rng.standard_normal((len(values), len(self._units)), np.float32)
            values[:, self._units] += self._scale * noise
        else:
            values[:, self._units] = self._mean


def _change_biases(
    network: Network, operation: Operation, layer: NeuronLayer, units: Array
) -> None:
    biases = network.named_parameters()[f"{layer.index}.bias"]
    if operation.how == "cut":
        biases[units] = 0
    else:
        noise = np.random.default_rng(operation.seed).standard_normal(len(units))
        biases[units] += operation.size * biases.std() * noise


def _swap(network: Network, operation: Operation, layer: NeuronLayer, units: Array) -> None:
    if operation.other is None:
        raise ValueError("other must be a network to swap with, got None")
    state, others = network.state_dict(), taken_over(network, operation.other)
    for name, tensor in state.items():
        place, kind = name.split(".")
        if operation.biases and (int(place) != layer.index or kind != "bias"):
            continue
        if layer.index <= int(place) <= layer.end:
            # Of filters batch normalisation has a value for each place, the channels side by side.
            rows = (-1, layer.units) if len(tensor) != layer.units else (1, *tensor.shape)
            mine, theirs = tensor.reshape(rows), others[name].reshape(rows)
            mine[:, units] = theirs[:, units]
