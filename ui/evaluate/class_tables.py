"""How well a model knows each class, as a table on the page and as one to take along."""

import csv
import io
from collections.abc import Iterator

from ui.evaluate.evaluation import Evaluation
from ui.shared.csv_label import csv_label
from ui.shared.percent import SIGN, percent

_MOST_NAMED = 2


def hardest_class(evaluation: Evaluation) -> str:
    """The class of which the smallest share is recognised, or those that are alike in that, with
    the share."""
    metrics = evaluation.metrics
    lowest = metrics.recall.min()
    alike = (metrics.recall == lowest).nonzero()[0]
    names = [evaluation.labels[index] for index in alike]
    named = " and ".join(names) if len(names) <= _MOST_NAMED else f"{len(names)} classes"
    return f"{named} ({percent(lowest, metrics.images[alike[0]])})"


def never_said(evaluation: Evaluation) -> str:
    """A sentence about classes that no image is called, which so have no precision; "" where there
    are none."""
    labels = [
        label
        for label, called in zip(evaluation.labels, evaluation.matrix.sum(axis=0), strict=True)
        if not called
    ]
    if not labels:
        return ""
    named = ", ".join(labels)
    return f" No image at all is called {named}: the precision shown as 0 could not be measured."


def class_table(evaluation: Evaluation) -> str:
    """Precision, recall, F1 (in percent) and number of images of every class, in Markdown."""
    most = int(evaluation.metrics.images.max())  # alike in all rows, which are compared
    rows = []
    for label, shares, images in _classes(evaluation):
        cells = [percent(share, most).removesuffix(SIGN) for share in shares]
        rows.append(f"| **{label}** | {' | '.join(cells)} | {images:,} |")
    head = ["| Class | Precision | Recall | F1 | Images |", "|:--|--:|--:|--:|--:|"]
    return "\n".join(head + rows)


def classes_csv(evaluation: Evaluation) -> bytes:
    """One line per class with precision, recall, F1 and number of images, then one for all.

    Over all images together the three shares are the same number: the accuracy.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["class", "precision", "recall", "f1", "images"])
    for label, shares, images in _classes(evaluation):
        writer.writerow([csv_label(label), *(f"{share:.6f}" for share in shares), images])
    accuracy = f"{evaluation.accuracy:.6f}"
    writer.writerow(["all (accuracy)", accuracy, accuracy, accuracy, len(evaluation.true)])
    return text.getvalue().encode()


def _classes(evaluation: Evaluation) -> Iterator[tuple[str, tuple[float, float, float], int]]:
    """Of every class its label, (precision, recall, F1) and number of images."""
    metrics = evaluation.metrics
    shares = zip(metrics.precision, metrics.recall, metrics.f1, strict=True)
    return zip(evaluation.labels, shares, metrics.images, strict=True)
