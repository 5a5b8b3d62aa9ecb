"""`python -m nn predict`: what a model sees in image files."""

import json
import sys
from pathlib import Path

import click
from numpy.typing import NDArray

from nn.cli import models


@click.command()
@click.argument("model", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("images", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def predict(model: Path, images: tuple[Path, ...], as_json: bool) -> None:
    """Say which class the network in the file MODEL sees in each of the IMAGES (PNG, JPEG, ...).

    A picture is prepared like a drawing in the app: one sign, light on dark or dark on light.
    Files that can't be used are named on standard error, the others go on, and the exit code is 1.
    """
    network = models.load(model)
    labels = network.labels
    failed = False
    for path in images:
        try:
            probabilities = network.predict_proba(_read(path)[None])[0]
        except (ValueError, OSError) as error:
            reason = str(error.strerror if isinstance(error, OSError) else error)
            print(reason if str(path) in reason else f"{path}: {reason}", file=sys.stderr)
            failed = True
            continue
        best = int(probabilities.argmax())
        if as_json:
            click.echo(
                json.dumps(
                    {
                        "file": str(path),
                        "label": labels[best],
                        "probability": float(probabilities[best]),
                        "probabilities": dict(zip(labels, map(float, probabilities), strict=True)),
                    }
                )
            )
        else:
            click.echo(f"{path}: {labels[best]} ({probabilities[best]:.1%})")
    if failed:
        raise SystemExit(1)


def _read(path: Path) -> NDArray:
    """The file's picture as a network input (28, 28); ValueError if there is nothing to see."""
    import data

    digits = data.find_digits(data.read_image(path))
    return max(digits, key=lambda digit: digit.box.size).image
