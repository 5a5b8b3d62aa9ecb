"""What a classifier's predictions are worth, in plain NumPy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


def confusion_matrix(labels: NDArray, predicted: NDArray, classes: int) -> NDArray[np.int64]:
    """Count each pair of true (row) and predicted (column) class; both are integer arrays (n,)."""
    pairs = labels.astype(np.int64) * classes + predicted
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


@dataclass(frozen=True)
class ClassScores:
    """Per-class figures, each an array (classes,); 0 where there is nothing to divide by."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    images: NDArray[np.int64]


def class_scores(matrix: NDArray) -> ClassScores:
    """Precision, recall and their harmonic mean F1 of each class of a confusion matrix."""
    hits = np.diag(matrix).astype(float)
    predicted, images = matrix.sum(axis=0), matrix.sum(axis=1)
    return ClassScores(
        precision=_ratio(hits, predicted),
        recall=_ratio(hits, images),
        f1=_ratio(2 * hits, predicted + images),
        images=images,
    )


def _ratio(above: NDArray, below: NDArray) -> NDArray[np.float64]:
    return np.divide(above, below, out=np.zeros(len(above)), where=below > 0)


def matrix_text(matrix: NDArray, labels: list[str]) -> str:
    """Draw a confusion matrix as text: a row per true class, `.` for zero."""
    cells = [[str(count) if count else "." for count in row] for row in matrix]
    width = 1 + max(len(text) for text in [*labels, *(cell for row in cells for cell in row)])
    stub = max(len(label) for label in labels)
    lines = [" " * stub + " |" + "".join(f"{label:>{width}}" for label in labels)]
    lines.append("-" * stub + "-+" + "-" * width * len(labels))
    for label, row in zip(labels, cells, strict=True):
        lines.append(f"{label:>{stub}} |" + "".join(f"{cell:>{width}}" for cell in row))
    return "\n".join(lines)
