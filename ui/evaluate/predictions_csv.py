"""A model's predictions as a table to take along."""

import csv
import io

from ui.evaluate.evaluation import Evaluation

_BLOCK = 1000
"""Images turned into text at once: their numbers as Python objects take ten times their room."""


def predictions_csv(evaluation: Evaluation) -> bytes:
    """One line per image: index, true and predicted label, confidence, all probabilities."""
    labels = evaluation.labels
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["index", "true", "predicted", "correct", "confidence", *(f"p({name})" for name in labels)]
    )
    for start in range(0, len(evaluation.true), _BLOCK):
        block = slice(start, start + _BLOCK)
        columns = zip(
            evaluation.true[block].tolist(),
            evaluation.predicted[block].tolist(),
            evaluation.probabilities[block].tolist(),
            strict=True,
        )
        for index, (true, predicted, probabilities) in enumerate(columns, start):
            writer.writerow(
                [
                    index,
                    labels[true],
                    labels[predicted],
                    "yes" if true == predicted else "no",
                    f"{max(probabilities):.6f}",
                    *(f"{p:.6f}" for p in probabilities),
                ]
            )
    text.flush()
    return file.getvalue()
