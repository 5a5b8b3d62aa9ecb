"""What a classifier's answers are worth."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nn.checks import whole_number


def confusion_matrix(true: ArrayLike, predicted: ArrayLike, num_classes: int) -> NDArray[np.int64]:
    """How often each class was called which: (num_classes, num_classes), a row per true class.

    Args:
        true: (n,) integers from 0 to num_classes - 1, the class of each image.
        predicted: (n,) integers of the same kind, what the model calls it.
        num_classes: from 1 to 10,000.

    Raises ValueError for anything else.
    """
    whole_number("num_classes", num_classes, 1, 10_000)
    true_classes = _classes("true", true, num_classes)
    predicted_classes = _classes("predicted", predicted, num_classes)
    if len(true_classes) != len(predicted_classes):
        raise ValueError(
            "predicted must hold one class for each in true, "
            f"{len(true_classes)}, got {len(predicted_classes)}"
        )
    pairs = true_classes * num_classes + predicted_classes
    return np.bincount(pairs, minlength=num_classes**2).reshape(num_classes, num_classes)


@dataclass(frozen=True, eq=False)
class ClassMetrics:
    """What a model is worth on each class: arrays (classes,), the shares in [0, 1].

    With TP the images of a class that are called it, FP the images of other classes that are
    called it, FN the images of the class that are called something else:

    precision: TP / (TP + FP), of the images called this, the share that are it.
    recall: TP / (TP + FN), of the images of this class, the share that are called it.
    f1: 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall.
    images: TP + FN, how many images the class has.

    Each share is 0 where there is nothing to divide by: the precision of a class that nothing is
    called, the recall of a class without images, the F1 of one that is both.
    """

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    images: NDArray[np.int64]


def class_metrics(matrix: NDArray[np.int64]) -> ClassMetrics:
    """Precision, recall and F1 of each class of a `confusion_matrix`."""
    hits, called, images = matrix.diagonal(), matrix.sum(axis=0), matrix.sum(axis=1)
    return ClassMetrics(
        precision=_share(hits, called),
        recall=_share(hits, images),
        f1=_share(2 * hits, called + images),
        images=images,
    )


def _share(part: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _classes(name: str, values: ArrayLike, num_classes: int) -> NDArray[np.int64]:
    classes = np.asarray(values)
    if classes.ndim != 1 or classes.dtype.kind not in "iu":
        raise ValueError(
            f"{name} must be integers (n,), got {classes.dtype} of shape {classes.shape}"
        )
    if len(classes) and not (classes.min() >= 0 and classes.max() < num_classes):
        raise ValueError(
            f"{name} must hold classes from 0 to {num_classes - 1}, "
            f"got {classes.min()} to {classes.max()}"
        )
    return classes.astype(np.int64)
