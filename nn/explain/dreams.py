"""Dreams: the image to which a neuron, or a class, says most.

Found by gradient ascent on the pixels x in [0, 1] (Erhan et al. 2009, "Visualizing higher-layer
features of a deep network"; Simonyan, Vedaldi, Zisserman 2014, "Deep inside convolutional
networks"):

    maximise  f(x) - λ ‖x‖² - μ Σ ((x[i+1, j] - x[i, j])² + (x[i, j+1] - x[i, j])²)

with f what the neuron says before its activation, since that one's slope may be 0: for a class its
logit, for a filter its mean over all m places, and then λ and μ are divided by m: else they would
weigh more than all that a pixel, seen at a few of these places, can do. λ keeps the image dark
where ink doesn't matter, and μ, the total variation, makes it smooth (Mahendran, Vedaldi 2015). Two
more ways to keep it from noise: the image is blurred a little every few steps (Yosinski et al.
2015), and jitter moves it by some pixels at random before each gradient is taken (Mordvintsev,
Olah, Tyka 2015). A step goes a length r (1 - t/n) uphill, however steep it is there:

    x_{t+1} = clip(x_t + r (1 - t/n) g/‖g‖, 0, 1)
"""

from dataclasses import dataclass

import numpy as np

from nn.averaging import ALONE
from nn.checks import one_of, real_number, whole_number
from nn.explain.image_gradients import image_gradients, one_image
from nn.explain.neurons import layer_outputs, neuron_layer
from nn.layers.row import row_widths
from nn.network import Network

Array = np.ndarray

STARTS = ("black", "grey", "noise")
BLUR_EVERY = 4
"""Steps."""


@dataclass(frozen=True)
class DreamSettings:
    """How a dream is found, see this module.

    steps: n, from 1 to 1,000.
    rate: r, the length of the first step, in (0, 100]; from black to white is 1 for each pixel.
    l2: λ, in [0, 100].
    total_variation: μ, in [0, 100].
    blur: standard deviation of the Gaussian in pixels, in [0, 5]; 0 is none.
    jitter: at most so many pixels in each direction, from 0 to 8.
    seed: of a start from noise, and of the jitter.

    Raises ValueError for other numbers.
    """

    steps: int = 100
    rate: float = 1.0
    l2: float = 0.1
    total_variation: float = 0.1
    blur: float = 0.5
    jitter: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        whole_number("steps", self.steps, 1, 1000)
        real_number("rate", self.rate, 0, 100, low_open=True)
        for name in ("l2", "total_variation"):
            real_number(name, getattr(self, name), 0, 100)
        real_number("blur", self.blur, 0, 5)
        whole_number("jitter", self.jitter, 0, 8)
        whole_number("seed", self.seed, 0, 2**63 - 1)

    @property
    def needs_square(self) -> bool:
        """Whether it has to know which pixels are neighbours."""
        return bool(self.total_variation or self.blur or self.jitter)


@dataclass(frozen=True)
class Dream:
    """From the start, step by step, to the end.

    frames: (steps + 1, in_features) images in [0, 1].
    values: (steps + 1,) f, without penalties.
    probabilities: (steps + 1, classes).
    """

    frames: Array
    values: Array
    probabilities: Array


