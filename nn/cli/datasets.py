"""Getting a dataset for a command, with words a user can act on."""

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from data import Dataset


def check_name(name: str) -> None:
    """Refuse a name that is no dataset of ours: a usage error that names all of them."""
    import data

    if name not in data.DATASETS:
        raise click.BadParameter(
            f"must be one of {', '.join(data.DATASETS)}, got {name!r}", param_hint="--dataset"
        )


def labels(name: str) -> tuple[str, ...]:
    """What the classes of a dataset are called."""
    import data

    return data.DATASETS[name].labels


def train_size(name: str) -> int:
    """How many training images a dataset has."""
    import data

    return data.DATASETS[name].train_size


def load_dataset(name: str, *, fetch: bool = False) -> "Dataset":
    """Load a dataset; with `fetch` one that isn't on this computer is downloaded first.

    Raises ClickException with what to do if there is no such dataset or it can't be had.
    """
    import data

    check_name(name)
    try:
        return data.load(name)
    except data.DatasetNotFound as error:
        if not fetch or data.DATASETS[name].embedded:
            raise click.ClickException(str(error)) from error
    try:
        download(name)
    except click.ClickException as error:
        raise click.ClickException(
            f"{error.message}\nWithout the internet, go on with the built-in data: --dataset digits"
        ) from error
    return load_dataset(name)


def download(name: str) -> None:
    """Download a dataset into the cache, with visible progress on standard error; ClickException
    if it can't be had."""
    from tqdm import tqdm

    import data

    title = data.DATASETS[name].title
    print(f"Downloading {title}, {data.DATASETS[name].megabytes:g} MB", file=sys.stderr)
    with tqdm(unit="B", unit_scale=True, desc=title, disable=None) as bar:

        def show(progress: dict[str, Any]) -> None:
            bar.total = progress["total"]
            bar.update(progress["done"] - bar.n)

        try:
            data.download(name, on_progress=show)
        except data.DownloadError as error:
            raise click.ClickException(str(error)) from error
