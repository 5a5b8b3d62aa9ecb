"""Where a command writes: looked at before it works for long, and with words a user can act on."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


def check_file(path: Path, option: str) -> None:
    """Usage error that names the option if no file can be written to `path`; what is there stays
    as it is."""
    try:
        was_there = path.exists()
        with path.open("ab"):
            pass
        if not was_there:
            path.unlink()
    except OSError as error:
        raise click.BadParameter(_reason(path, error), param_hint=option) from error


def make_folder(path: Path, option: str) -> None:
    """Make a folder if there is none; usage error that names the option if that can't be, or if no
    file can be written into it."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        raise click.BadParameter(_reason(path, error), param_hint=option) from error


def nowhere(what: str, folder: Path, error: OSError) -> click.UsageError:
    """What to raise where there can be no such folder; the user need not have named it."""
    return click.UsageError(f"{what} can't be written to {folder}: {error.strerror or error}")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns the OSError of what could be written when it was looked at, as of a disk that has
    become full, into a ClickException that names `path`."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(_reason(path, error)) from error


def _reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
        return f"{path} can't be written: there is no folder {path.parent}"
    return f"{path} can't be written: {error.strerror or error}"
