"""The IDX file format of MNIST and its relatives.

Two zero bytes, one byte for the type (8: unsigned byte), one for the number of dimensions,
each dimension as a big-endian 32-bit integer, then the values in C order.
Described at http://yann.lecun.com/exdb/mnist/.
"""

import gzip
import math
import struct
import zlib
from pathlib import Path

import numpy as np

_GZIP_MAGIC = b"\x1f\x8b"
_UNSIGNED_BYTE = 8


def read_unpacked(path: Path) -> bytes:
    """The content of a file, unpacked if it is gzipped (whatever its name says).

    Raises:
        ValueError: if the gzip data is damaged or cut off.
        OSError: if the file cannot be read.
    """
    content = path.read_bytes()
    if not content.startswith(_GZIP_MAGIC):
        return content
    try:
        return gzip.decompress(content)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(f"{path} is damaged: {error}") from error


def parse_idx(content: bytes) -> np.ndarray:
    """The array in an unpacked IDX file of unsigned bytes, as a read-only view of `content`.

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
