"""The answers of a model to many images, asked for in parts: a page can show how far it is."""

import threading
import time
from typing import Any

import numpy as np

import data
import nn
from nn.cost import answer_cost
from ui.evaluate.evaluation import Evaluation, Part
from ui.models.load import load_model
from ui.models.model_choice import ModelChoice

MOST_ANSWERS_COST = 8 * 10**11
"""Ten to twenty seconds; where test-time averages would take more, images are looked at alone."""
PART_SECONDS = 0.2
"""So soon a page that was left, or asked for something else, stops."""
SHORT_COST = 5 * 10**9
"""A tenth of a second: what takes less is done before one could read how far it is."""
MANY_IMAGES = 30_000
"""So many take longer than that with any model."""


class NotComparable(ValueError):
    """A model and a dataset that cannot meet; the message says why in words for a visitor."""


class Answers:
    """What a model says of all images of one part of a dataset.

    Visitors who wait for the same share one of these, and the work: each asks for the next part
    when it is their turn. What one has left off, the next one goes on with.
    """

    def __init__(self, choice: ModelChoice, dataset: str, part: Part) -> None:
        self._choice, self._info, self._part = choice, data.DATASETS[dataset], part
        self._count = self._info.test_size if part == "test" else self._info.train_size
        self._network: nn.Network | None = None
        self._averaging = nn.ALONE
        self._probabilities: np.ndarray | None = None
        self._done = 0
        self._turn = threading.Lock()
        self.evaluation: Evaluation | None = None
        """All answers, once they are there."""

    @property
    def is_long(self) -> bool:
        """Whether it will take so long that one wants to see how far it is. Told at once for many
        images, before the model is loaded; raises what `ask_on` does."""
        if self._count >= MANY_IMAGES:
            return True
        with self._turn:
            if self.evaluation is not None:
                return False  # another visitor's turn was the last one
            network = self._loaded()
        return _cost(network, self._averaging, self._count) > SHORT_COST

    @property
    def share(self) -> float:
        """How much of the images is done, from 0 to 1."""
        return 0.0 if self._probabilities is None else self._done / len(self._probabilities)

    def ask_on(self) -> None:
        """Ask the model about the next images, for `PART_SECONDS`.

        Raises:
            NotComparable: model and dataset differ in their number of classes or pixels.
            data.DatasetNotFound: the images are not on this computer.
            ValueError: the model's file cannot be read.
        """
        with self._turn:
            if self.evaluation is not None:
                return  # another visitor's turn was the last one
            network = self._loaded()
            images, true = self._images()
            if network.in_features != images[0].size:
                raise NotComparable(
                    f"This model looks at {network.in_features} pixels, the images of "
                    f"{self._info.title} have {images[0].size}. Choose another model."
                )
            if self._probabilities is None:
                self._probabilities = np.empty((len(images), network.num_classes), np.float32)
            self._ask(network, images, self._probabilities)
            if self._done == len(images):
                self.evaluation = Evaluation(
                    self._info.name,
                    self._part,
                    self._info.labels,
                    true.copy(),
                    self._probabilities,
                    alone=bool(network.averaging) and self._averaging == nn.ALONE,
                )
                self._network = None  # the answers stay for long, it need not

    def _ask(self, network: nn.Network, images: np.ndarray, probabilities: np.ndarray) -> None:
        """Fill in the next probabilities (n, classes)."""
        at_once = max(1, network.inference_batch // self._averaging.copies)
        end = time.monotonic() + PART_SECONDS
        while self._done < len(images):
            place = slice(self._done, self._done + at_once)
            probabilities[place] = network.predict_proba(images[place], averaging=self._averaging)
            self._done = min(len(images), place.stop)
            if time.monotonic() >= end:
                break

    def _loaded(self) -> nn.Network:
        """The network, loaded when it is first needed."""
        if self._network is None:
            network = load_model(self._choice)
            if network.num_classes != self._info.num_classes:
                raise NotComparable(
                    f"This model tells {network.num_classes} classes apart, {self._info.title} has "
                    f"{self._info.num_classes}. Choose other data or another model."
                )
            own = network.averaging
            alone = _cost(network, own, self._count) > MOST_ANSWERS_COST
            self._averaging = nn.ALONE if alone else own
            self._network = network
        return self._network

    def _images(self) -> tuple[Any, Any]:
        images = data.load(self._info.name)
        if self._part == "test":
            return images.test_images, images.test_labels
        return images.train_images, images.train_labels


def _cost(network: nn.Network, averaging: nn.Averaging, count: int) -> int:
    """What answers to so many images cost, each with all its copies, see `nn.cost`."""
    return answer_cost(network.layers, network.in_features) * averaging.copies * count
