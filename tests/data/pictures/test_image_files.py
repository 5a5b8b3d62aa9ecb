"""Uploaded pictures."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from data import read_image
from data.pictures import image_files


def encode(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def test_reads_bytes_and_paths(tmp_path):
    image = Image.new("RGBA", (3, 2), (10, 20, 30, 40))
    content = encode(image, "PNG")
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    for source in (content, path, str(path)):
        result = read_image(source)
        assert result.shape == (2, 3, 4)
        assert result.dtype == np.uint8
        assert result[0, 0].tolist() == [10, 20, 30, 40]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_rgba(mode):
    kind = "TIFF" if mode in ("CMYK",) else "PNG"
    result = read_image(encode(Image.new(mode, (4, 5)), kind))
    assert result.shape == (5, 4, 4)


def test_jpeg_from_a_turned_camera_is_upright():
    image = Image.new("RGB", (40, 20), "white")
    image.paste((0, 0, 0), (0, 0, 10, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise to look upright
    result = read_image(encode(image, "JPEG", exif=exif))
    assert result.shape == (40, 20, 4)
    assert result[:5, :, :3].mean() < 30
    assert result[-5:, :, :3].mean() > 220


@pytest.mark.parametrize(
    ("size", "read"), [((1900, 1200), (1900, 1200)), ((3000, 4000), (1500, 2000))]
)
def test_photos_are_read_no_larger_than_needed(size, read):
    result = read_image(encode(Image.new("RGB", size), "JPEG"))
    assert result.shape == (read[1], read[0], 4)


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7", b"<svg></svg>", b"\x80\x04K\x01."])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValueError, match="not a picture"):
        read_image(content)


def test_formats_that_start_other_programs_are_refused():
    with pytest.raises(ValueError, match="not a picture"):
        read_image(encode(Image.new("RGB", (4, 4)), "EPS"))


def test_damaged_pictures_are_refused():
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    for kind in ("PNG", "JPEG"):
        content = encode(Image.fromarray(noise), kind)
        with pytest.raises(ValueError, match="damaged"):
            read_image(content[: len(content) // 2])


def test_long_files_are_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(image_files, "MAX_BYTES", 1000)
    path = tmp_path / "long.png"
    path.write_bytes(bytes(1001))
    for source in (path, bytes(1001)):
        with pytest.raises(ValueError, match=r"has 0\.0 MB; at most"):
            read_image(source)


@pytest.mark.parametrize(("side", "limit"), [(8_000, 13), (60_000, 50)])
def test_picture_bombs_are_refused(side, limit):
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises(ValueError, match=f"at most {limit} million"):
        read_image(bomb)
