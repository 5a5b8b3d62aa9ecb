"""`pinned`: an empty file that says of a run that it is kept when old ones are cleared away."""

from pathlib import Path

_PINNED = "pinned"


def is_pinned(folder: Path) -> bool:
    """Whether the run in `folder` is pinned."""
    return (folder / _PINNED).is_file()


def set_pinned(folder: Path, pinned: bool) -> None:
    """Pin the run in `folder`, or let it go; OSError where that is impossible."""
    if pinned:
        (folder / _PINNED).touch()
    else:
        (folder / _PINNED).unlink(missing_ok=True)
