"""A checksum inside a safetensors file, over all else that is in it: header, notes and tensors.

It stands in the metadata, where other programs read past it.
"""

import os
import re
import zlib

CHECKSUM = "checksum"
BLANK = "0" * 8
"""Stands in the place of the checksum while that is made."""

_FIELD = re.compile(rf'"{CHECKSUM}":"([0-9a-f]{{8}})"'.encode())
"""In other texts of the header the quotes have backslashes."""
_LENGTH = 8
"""A safetensors file begins with the length of its header, in so many bytes."""
_PIECE = 2**20
_MOST_HEADER = 10**8
"""No header is longer, says safetensors."""


def write_checksum(path: str | os.PathLike, content: bytes) -> None:
    """Put the checksum into a safetensors file that holds this content, in whose metadata
    `CHECKSUM` is `BLANK`."""
    found = _FIELD.search(content, _LENGTH, _LENGTH + int.from_bytes(content[:_LENGTH], "little"))
    assert found is not None
    with open(path, "r+b") as file:
        file.seek(found.start(1))
        file.write(b"%08x" % zlib.crc32(content))


def is_whole(path: str | os.PathLike) -> bool:
    """Whether a safetensors file is there and as it was written, as far as its checksum tells."""
    try:
        with open(path, "rb") as file:
            length = int.from_bytes(file.read(_LENGTH), "little")
            if os.fstat(file.fileno()).st_size < _LENGTH + length:
                return False  # it has been cut
        check_checksum(path)
    except (OSError, ValueError):
        return False
    return True


def check_checksum(path: str | os.PathLike) -> None:
    """Raise ValueError if a safetensors file is not as it was written; OSError if it can't be read.

    One that has no checksum passes.
    """
    with open(path, "rb") as file:
        length = file.read(_LENGTH)
        header = file.read(min(int.from_bytes(length, "little"), _MOST_HEADER))
        found = _FIELD.search(header)
        if found is None:
            return
        blank = header[: found.start(1)] + BLANK.encode() + header[found.end(1) :]
        value = zlib.crc32(blank, zlib.crc32(length))
        while piece := file.read(_PIECE):
            value = zlib.crc32(piece, value)
    if value != int(found.group(1), 16):
        raise ValueError(
            f"{os.fspath(path)} is damaged: the checksum in it must be {value:08x}, "
            f"got {found.group(1).decode()}"
        )
