"""`python -m nn evaluate`: what a model is worth on the test part of a dataset."""

import hashlib
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
from numpy.typing import NDArray

import nn
from nn.averaging import MAX_ROTATION, MAX_SHIFT
from nn.cli import datasets, models, targets
from nn.cli.model_file import ModelFile
from nn.cli.ranges import NumberRange
from nn.evaluation.percent import percent
from nn.labels import ascii_label

if TYPE_CHECKING:
    from data import Dataset


@click.command()
@click.argument("model", type=ModelFile())
@click.option("--dataset", help="Data to test on.  [default: the model's own]")
@click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write probabilities (float16) and labels (uint8) of the test images, and the SHA-256 of "
    "the model's file, to this .npz file.",
)
@click.option(
    "--figures",
    type=click.Path(file_okay=False, path_type=Path),
    help="Draw the confusion matrix and sample predictions into this folder.",
)
@click.option(
    "--shift",
    type=click.IntRange(0, MAX_SHIFT),
    help="Answer with the mean over copies up to so many pixels up, down, left, right.  "
    "[default: as the model was made]",
)
@click.option(
    "--rotation",
    type=NumberRange(0, MAX_ROTATION),
    help="And over copies turned by so many degrees each way.  [default: as the model was made]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(
    model: Path,
    dataset: str | None,
    predictions: Path | None,
    figures: Path | None,
    shift: int | None,
    rotation: float | None,
    as_json: bool,
) -> None:
    """Test the network in the file MODEL: accuracy, how each class fares, confusion matrix."""
    network = models.load_network(model)
    chosen = datasets.load_dataset(dataset or network.metadata.get("dataset", "mnist"))
    _warn(network, chosen)
    own = asdict(network.averaging)
    for name, value in (("shift", shift), ("rotation", rotation)):
        if predictions and value not in (None, own[name]):
            raise click.UsageError(
                f"--predictions are those of the model itself: --{name} must be left out or "
                f"{own[name]:g}, got {value:g}"
            )
    if shift is not None:
        network.averaging = replace(network.averaging, shift=shift)
    if rotation is not None:
        network.averaging = replace(network.averaging, rotation=rotation)
    if predictions:
        targets.check_file(predictions, "--predictions")
    if figures:
        targets.make_folder(figures, "--figures")
    try:
        probabilities = network.predict_proba(chosen.test_images)
    except ValueError as error:
        raise click.BadParameter(
            f"{model} takes no images of {chosen.info.title}: {error}", param_hint="MODEL"
        ) from error
    names = _names(network, chosen)
    matrix = nn.confusion_matrix(chosen.test_labels, probabilities.argmax(axis=1), len(names))
    if predictions:
        with targets.writing(predictions):
            save_predictions(predictions, probabilities, chosen.test_labels, model)
    if figures:
        from nn.cli.figures.pictures import draw_confusion, draw_predictions

        title = f"{chosen.info.title}, test part"
        images, labels = chosen.test_images, chosen.test_labels
        path = figures / "predictions.png"
        with targets.writing(figures):
            draw_confusion(matrix, names, title, figures / "confusion_test.png")
            draw_predictions(images, labels, probabilities, names, title, path)
    off = nn.calibration_error(probabilities, chosen.test_labels)
    click.echo((_json if as_json else _text)(model, network, chosen, names, matrix, off))


def save_predictions(path: Path, probabilities: NDArray, labels: NDArray, model: Path) -> None:
    """Write the arrays `probabilities` float16 (n, classes) and `labels` uint8 (n,), compressed.

    Probabilities are rounded to 0.0001, which takes a third of the room: most are 0 then.
    A third, `model`, is the SHA-256 of the model's file: whose predictions they are.
    """
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    with path.open("wb") as file:  # savez would append .npz to another name
        np.savez_compressed(
            file,
            probabilities=probabilities.round(4).astype(np.float16),
            labels=labels.astype(np.uint8),
            model=digest,
        )


