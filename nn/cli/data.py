"""`python -m nn data`: list and fetch datasets."""

import click

from nn.cli.datasets import download
from nn.cli.table import table


@click.group()
def data() -> None:
    """List the datasets and fetch them."""


@data.command("list")
def list_datasets() -> None:
    """Show every dataset: name, classes, images, licence, and whether it is on this computer."""
    import data as datasets

    head = ("name", "title", "classes", "training", "test", "here", "licence")
    rows = [
        (
            name,
            info.title,
            str(info.num_classes),
            f"{info.train_size:,}",
            f"{info.test_size:,}",
            "yes" if datasets.is_available(name) else f"no ({info.megabytes:g} MB)",
            info.licence,
        )
        for name, info in datasets.DATASETS.items()
    ]
    click.echo(table([head, *rows], to_the_right=("classes", "training", "test")))


@data.command()
@click.argument("name")
def fetch(name: str) -> None:
    """Download the dataset NAME, so that it is there without the internet afterwards."""
    import data as datasets

    if name not in datasets.DATASETS:
        raise click.BadParameter(
            f"must be one of {', '.join(datasets.DATASETS)}, got {name!r}", param_hint="NAME"
        )
    # Not is_available: damage shows only when all is read.
    try:
        datasets.load(name)
    except datasets.DatasetNotFound as error:
        if datasets.DATASETS[name].embedded:
            raise click.ClickException(str(error)) from error
        download(name)
        click.echo(f"{datasets.DATASETS[name].title} is here now.")
    else:
        click.echo(f"{datasets.DATASETS[name].title} is here already.")
