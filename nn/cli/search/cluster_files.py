"""What has changed in the folder of a run since it was last looked at, and the same elsewhere.

A training on another computer writes into a folder there. What is new in it is read in pieces,
sent, and applied to the run's folder here, in the same order: files that are replaced whole, those
that grow by what they have grown.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nn.history.reader import FOLDER as HISTORY
from nn.replacing import replacing
from nn.runs.reader import CHECKPOINTS, MODEL

_KNOWN = 256
"""Bytes before the end of what was sent that tell whether a file has only grown."""


@dataclass(frozen=True)
class Piece:
    """A part of a file: its name from the run's folder on, and where the content belongs.

    From `begin` on it is appended; with `begin` 0 it is the whole file, None of one that is gone.
    """

    name: str
    begin: int
    content: bytes | None


class FolderNews:
    """Tells what is new in the folder of a run, but for its events.

    Args:
        folder: in which a training writes, in another thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = dict[str, _Sent]()
        self._taken = dict[str, _Sent]()
        self._there = set[str]()
        """What the other side may have, though it has not said so."""

    def take(self) -> list[Piece]:
        """What has changed since the state that the other side knows; all of it at the first.

        The checkpoint comes last: what goes on from it finds all that was written before it.
        """
        pieces = []
        self._taken = dict(self._known)
        names = _names(self._folder)
        for name in names:
            with suppress(FileNotFoundError):  # dropped just now
                piece = self._piece(name)
                if piece is not None:
                    pieces.append(piece)
        for name in self._there - set(names):
            # While one is replaced, the list of its folder may lack it.
            if not (self._folder / name).exists():
                self._taken.pop(name, None)
                self._known.pop(name, None)  # there is nothing any more that could grow
                pieces.append(Piece(name, 0, None))
        self._there |= set(self._taken)
        return pieces

    def confirm(self) -> None:
        """The other side knows what was taken last."""
        self._known = self._taken
        self._there = set(self._known)

    def _piece(self, name: str) -> Piece | None:
        path = self._folder / name
        known = self._known.get(name)
        about = path.stat()
        version = about.st_mtime_ns, about.st_size, about.st_ino
        if known is not None and known.version == version:
            return None
        with path.open("rb") as file:
            begin = 0
            if known is not None and name.endswith(".bin"):
                file.seek(known.size - len(known.end))
                if file.read(len(known.end)) == known.end:
                    begin = known.size
            file.seek(begin)
            content = file.read()
            size = begin + len(content)
            file.seek(max(0, size - _KNOWN))
            self._taken[name] = _Sent(version, size, file.read(size - file.tell()))
        return Piece(name, begin, content) if content or not begin else None


@dataclass(frozen=True)
class _Sent:
    version: tuple[int, int, int]
    size: int
    end: bytes


def _names(folder: Path) -> list[str]:
    history = folder / HISTORY
    paths = sorted(history.rglob("*")) if history.is_dir() else []
    paths += [folder / name for name in (MODEL, *CHECKPOINTS[1:], CHECKPOINTS[0])]
    # A name with a dot is that of an unfinished file.
    names = [path for path in paths if path.is_file() and not path.name.startswith(".")]
    return [path.relative_to(folder).as_posix() for path in names]


def apply(pieces: Iterable[Piece], folder: Path) -> None:
    """Write pieces into the folder of a run, in their order."""
    for piece in pieces:
        path = folder / piece.name
        if piece.content is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if not piece.begin:
            with replacing(path) as file:
                file.write_bytes(piece.content)
            continue
        with path.open("r+b") as grown:
            grown.seek(piece.begin)
            grown.write(piece.content)
            grown.truncate()