def _warn(network: nn.Network, chosen: "Dataset") -> None:
    own = network.metadata.get("dataset", chosen.info.name)
    if own != chosen.info.name:
        print(
            f"Warning: this model was trained on {own}, not on {chosen.info.name}.", file=sys.stderr
        )
    if network.num_classes != chosen.info.num_classes:
        print(
            f"Warning: this model knows {network.num_classes} classes, "
            f"{chosen.info.title} has {chosen.info.num_classes}.",
            file=sys.stderr,
        )


def _names(network: nn.Network, chosen: "Dataset") -> list[str]:
    """Names for the matrix: the data's classes, then those that only the network has."""
    known = len(chosen.info.labels)
    return [ascii_label(label) for label in [*chosen.info.labels, *network.labels[known:]]]


def _json(
    model: Path,
    network: nn.Network,
    chosen: "Dataset",
    names: list[str],
    matrix: NDArray,
    calibration_error: float,
) -> str:
    metrics = nn.class_metrics(matrix)
    return json.dumps(
        {
            "model": str(model),
            "dataset": chosen.info.name,
            "images": int(matrix.sum()),
            "accuracy": np.trace(matrix) / matrix.sum(),
            "calibration_error": calibration_error,
            "test_time_shift": network.averaging.shift,
            "test_time_rotation": network.averaging.rotation,
            "classes": [
                {
                    "label": name,
                    "precision": metrics.precision[index],
                    "recall": metrics.recall[index],
                    "f1": metrics.f1[index],
                    "images": int(metrics.images[index]),
                }
                for index, name in enumerate(names)
            ],
            "confusion_matrix": matrix.tolist(),
        }
    )


def _text(
    model: Path,
    network: nn.Network,
    chosen: "Dataset",
    names: list[str],
    matrix: NDArray,
    calibration_error: float,
) -> str:
    count, wrong = matrix.sum(), matrix.sum() - np.trace(matrix)
    return "\n".join(
        [
            f"Model     {model} ({models.shape_text(network)})",
            f"Data      {chosen.info.title}, test part, {count:,} images",
            *_averaging_lines(network),
            f"Accuracy  {percent(1 - wrong / count, count)} ({wrong:,} wrong)",
            f"Certainty {percent(calibration_error, count)} off on average "
            "(expected calibration error)",
            "",
            *_metrics_lines(nn.class_metrics(matrix), names),
            "",
            "Confusion matrix (row: true class, column: predicted class)",
            _matrix_text(matrix, names),
        ]
    )


def _averaging_lines(network: nn.Network) -> list[str]:
    how = str(network.averaging)
    return [f"Answers   the mean over copies {how}"] if how else []


def _metrics_lines(metrics: nn.ClassMetrics, names: list[str]) -> list[str]:
    width = max(len("class"), *map(len, names))
    lines = [f"{'class':<{width}}  precision  recall      F1  images"]
    for index, name in enumerate(names):
        lines.append(
            f"{name:<{width}}  {metrics.precision[index]:>9.4f}  {metrics.recall[index]:.4f}  "
            f"{metrics.f1[index]:.4f}  {metrics.images[index]:>6,}"
        )
    return lines


def _matrix_text(matrix: NDArray, labels: list[str]) -> str:
    """Draw a confusion matrix as text: a row per true class, `.` for zero."""
    cells = [[str(count) if count else "." for count in row] for row in matrix]
    width = 1 + max(len(text) for text in [*labels, *(cell for row in cells for cell in row)])
    stub = max(len(label) for label in labels)
    lines = [" " * stub + " |" + "".join(f"{label:>{width}}" for label in labels)]
    lines.append("-" * stub + "-+" + "-" * width * len(labels))
    for label, row in zip(labels, cells, strict=True):
        lines.append(f"{label:>{stub}} |" + "".join(f"{cell:>{width}}" for cell in row))
    return "\n".join(lines)
