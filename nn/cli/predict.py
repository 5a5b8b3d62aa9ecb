"""`python -m nn predict`: what a model sees in image files."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

import nn
from nn.cli import models
from nn.cli.model_file import ModelFile
from nn.evaluation.percent import probability_percent
from nn.labels import DIGITS

if TYPE_CHECKING:
    import data


@click.command()
@click.argument("model", type=ModelFile())
@click.argument("images", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def predict(model: Path, images: tuple[Path, ...], as_json: bool) -> None:
    """Say what the network in the file MODEL reads in each of the IMAGES (PNG, JPEG, ...).

    A picture is prepared like one in the app: light on dark or dark on light, drawn or
    photographed. A network of digits reads whole numbers, with " / " between rows; others take it
    for a single sign.
    Files that can't be used are named on standard error, the others go on, and the exit code is 1.
    What may be a digit on a picture and was left out is told there too.
    """
    network = models.load_network(model)
    labels = network.labels
    failed = False
    for path in images:
        try:
            signs = _read_picture(path, network)
            alone = network.predict_proba(np.stack([sign.image for sign in signs]))
            probabilities = nn.doubted(alone, [sign.certainty for sign in signs])
        except (ValueError, OSError) as error:
            reason = str(error.strerror if isinstance(error, OSError) else error)
            print(reason if str(path) in reason else f"{path}: {reason}", file=sys.stderr)
            failed = True
            continue
        best = [labels[index] for index in probabilities.argmax(axis=1)]
        text = "".join(
            " / " * (sign.row > before.row) + label
            for before, sign, label in zip([signs[0], *signs], signs, best, strict=False)
        )
        probability = float(probabilities.max(axis=1).prod())
        if as_json:
            each = [
                {"label": label, "probabilities": dict(zip(labels, map(float, row), strict=True))}
                for label, row in zip(best, probabilities, strict=True)
            ]
            answer = {"label": text, "probability": probability, "signs": each}
            click.echo(json.dumps({"file": str(path)} | answer))
        else:
            click.echo(f"{path}: {text} ({probability_percent(probability)})")
    if failed:
        raise SystemExit(1)


def _read_picture(path: Path, network: nn.Network) -> "list[data.Digit]":
    """The signs in the file's picture, at least one, row by row from left to right; ValueError if
    there is nothing to see."""
    import data

    signs = data.find_digits(data.read_image(path), several=network.labels == DIGITS)
    if signs.left_out:
        print(f"{path}: something that may be a digit is left out", file=sys.stderr)
    return data.taken_apart(signs, partial(nn.most_readable, network, nn.whole_digits()))
