"""A picture that is cut into very many pieces is refused before reading it takes long."""

import io
import struct
import zlib

import pytest
from PIL import Image

from data.pictures import pieces
from data.pictures.image_files import read_image


def encoded(kind, **options):
    file = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(file, kind, **options)
    return file.getvalue()


def chunk(kind, body=b""):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def tiff(tag, kind, values, payload=b""):
    """The beginning of a TIFF file with one tag."""
    head = b"II*\0" + struct.pack("<IHHHII", 8, 1, tag, kind, values, 26)
    return head + b"\0\0\0\0" + payload


COUNT = pieces.MOST_READS
PNG, JPEG, GIF = encoded("PNG"), encoded("JPEG"), encoded("GIF")
GIF_HEAD = 13 + 3 * (2 << (GIF[10] & 7))
MANY = {
    "PNG": PNG[:33] + chunk(b"prVt") * (COUNT // 2) + PNG[33:],
    "PNG at its end": PNG[:-12] + chunk(b"prVt") * (COUNT // 2) + PNG[-12:],
    "JPEG": JPEG[:2] + b"\xff\xe5\0\x02" * COUNT + JPEG[2:],
    "JPEG padded": JPEG[:2] + b"\xff" * COUNT + JPEG[2:],
    "GIF": GIF[:GIF_HEAD] + b"!\xfe\0" * COUNT + GIF[GIF_HEAD:],
    "TIFF tiles": tiff(324, 4, 2_000_000),
    "TIFF tiles, big": b"II+\0\x08\0\0\0" + struct.pack("<QQHHQ", 16, 1, 324, 16, 2_000_000),
    "PNG notes": PNG[:33] + chunk(b"eXIf", tiff(274, 5, 200_000, bytes(1_600_000))) + PNG[33:],
}


@pytest.mark.parametrize("name", MANY)
def test_many_pieces_are_refused(name):
    with pytest.raises(ValueError, match=r"pieces|values"):
        read_image(MANY[name])


def test_some_thousand_pieces_are_read():
    some = PNG[:33] + chunk(b"prVt") * 5000 + PNG[33:]
    assert read_image(some).shape == (40, 40, 4)
    file = io.BytesIO()
    Image.new("L", (10, 2000)).save(file, "TIFF", tiffinfo={278: 1})  # a strip for each row
    assert read_image(file.getvalue()).shape == (2000, 10, 4)


@pytest.mark.parametrize(
    "content", [b"", b"II", b"II*\0", b"MM\0*" + b"\xff" * 4, b"II+\0" * 3, b"II+\0" + b"\xff" * 12]
)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_what_is_cut_off_is_refused_in_pillows_words(content):
    with pytest.raises(ValueError, match=r"is not a picture that can be read|Unable to seek"):
        read_image(content)
