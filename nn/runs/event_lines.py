"""The lines of a run's events, read while they are written."""

import os
from collections.abc import Iterator
from typing import BinaryIO

LARGE = 4_000_000
"""Bytes of events that are not all looked at: no run of ours has so many, see `thinning`."""
_SAMPLES = 3000
"""So many lines of them are, evenly spread, and at every other place an epoch ..."""
_ENDS = 100_000
"""... and all in so many bytes at the beginning and at the end ..."""
_NEEDED = (b'\n{"type": "r', b'\n{"type": "s')
"""... and those that begin so: "resumed" says which others count, "set" with which rate."""
_EPOCH = b'\n{"type": "epoch"'
_PIECE = 1 << 18
"""Bytes of such a file that are in memory at a time."""

_LONGEST = 1 << 20
"""Bytes; no event has so many."""
_KNOWN = 100
"""Bytes before the place up to which a file is read that tell whether it is still the same."""


class EventLines:
    """A place in a file of events: up to here its lines have been read.

    Args:
        largest: bytes of a file of which all lines are read.
    """

    def __init__(self, largest: int = LARGE) -> None:
        self._largest = largest
        self._offset = 0
        self._before = b""
        self._is_in_long_line = False

    def is_of(self, file: BinaryIO) -> bool:
        """Whether the file goes on from here: it may have been replaced by a shorter one."""
        file.seek(self._offset - len(self._before))
        return file.read(len(self._before)) == self._before

    def new(self, file: BinaryIO) -> Iterator[bytes]:
        """The lines from here on that are whole, but those that are far too long; the place goes
        along. Of a file that is very large, and read for the first time, not all."""
        end = os.fstat(file.fileno()).st_size
        if not self._offset and end > self._largest:
            yield from self._sampled(file, end)
        file.seek(self._offset)
        while line := file.readline(_LONGEST):
            is_whole = line.endswith(b"\n")
            if not is_whole and len(line) < _LONGEST and not self._is_in_long_line:
                return  # it is being written
            self._offset, self._before = file.tell(), line[-_KNOWN:]
            if is_whole and not self._is_in_long_line:
                yield line
            self._is_in_long_line = not is_whole

    def _sampled(self, file: BinaryIO, end: int) -> Iterator[bytes]:
        """The lines at the beginning, and then those that are needed and evenly spread ones; the
        place goes along to about the end."""
        file.seek(0)
        while self._offset < _ENDS and (line := file.readline(_LONGEST)).endswith(b"\n"):
            yield line
            self._offset = file.tell()
        every = (end - 2 * _ENDS) // _SAMPLES
        begin = self._offset
        while begin < end - _ENDS:
            file.seek(max(0, begin - 1))  # with the end of the line before
            piece = file.read(min(_PIECE, end - _ENDS - begin) + 1)
            piece += file.readline(_LONGEST)
            if file.tell() <= begin:
                break  # it has been cut meanwhile
            begin = file.tell()
            yield from _chosen(piece, every)
        self._offset = max(begin, self._offset)
        file.seek(max(0, self._offset - _KNOWN))
        self._before = file.read(self._offset - file.tell())


def _chosen(piece: bytes, every: int) -> Iterator[bytes]:
    """Those of the lines after the first end of a line that are needed, one in so many
    bytes, and some of the epochs."""
    wanted = [piece.find(b"\n", near) for near in range(0, len(piece), every)]
    wanted += [piece.find(_EPOCH, near) for near in range(0, len(piece), 2 * every)]
    wanted.append(piece.rfind(_EPOCH))
    for needed in _NEEDED:
        found = piece.find(needed)
        while found >= 0:
            wanted.append(found)
            found = piece.find(needed, found + 1)
    for begin in sorted({place + 1 for place in wanted if place >= 0}):
        stop = piece.find(b"\n", begin) + 1
        if stop:
            yield piece[begin:stop]
