"""The lines of a run's events, read while they are written."""

import mmap
import os
from collections.abc import Iterator
from typing import BinaryIO

LARGE = 4_000_000
"""Bytes of events that are not all looked at: no run of ours has so many, see `thinning`."""
_SAMPLES = 4000
"""So many lines of them are, evenly spread ..."""
_ENDS = 200_000
"""... and all in so many bytes at the beginning and at the end ..."""
_NEEDED = b'\n{"type": "resumed"'
"""... and those that begin so: they say which others count."""

_LONGEST = 1 << 20
"""Bytes; no event has so many."""
_KNOWN = 100
"""Bytes before the place up to which a file is read that tell whether it is still the same."""


class EventLines:
    """A place in a file of events: up to here its lines have been read."""

    def __init__(self) -> None:
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
        if not self._offset and end > LARGE:
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
        with mmap.mmap(file.fileno(), end, access=mmap.ACCESS_READ) as content:
            wanted = [*range(_ENDS, end - _ENDS, (end - 2 * _ENDS) // _SAMPLES)]
            found = content.find(_NEEDED)
            while found >= 0:
                wanted.append(found)
                found = content.find(_NEEDED, found + 1)
            place = 0
            while place < _ENDS and (stop := content.find(b"\n", place, place + _LONGEST) + 1):
                yield content[place:stop]
                place = stop
            for near in sorted(wanted):
                begin = content.find(b"\n", near, near + _LONGEST) + 1
                stop = content.find(b"\n", begin, begin + _LONGEST) + 1
                if place <= begin < stop:
                    yield content[begin:stop]
                    place = stop
            self._offset = max(place, content.find(b"\n", end - _ENDS) + 1)
            self._before = content[max(0, self._offset - _KNOWN) : self._offset]
