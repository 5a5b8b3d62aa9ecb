"""A model's predictions as a table to take along."""

import csv
import io

import numpy as np

from ui.evaluate.evaluation import Evaluation
from ui.shared.csv_label import csv_label

_BLOCK = 1000
"""Images turned into text at once: their numbers as Python objects take ten times their room."""
_DECIMALS = 6


def predictions_csv(evaluation: Evaluation) -> bytes:
    """One line per image: index, true and predicted label, confidence, all probabilities, which
    add up to 1 as they are written."""
    labels = [csv_label(name) for name in evaluation.labels]
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        [
            "index",
            "true",
            "predicted",
            "correct",
            "confidence",
            *(csv_label(f"p({name})") for name in evaluation.labels),
        ]
    )
    for start in range(0, len(evaluation.true), _BLOCK):
        block = slice(start, start + _BLOCK)
        columns = zip(
            evaluation.true[block].tolist(),
            evaluation.predicted[block].tolist(),
            _parts(evaluation.probabilities[block], 10**_DECIMALS).tolist(),
            strict=True,
        )
        for index, (true, predicted, parts) in enumerate(columns, start):
            writer.writerow(
                [
                    index,
                    labels[true],
                    labels[predicted],
                    "yes" if true == predicted else "no",
                    _share(parts[predicted]),
                    *map(_share, parts),
                ]
            )
    text.flush()
    return file.getvalue()


def _parts(probabilities: np.ndarray, whole: int) -> np.ndarray:
    """The probabilities (n, classes) as whole numbers that add up to `whole` in each row.

    Rounded down they leave some over, which go to those that lost most by it, one to each (the
    method of largest remainders): no number is off by 1 or more, and their order stays.
    """
    exact = probabilities.astype(np.float64)
    exact *= whole / exact.sum(axis=1, keepdims=True)
    parts = np.floor(exact).astype(np.int64)
    left = whole - parts.sum(axis=1, keepdims=True)
    ranks = np.argsort(np.argsort(parts - exact, axis=1, kind="stable"), axis=1)
    return parts + (ranks < left)


def _share(part: int) -> str:
    whole = 10**_DECIMALS
    return f"{part // whole}.{part % whole:0{_DECIMALS}}"
