"""`python -m nn predict`: what a model sees in image files."""

import json
import sys
from pathlib import Path

import click
import numpy as np

import nn
from nn.cli import models
from nn.evaluation.percent import probability_percent
from nn.labels import DIGITS


@click.command()
@click.argument("model", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("images", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def predict(model: Path, images: tuple[Path, ...], as_json: bool) -> None:
    """Say what the network in the file MODEL reads in each of the IMAGES (PNG, JPEG, ...).

    A picture is prepared like one in the app: light on dark or dark on light, drawn or
    photographed. A network of digits reads a whole number; others take it for a single sign.
    Files that can't be used are named on standard error, the others go on, and the exit code is 1.
    """
    network = models.load_network(model)
    labels = network.labels
    failed = False
    for path in images:
        try:
            probabilities = network.predict_proba(_read_picture(path, network))
        except (ValueError, OSError) as error:
            reason = str(error.strerror if isinstance(error, OSError) else error)
            print(reason if str(path) in reason else f"{path}: {reason}", file=sys.stderr)
            failed = True
            continue
        best = [labels[index] for index in probabilities.argmax(axis=1)]
        probability = float(probabilities.max(axis=1).prod())
        if as_json:
            signs = [
                {"label": label, "probabilities": dict(zip(labels, map(float, row), strict=True))}
                for label, row in zip(best, probabilities, strict=True)
            ]
            answer = {"label": "".join(best), "probability": probability, "signs": signs}
            click.echo(json.dumps({"file": str(path)} | answer))
        else:
            click.echo(f"{path}: {''.join(best)} ({probability_percent(probability)})")
    if failed:
        raise SystemExit(1)


def _read_picture(path: Path, network: nn.Network) -> np.ndarray:
    """The signs in the file's picture as network inputs (n, 28, 28), n at least 1, from left to
    right; ValueError if there is nothing to see."""
    import data

    signs = data.find_digits(data.read_image(path), several=network.labels == DIGITS)
    return np.stack([sign.image for sign in signs])
