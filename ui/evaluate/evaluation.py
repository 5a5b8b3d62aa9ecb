"""What a model makes of a dataset: its predictions, the numbers and lists drawn from them.

An :class:`Evaluation` always knows which images it belongs to, so that no number on a page
stands there without the name of its data.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile

import numpy as np
import streamlit as st

import data
import nn
from nn.cost import answer_cost
from ui.models.models import ModelChoice, load_model
from ui.models.saved_predictions import has_predictions, predictions_path
from ui.shared.percent import percent

Part = Literal["test", "train"]
PARTS: dict[Part, str] = {"test": "test", "train": "training"}


MOST_ANSWERS_COST = 8 * 10**11
"""Ten to twenty seconds; where test-time averages would take more, images are looked at alone."""


class NotComparable(ValueError):
    """A model and a dataset that cannot meet; the message says why in words for a visitor."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Predictions of one model for every image of one part of a dataset.

    Attributes:
        dataset: name of the dataset, a key of ``data.DATASETS``.
        part: ``"test"`` or ``"train"``.
        labels: the names of the classes as the dataset has them, in the order of the network's
            outputs; what a model file calls them may be anything.
        true: (n,) integers, the class of each image.
        probabilities: (n, classes) float32.
        is_saved: whether they were made when the model was, and not here and now.
        alone: whether they are from each image alone, without the network's test-time averages.
    """

    dataset: str
    part: Part
    labels: tuple[str, ...]
    true: np.ndarray
    probabilities: np.ndarray
    is_saved: bool = False
    alone: bool = False

    @cached_property
    def predicted(self) -> np.ndarray:
        """(n,) uint8, the most probable class of each image."""
        return self.probabilities.argmax(axis=1).astype(np.uint8)

    @cached_property
    def confidence(self) -> np.ndarray:
        """(n,) float32, the probability of the predicted class."""
        return self.probabilities.max(axis=1)

    @cached_property
    def matrix(self) -> np.ndarray:
        """(classes, classes) int64: how many images of class row were called class column."""
        return nn.confusion_matrix(self.true, self.predicted, len(self.labels))

    @property
    def accuracy(self) -> float:
        """Share of images whose most probable class is the true one."""
        return float(self.matrix.trace() / len(self.true))

    @property
    def metrics(self) -> nn.ClassMetrics:
        """Precision, recall, F1 and number of images of every class."""
        return nn.class_metrics(self.matrix)

    @property
    def mistakes(self) -> int:
        """Number of images whose most probable class is another than the true one."""
        return len(self.true) - int(self.matrix.trace())

    @property
    def calibration_error(self) -> float:
        """How far the confidence is from the share of right answers, on average; 0 is perfect."""
        return nn.calibration_error(self.probabilities, self.true)

    @property
    def source(self) -> str:
        """The data in words, such as "10,000 MNIST test images"."""
        return f"{len(self.true):,} {data.DATASETS[self.dataset].title} {PARTS[self.part]} images"

    def cell(self, true: int, predicted: int) -> np.ndarray:
        """Indices of the images in one cell of the matrix, most confident first."""
        return self._by_confidence((self.true == true) & (self.predicted == predicted))

    def wrong(self) -> np.ndarray:
        """Indices of all wrongly classified images, most confident first."""
        return self._by_confidence(self.true != self.predicted)

    def biggest_confusion(self) -> tuple[int, int]:
        """The cell off the diagonal that holds most images, as (true, predicted)."""
        off_diagonal = self.matrix - np.diag(self.matrix.diagonal())
        true, predicted = np.unravel_index(off_diagonal.argmax(), off_diagonal.shape)
        return int(true), int(predicted)

    def _by_confidence(self, chosen: np.ndarray) -> np.ndarray:
        indices = np.flatnonzero(chosen)
        return indices[np.argsort(-self.confidence[indices], kind="stable")]


def class_table(evaluation: Evaluation) -> str:
    """Precision, recall, F1 (in percent) and number of images of every class, in Markdown."""
    metrics = evaluation.metrics
    rows = []
    for label, *shares, images in zip(
        evaluation.labels,
        metrics.precision,
        metrics.recall,
        metrics.f1,
        metrics.images,
        strict=True,
    ):
        cells = [percent(share).removesuffix(" %") for share in shares]
        rows.append(f"| **{label}** | {' | '.join(cells)} | {images:,} |")
    head = ["| Class | Precision | Recall | F1 | Images |", "|:--|--:|--:|--:|--:|"]
    return "\n".join(head + rows)


def data_choices(choice: ModelChoice) -> list[str]:
    """Names of the datasets a model can be shown on here and now, its own one first.

    Its own one (MNIST, where its file names none) is always in the list, so that a page can say
    what is missing.
    """
    own = choice.dataset if choice.dataset in data.DATASETS else "mnist"
    return [own, *(name for name in data.DATASETS if name != own and data.is_available(name))]


def evaluate(choice: ModelChoice, dataset: str, part: Part) -> Evaluation:
    """Predictions of a model for all test or training images of a dataset.

    The last few are kept for all visitors, until the model's file changes. A shipped model comes
    with those for its own test images, which takes no time, and no images.

    Raises:
        NotComparable: model and dataset differ in their number of classes or pixels.
        data.DatasetNotFound: neither images nor saved predictions are here.
        ValueError: the model's file, or that with its predictions, cannot be read.
        OSError: the model's file is gone.
    """
    if part == "test" and dataset == choice.dataset and has_predictions(choice.path):
        path = predictions_path(choice.path)
        return _saved(path, path.stat().st_mtime_ns, dataset)
    return _predict(choice, choice.path, choice.path.stat().st_mtime_ns, dataset, part)


# At most 13 MB each (the training images of the largest dataset), 0.5 MB for MNIST's test images.
@st.cache_resource(max_entries=4, show_spinner=False)
def _predict(
    _choice: ModelChoice, path: Path, mtime_ns: int, dataset: str, part: Part
) -> Evaluation:
    network = load_model(_choice)
    info = data.DATASETS[dataset]
    if network.num_classes != info.num_classes:
        raise NotComparable(
            f"This model tells {network.num_classes} classes apart, {info.title} has "
            f"{info.num_classes}. Choose other data or another model."
        )
    images = data.load(dataset)
    pixels, true = (
        (images.test_images, images.test_labels)
        if part == "test"
        else (images.train_images, images.train_labels)
    )
    if network.in_features != pixels[0].size:
        raise NotComparable(
            f"This model looks at {network.in_features} pixels, the images of {info.title} have "
            f"{pixels[0].size}. Choose another model."
        )
    own = network.averaging
    cost = answer_cost(network.layers, network.in_features) * own.copies * len(pixels)
    alone = bool(own) and cost > MOST_ANSWERS_COST
    probabilities = network.predict_proba(pixels, averaging=nn.ALONE if alone else own)
    probabilities = probabilities.astype(np.float32, copy=False)
    return Evaluation(dataset, part, info.labels, true.copy(), probabilities, alone=alone)


@st.cache_resource(max_entries=4, show_spinner=False)
def _saved(path: Path, mtime_ns: int, dataset: str) -> Evaluation:
    labels = data.DATASETS[dataset].labels
    try:
        with np.load(path, allow_pickle=False) as arrays:
            probabilities = arrays["probabilities"].astype(np.float32)
            true = arrays["labels"]
    except (KeyError, OSError, ValueError, BadZipFile) as error:
        raise ValueError(f"{path.name} holds no saved predictions: {error}") from error
    if probabilities.shape != (len(true), len(labels)) or true.max() >= len(labels):
        raise ValueError(
            f"{path.name} must hold probabilities (n, {len(labels)}) and labels (n,) below "
            f"{len(labels)}, got shapes {probabilities.shape} and {true.shape}"
        )
    return Evaluation(dataset, "test", labels, true, probabilities, is_saved=True)


def images_of(evaluation: Evaluation, indices: np.ndarray) -> np.ndarray:
    """The images with these indices, (k, 28, 28) uint8.

    Raises:
        data.DatasetNotFound: they are not on this machine.
    """
    images = data.load(evaluation.dataset)
    return (images.test_images if evaluation.part == "test" else images.train_images)[indices]