class Dreamer:
    """Looks for the images to which a neuron says most.

    Args:
        network: a single one, or for its classes one of several too.
        unit: which class, neuron or filter.
        layer: the place of the neuron's Linear or Conv2d; None for the logits.
        settings: see there.

    Raises ValueError if there is no such neuron, or if the network's images are not square and the
    settings need that.
    """

    def __init__(
        self,
        network: Network,
        unit: int,
        layer: int | None = None,
        settings: DreamSettings | None = None,
    ) -> None:
        self.network, self.settings = network, settings or DreamSettings()
        self._place, self._units = len(network.layers) - 1, network.num_classes
        if layer is not None:
            found = neuron_layer(network, layer)
            self._place, self._units = found.index, found.units
        width = row_widths(network.layers, network.in_features)[self._place + 1]
        self._places = width // self._units
        self._unit = whole_number("unit", unit, 0, self._units - 1)
        self._side = round(network.in_features**0.5)
        if self._side**2 != network.in_features and self.settings.needs_square:
            raise ValueError(
                "total_variation, blur and jitter need square images, got images of "
                f"{network.in_features} pixels"
            )

    def dream(self, start: str | Array = "grey") -> Dream:
        """From one of `STARTS`, or from an image (in_features,) or (height, width); ValueError for
        another."""
        settings, rng = self.settings, np.random.default_rng(self.settings.seed)
        image = self._start(start, rng)
        frames = [image]
        for step in range(settings.steps):
            gradient = self._moved_gradient(image, rng)
            length = float(np.linalg.norm(gradient))
            if length:
                rate = settings.rate * (1 - step / settings.steps)
                image = np.clip(image + rate / length * gradient, 0, 1).astype(image.dtype)
            if settings.blur and step % BLUR_EVERY == BLUR_EVERY - 1:
                image = self._blurred(image)
            frames.append(image)
        images = np.concatenate(frames)
        answers = self.network.predict_proba(images, averaging=ALONE)
        return Dream(images, self.values(images), answers)

    def values(self, images: Array) -> Array:
        """f (n,) of images (n, in_features), without penalties."""
        outputs = layer_outputs(self.network, images, self._place)
        values: Array = outputs @ self._weights().astype(outputs.dtype)
        return values

    def gradients(self, images: Array) -> Array:
        """Of what is maximised, penalties and all, at images (n, in_features): of their shape."""
        gradient = image_gradients(
            self.network,
            images,
            lambda output: np.tile(self._weights(), (len(output), 1)),
            self._place,
        )
        gradient = gradient - 2 * self.settings.l2 / self._places * images
        if self.settings.total_variation:
            squares = images.reshape(-1, self._side, self._side)
            slopes = np.zeros_like(squares)
            down, right = np.diff(squares, axis=1), np.diff(squares, axis=2)
            slopes[:, 1:] += down
            slopes[:, :-1] -= down
            slopes[:, :, 1:] += right
            slopes[:, :, :-1] -= right
            twice = 2 * self.settings.total_variation / self._places
            gradient -= twice * slopes.reshape(gradient.shape)
        return gradient

    def _weights(self) -> Array:
        """df/d(outputs of the neuron's layer) (width,)."""
        # Of filters a row for each place, the channels side by side.
        weights = np.zeros((self._places, self._units))
        weights[:, self._unit] = 1 / self._places
        return weights.ravel()

    def _start(self, start: str | Array, rng: np.random.Generator) -> Array:
        if not isinstance(start, str):
            return one_image(self.network, start)
        one_of("start", start, STARTS)
        shape = 1, self.network.in_features
        if start == "noise":
            return rng.random(shape).astype(self.network.dtype)
        return np.full(shape, 0.5 if start == "grey" else 0, self.network.dtype)

    def _moved_gradient(self, image: Array, rng: np.random.Generator) -> Array:
        if not self.settings.jitter:
            return self.gradients(image)
        most = self.settings.jitter
        move = tuple(rng.integers(-most, most + 1, 2).tolist())
        square = image.reshape(self._side, self._side)
        gradient = self.gradients(np.roll(square, move, (0, 1)).reshape(image.shape))
        back = np.roll(gradient.reshape(square.shape), (-move[0], -move[1]), (0, 1))
        return back.reshape(image.shape)

    def _blurred(self, image: Array) -> Array:
        """The mean over each pixel's neighbourhood, with a Gaussian's weights."""
        places = np.arange(self._side)
        apart = places[:, np.newaxis] - places
        weights = np.exp(-0.5 * np.square(apart / self.settings.blur))
        weights /= weights.sum(axis=1, keepdims=True)
        blurred = weights @ image.reshape(self._side, self._side) @ weights.T
        return np.clip(blurred, 0, 1).reshape(image.shape).astype(image.dtype)
