"""`python -m nn export`: a model as a file for other programs."""

from contextlib import suppress
from pathlib import Path

import click

import nn
from nn import runs
from nn.averaging import ALONE
from nn.cli import models, targets
from nn.cli.model_file import ModelFile
from nn.evaluation.percent import percent
from nn.export import FORMATS, About
from nn.export import export as export_network
from nn.replacing import replacing
from nn.runs.reader import MODEL


@click.command()
@click.argument("model", type=ModelFile())
@click.option(
    "--format",
    "format_name",
    required=True,
    type=click.Choice(list(FORMATS)),
    help="ONNX, PyTorch or Keras code with weights (a zip archive), a program for NumPy, or JSON.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.  [default: the model's name with the format's ending, in this folder]",
)
@click.option(
    "--alone",
    is_flag=True,
    help="Leave test-time averages out: each image is looked at alone, which is as many times as "
    "fast as there are copies.",
)
def export(model: Path, format_name: str, output: Path | None, alone: bool) -> None:
    """Write the network in the file MODEL for other programs, see docs/export.md.

    Input scaling and temperature are inside: pixels from 0 to 1 go in, and probabilities come out.
    """
    network = models.load_network(model)
    chosen = FORMATS[format_name]
    about = _about(model, network)
    averaging = ALONE if alone else network.averaging
    less = averaging != network.averaging
    output = output or Path(chosen.file_name(about.name, without_averages=less))
    targets.check_file(output, "--output")
    try:
        written = export_network(network, format_name, about, averaging=averaging)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    with targets.writing(output), replacing(output) as new:
        new.write_bytes(written.content)
    click.echo(f"{output}: {chosen.title}, {len(written.content) / 1e6:.1f} MB")
    for name, text in written.notes.items():
        click.echo(f"{name:<9} {text}")
    if "accuracy" not in written.notes:
        click.echo("accuracy  not told: that of what is in this file is not known")


def _about(path: Path, network: nn.Network) -> About:
    """What the file, and what lies beside it, tells of a model, without asking it anything."""
    import data

    dataset = network.metadata.get("dataset", "")
    info = data.DATASETS.get(dataset)
    title = info.title if info else dataset
    run = _run_of(path)
    if run is None:
        return About(path.stem, title, _saved_accuracy(path, title))
    with suppress(OSError):
        last = runs.summarise(run).last or {}
        share = last.get("test_accuracy")
        words = "" if share is None else f"{percent(share)} of the test images of {title}"
        return About(run.name or run.id, title, words)
    return About(run.id, title)


def _run_of(path: Path) -> runs.Run | None:
    """The run whose network it is."""
    if path.name != MODEL:
        return None
    try:
        return runs.Run(path.resolve().parent)
    except (ValueError, OSError):
        return None


def _saved_accuracy(path: Path, title: str) -> str:
    """That of the predictions for the test images that a model came with."""
    from data.saved_predictions import saved_accuracy

    saved = saved_accuracy(path)
    return "" if saved is None else f"{percent(*saved)} of {saved[1]:,} {title} test images"
