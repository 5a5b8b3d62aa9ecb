"""Replacing a file in one step: readers see the old one or the whole new one, never half of it."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ATTEMPTS = 40
_PAUSE_SECONDS = 0.025


@contextmanager
def replacing(path: str | os.PathLike) -> Iterator[Path]:
    """Gives the path of a new file beside `path`; what is written there takes the place of `path`
    when the context ends. After an error all is as it was.

    Raises the usual OSError if the file can't be replaced; it names `path`.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        yield temporary
        replace(temporary, path)
    except OSError as error:
        if error.filename == str(temporary) and error.filename2 is None:
            error.filename = str(path)  # nobody has heard of the other name
        raise
    finally:
        temporary.unlink(missing_ok=True)


def forget_unfinished(path: str | os.PathLike) -> None:
    """Remove what a killed process left beside `path` that was to take its place; nobody else may
    be about to replace it. What can't be removed stays: it does no harm."""
    path = Path(path)
    for left in path.parent.glob(f".*{path.name}.*"):
        with suppress(OSError):
            left.unlink()


def replace(source: Path, target: Path) -> None:
    """`os.replace`, which Windows refuses as long as somebody reads the target."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if attempt == _ATTEMPTS:
                raise
        time.sleep(_PAUSE_SECONDS)
