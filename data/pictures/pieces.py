"""Files of pictures that are cut into so many pieces that reading them takes long.

However few pixels there are: PNG, JPEG and GIF may have millions of empty chunks, TIFF may have a
tile for each pixel, and Pillow looks at each of them in Python.
"""

import io
import struct

MOST_READS = 200_000
"""Pieces that are read of a file; a photo has some thousands."""
MOST_VALUES = 100_000
"""Numbers under one tag; a photo of 30,000 rows has that many strips."""

_ONE_BYTE = (1, 2, 6, 7)
"""The types of numbers and texts that are taken in one piece."""


class Pieces(io.BytesIO):
    """A file that may be read `MOST_READS` times; ValueError beyond."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._left = MOST_READS

    def read(self, size: int | None = -1, /) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise ValueError(f"it is cut into more than {MOST_READS:,} pieces")
        return super().read(size)


def check_tags(content: bytes) -> None:
    """Raise ValueError if a tag at the beginning of a TIFF file, or of a photo's notes (EXIF), has
    more than `MOST_VALUES` numbers. What is neither passes."""
    content = content.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(content[:2])
    if order is None:
        return
    try:
        if content[2:3] == b"+":  # BigTIFF, as Pillow knows it
            (start,) = struct.unpack_from(f"{order}Q", content, 8)
            (count,) = struct.unpack_from(f"{order}Q", content, start)
            start, entry, size = start + 8, f"{order}HHQ", 20
        else:
            (start,) = struct.unpack_from(f"{order}I", content, 4)
            (count,) = struct.unpack_from(f"{order}H", content, start)
            start, entry, size = start + 2, f"{order}HHI", 12
        if count > MOST_VALUES:
            raise ValueError(f"it has {count:,} tags")
        for place in range(start, start + count * size, size):
            tag, kind, values = struct.unpack_from(entry, content, place)
            if values > MOST_VALUES and kind not in _ONE_BYTE:
                raise ValueError(f"tag {tag} has {values:,} values, more than {MOST_VALUES:,}")
    except (struct.error, OverflowError):
        return  # it is cut off, which Pillow finds too
