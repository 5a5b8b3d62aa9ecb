"""The network: layers in a row, with all their parameters in one vector."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from nn.architectures import mlp_layers
from nn.averaging import ALONE, Averaging
from nn.checks import one_of, real_number, whole_number
from nn.cost import inference_batch
from nn.images import check_images
from nn.initializers import INITIALIZERS
from nn.labels import class_labels
from nn.layers.layer import Layer
from nn.layers.row import (
    check_row,
    check_shapes,
    check_values,
    count_parameters,
    named_layers,
    parameter_shapes,
)
from nn.layers.specs import new_layers
from nn.losses import softmax
from nn.shared_memory import shared_zeros

Array = np.ndarray


class Network:
    """Layers in a row that turn images into one logit per class.

    All parameters are views into one contiguous vector, `parameters`, and all their gradients into
    another, `gradients`, so that an optimizer updates everything with a few vector operations.

    Args:
        layers: the layers, in order, beginning with Linear or Conv2d; each belongs to this network
            and stands in it once, since it keeps the values of its last forward pass.
        input_mean, input_std: inputs are (image - input_mean) / input_std, image in [0, 1].
        initializer: name of the starting distribution of the weights, see `nn.INITIALIZERS`.
        seed: of the starting weights and of dropout.
        temperature: probabilities are softmax(logits / temperature), see `nn.calibrate`.
        max_energy: images with more are unfamiliar, see `nn.is_familiar`; None if it isn't known.
        averaging: predictions are means over these copies of an image.
        dtype: float32, or float64 for checks.
        metadata: notes that are saved with the network, for instance the dataset.

    Raises ValueError if the layers don't fit each other or an argument is out of range.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        input_mean: float = 0.0,
        input_std: float = 1.0,
        initializer: str = "he_normal",
        seed: int = 0,
        temperature: float = 1.0,
        max_energy: float | None = None,
        averaging: Averaging = ALONE,
        dtype: Any = np.float32,
        metadata: dict[str, str] | None = None,
    ) -> None:
        self.layers = list(layers)
        self.dtype = np.dtype(one_of("dtype", np.dtype(dtype).name, ("float32", "float64")))
        self.input_mean = real_number("input_mean", input_mean, -1e6, 1e6)
        self.input_std = real_number("input_std", input_std, 1e-6, 1e6)
        self.temperature = real_number("temperature", temperature, 0.01, 100)
        self.max_energy = (
            None if max_energy is None else real_number("max_energy", max_energy, -1e9, 1e9)
        )
        self.metadata = dict(metadata or {})
        self.in_features, self.num_classes = check_row(self.layers)
        self.inference_batch = inference_batch(self.layers, self.in_features)
        self.averaging = averaging
        self.in_use = threading.Lock()
        """Whoever calls `forward` and `backward` from several threads holds this lock: the layers'
        work arrays are shared."""

        self.num_parameters = count_parameters(self.layers)
        self.parameters = shared_zeros(self.num_parameters, self.dtype)
        self.bind_gradients(shared_zeros(self.num_parameters, self.dtype))
        rng = np.random.default_rng(whole_number("seed", seed, 0, 2**63 - 1))
        one_of("initializer", initializer, INITIALIZERS)
        for layer in self.named_layers().values():
            layer.initialize(rng, initializer)
        for name, layer in self.named_layers().items():
            if layer.rng is not None:
                # The last word keeps its numbers apart from those that shuffle the images.
                layer.rng = np.random.default_rng([seed, *map(int, name.split(".")), 2])

    @classmethod
    def mlp(
        cls,
        widths: Sequence[int],
        activation: str = "relu",
        *,
        dropout: float = 0.0,
        batch_norm: bool = False,
        **options: Any,
    ) -> "Network":
        """A multilayer perceptron, see `nn.architectures.mlp_layers`.

        `options` are those of `Network`.
        """
        layers = mlp_layers(widths, activation, dropout=dropout, batch_norm=batch_norm)
        return cls(layers, **options)

    def copy(self, dtype: Any = None) -> "Network":
        """A network of its own with the same layers, weights and settings; of another `dtype` if
        one is given."""
        twin = Network(
            new_layers(self.layers),
            input_mean=self.input_mean,
            input_std=self.input_std,
            initializer="zeros",
            temperature=self.temperature,
            max_energy=self.max_energy,
            averaging=self.averaging,
            dtype=dtype or self.dtype,
            metadata=self.metadata,
        )
        twin.load_state_dict(self.state_dict())
        return twin

    @property
    def averaging(self) -> Averaging:
        """The copies of an image over which predictions are means; may be set at any time.

        ValueError for one that doesn't fit the network's images."""
        return self._averaging

    @averaging.setter
    def averaging(self, value: Averaging) -> None:
        value.check_fits(self.in_features)
        self._averaging = value

    def __repr__(self) -> str:
        return f"Network({self.layers})"

    @property
    def labels(self) -> list[str]:
        """What the classes are called: the metadata's "labels", else "0", "1", ..."""
        return class_labels(self.metadata.get("labels", ""), self.num_classes)

    def named_layers(self) -> dict[str, Layer]:
        """The layers, and those that some of them are made of, see `nn.layers.row`."""
        return named_layers(self.layers)

    def parameter_shapes(self) -> dict[str, tuple[int, ...]]:
        """Shapes by PyTorch's names: "0.weight" of a Linear is (out_features, in_features)."""
        return parameter_shapes(self.layers)

    def named_parameters(self) -> dict[str, Array]:
        """Views into `parameters`, by the names of `parameter_shapes`."""
        return self.views(self.parameters)

    def named_gradients(self) -> dict[str, Array]:
        """Views into `gradients`, by the names of `parameter_shapes`."""
        return self.views(self.gradients)

    def named_buffers(self) -> dict[str, Array]:
        """The state that is not trained, such as "1.running_mean"."""
        return {
            f"{place}.{name}": buffer
            for place, layer in self.named_layers().items()
            for name, buffer in layer.buffers().items()
        }

    def state_dict(self) -> dict[str, Array]:
        """All that a training changes, by PyTorch's names: the parameters and the buffers, as views
        into the network; copy them to keep them."""
        return self.named_parameters() | self.named_buffers()

    def load_state_dict(self, state: dict[str, Array]) -> None:
        """Take over parameters and buffers, in the network's own dtype.

        Raises ValueError, before anything is changed, if a tensor is missing, left over, or of
        another shape.
        """
        own = self.state_dict()
        check_shapes(state, {name: tensor.shape for name, tensor in own.items()})
        for name, tensor in own.items():
            tensor[...] = state[name]

    def bind_gradients(self, gradients: Array) -> None:
        """Let `gradients` be this vector (num_parameters,), which `backward` fills from now on.

        An optimizer goes on reading the vector that it was made with.
        """
        self.gradients = gradients
        parameters, views = self.named_parameters(), self.named_gradients()
        for place, layer in self.named_layers().items():
            names = layer.parameter_shapes()
            layer.bind(
                {name: parameters[f"{place}.{name}"] for name in names},
                {name: views[f"{place}.{name}"] for name in names},
            )

    def views(self, vector: Array) -> dict[str, Array]:
        """Views into any vector (num_parameters,), by the names of `parameter_shapes`."""
        views, start = {}, 0
        for name, shape in self.parameter_shapes().items():
            stop = start + int(np.prod(shape))
            # Reversed and transposed: a weight lies in memory as (in_features, out_features).
            views[name] = vector[start:stop].reshape(shape[::-1]).T
            start = stop
        return views

    def check_values(self) -> None:
        """ValueError if a value is NaN or beyond all sense, see `nn.layers.row.check_values`."""
        check_values(self.state_dict())

    def scale_input(self, images: Array, out: Array | None = None) -> Array:
        """The network's inputs (n, in_features), in its dtype, for images (n, ...) as checked by
        `nn.images.check_images`: (image - input_mean) / input_std, where uint8 counts in 1/255."""
        images = images.reshape(len(images), -1)
        if out is None:
            out = np.empty(images.shape, self.dtype)
        factor, offset = self.input_scaling(images.dtype)
        # Converted first, then scaled: a product of two number types takes twice as long.
        out[...] = images
        out *= factor
        out -= offset
        return out

    def input_scaling(self, dtype: np.dtype) -> tuple[float, float]:
        """Factor and offset that make inputs of images: input = image · factor - offset."""
        one = 255 if dtype == np.uint8 else 1
        return 1 / (one * self.input_std), self.input_mean / self.input_std

    def forward(self, x: Array, training: bool = False) -> Array:
        """Logits (n, classes) for scaled inputs x (n, in_features); a work buffer, copy to keep.

        For one thread at a time, see `in_use`; `predict_proba` is for several.
        """
        for layer in self.layers:
            x = layer.forward(x, training)
        return x

    def backward(self, grad_logits: Array, *, input_gradient: bool = False) -> Array | None:
        """Fill `gradients` with dL/dparameters for dL/dlogits (n, classes) of the last forward.

        With `input_gradient` the result is dL/dx (n, in_features), a work buffer, for the scaled
        inputs x; that for an image's pixels is as many times as large as `input_scaling` says.
        """
        grad: Array | None = grad_logits
        for index in range(len(self.layers) - 1, -1, -1):
            assert grad is not None
            grad = self.layers[index].backward(grad, input_gradient or index > 0)
        return grad

    def predict_logits(self, images: Any, *, averaging: Averaging | None = None) -> Array:
        """Logits (n, classes) for images (n, in_features) or (n, height, width) in [0, 1].

        uint8 images count in 1/255. They are means over the copies of the network's own `averaging`
        or of another one; `nn.ALONE` looks at each image alone. May be called from several threads
        at once. Raises ValueError for images of another shape, type or range.
        """
        averaging = self.averaging if averaging is None else averaging
        check_images(images := np.asarray(images), self.in_features)
        logits = np.empty((len(images), self.num_classes), self.dtype)
        at_once = max(1, self.inference_batch // averaging.copies)
        for start in range(0, len(images), at_once):
            copies = averaging.moved_and_turned(images[start : start + at_once])
            outputs = self._forward_in_parts(copies.reshape(-1, self.in_features))
            outputs = outputs.reshape(len(copies), -1, self.num_classes)
            logits[start : start + at_once] = outputs.mean(axis=0)
        return logits

    def _forward_in_parts(self, images: Array) -> Array:
        """Logits of images as checked, so many at a time as fit into the memory."""
        parts = [
            self.forward_copy(self.scale_input(images[first : first + self.inference_batch]))
            for first in range(0, len(images), self.inference_batch)
        ]
        return np.concatenate(parts)

    def forward_copy(self, x: Array) -> Array:
        """What `forward` gives, in an array of its own, for any number of threads."""
        with self.in_use:
            return self.forward(x).copy()

    def probabilities(self, logits: Array) -> Array:
        """softmax(logits / temperature), for logits (n, classes) of this network."""
        return softmax(logits / self.temperature)

    def predict_proba(self, images: Any, *, averaging: Averaging | None = None) -> Array:
        """Probabilities (n, classes) of the images, see `predict_logits`."""
        return self.probabilities(self.predict_logits(images, averaging=averaging))

    def predict(self, images: Any) -> Array:
        """The most probable class (n,) of each image, see `predict_proba`."""
        return self.predict_proba(images).argmax(axis=1)
