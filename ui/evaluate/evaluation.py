"""What a model makes of a dataset: its predictions, the numbers and lists drawn from them.

An `Evaluation` always knows which images it belongs to, so that no number on a page stands there
without the name of its data.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

import data
import nn

Part = Literal["test", "train"]
PARTS: dict[Part, str] = {"test": "test", "train": "training"}


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Predictions of one model for every image of one part of a dataset.

    Attributes:
        dataset: name of the dataset, a key of `data.DATASETS`.
        part: "test" or "train".
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


def images_of(evaluation: Evaluation, indices: np.ndarray) -> np.ndarray:
    """The images with these indices, (k, 28, 28) uint8.

    Raises:
        data.DatasetNotFound: they are not on this computer.
    """
    images = data.load(evaluation.dataset)
    return (images.test_images if evaluation.part == "test" else images.train_images)[indices]
