"""All the pictures of a run, drawn into its folder."""

from typing import TYPE_CHECKING

import nn
from nn.cli.figures.curves import animate_loss, draw_accuracy, draw_loss
from nn.cli.figures.pictures import draw_confusion, draw_predictions
from nn.labels import ascii_label
from nn.runs import Run

if TYPE_CHECKING:
    from data import Dataset


def draw_run(run: Run, network: nn.Network, dataset: "Dataset") -> None:
    """Draw confusion matrices (training, test), predictions, curves and the animated loss curve."""
    names = [ascii_label(label) for label in dataset.info.labels]
    title = f"{dataset.info.title}, test part"

    # Without averages over moved and turned copies: for so many images they would take minutes.
    predicted = network.predict_logits(dataset.train_images, averaging=nn.ALONE).argmax(axis=1)
    matrix = nn.confusion_matrix(dataset.train_labels, predicted, len(names))
    path = run.folder / "confusion_train.png"
    part = "training part" + (", each image alone" if network.averaging else "")
    draw_confusion(matrix, names, f"{dataset.info.title}, {part}", path)

    images, labels = dataset.test_images, dataset.test_labels
    probabilities = network.predict_proba(images)
    matrix = nn.confusion_matrix(labels, probabilities.argmax(axis=1), len(names))
    draw_confusion(matrix, names, title, run.folder / "confusion_test.png")
    path = run.folder / "predictions.png"
    draw_predictions(images, labels, probabilities, names, title, path)

    run.refresh()
    draw_loss(run.progress, run.epochs, run.folder / "loss.png")
    draw_accuracy(run.progress, run.epochs, run.folder / "accuracy.png")
    animate_loss(run.progress, run.epochs, run.folder / "loss.gif")
