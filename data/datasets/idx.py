"""The IDX file format of MNIST and its relatives.

Two zero bytes, one byte for the type (8: unsigned byte), one for the number of dimensions,
each dimension as a big-endian 32-bit integer, then the values in C order.
Described at http://yann.lecun.com/exdb/mnist/.
"""

import gzip
import math
import struct
import zlib
from contextlib import nullcontext
from pathlib import Path
from typing import IO

import numpy as np

_GZIP_MAGIC = b"\x1f\x8b"
_UNSIGNED_BYTE = 8
_PIECE = 1 << 20
MOST_BYTES = 200_000_000
"""Of a file: EMNIST's largest has 188 million. A small one may unpack to what fills the memory."""


def read_unpacked(path: Path, most: int = MOST_BYTES) -> bytearray:
    """The content of a file, unpacked if it is gzipped (whatever its name says).

    Raises:
        ValueError: if the gzip data is damaged or cut off, or the content has more than `most`
            bytes, of which no more are then unpacked.
        OSError: if the file cannot be read.
    """
    with path.open("rb") as file:
        try:
            return unpack(file, most)
        except ValueError as error:
            raise ValueError(f"{path} is damaged: {error}") from error


def unpack(file: IO[bytes], most: int = MOST_BYTES) -> bytearray:
    """The content of an open file that can `peek`, unpacked if it is gzipped; raises as above."""
    packed = file.peek(2).startswith(_GZIP_MAGIC)  # type: ignore[attr-defined]
    content = bytearray()  # grows in place: joined pieces would take the memory twice
    try:
        with gzip.open(file) if packed else nullcontext(file) as source:
            while piece := source.read(_PIECE):
                content += piece
                if len(content) > most:
                    raise ValueError(f"it must unpack to at most {most:,} bytes")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from error
    return content


def parse_idx(content: bytes | bytearray) -> np.ndarray:
    """The array in an unpacked IDX file of unsigned bytes, as a view of `content`.

    Raises:
        ValueError: if `content` is not such a file, or is longer or shorter than it says.
    """
    if len(content) < 4 or content[:2] != b"\0\0":
        raise ValueError(f"not an IDX file: it starts with {content[:4].hex(' ') or 'nothing'}")
    kind, dimensions = content[2], content[3]
    if kind != _UNSIGNED_BYTE or dimensions not in (1, 3):
        raise ValueError(
            f"IDX file must hold unsigned bytes (type 8) in 1 or 3 dimensions, "
            f"got type {kind} in {dimensions}"
        )
    start = 4 + 4 * dimensions
    if len(content) < start:
        raise ValueError(f"IDX file ends inside its header of {start} bytes")
    shape = struct.unpack(f">{dimensions}I", content[4:start])
    if len(content) - start != math.prod(shape):
        raise ValueError(
            f"IDX file of shape {shape} must hold {math.prod(shape)} values, "
            f"got {len(content) - start}"
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)
