"""HEIC, the photos of iPhones."""

import io
import struct

import numpy as np
import pytest
from PIL import Image
from pillow_heif import register_heif_opener

from data import find_digits, read_image
from data.pictures import image_files


def heic(image, **options):
    register_heif_opener()
    buffer = io.BytesIO()
    image.save(buffer, "HEIF", **options)
    return buffer.getvalue()


def stroke(width, height):
    image = Image.new("RGB", (width, height), "white")
    image.paste((0, 0, 0), (width * 4 // 10, height // 5, width * 6 // 10, height * 4 // 5))
    return image


def test_a_digit_is_found():
    (digit,) = find_digits(read_image(heic(stroke(400, 300))))
    assert digit.image.sum() > 50


def test_one_from_a_turned_camera_is_upright():
    image = Image.new("RGB", (80, 40), "white")
    image.paste((0, 0, 0), (0, 0, 20, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise to look upright
    result = read_image(heic(image, exif=exif.tobytes()))
    assert result.shape == (80, 40, 4)
    assert result[:15, :, :3].mean() < 30
    assert result[-40:, :, :3].mean() > 220


def test_a_large_one_is_refused_undecoded(monkeypatch):
    monkeypatch.setattr(image_files, "MAX_HEIC_PIXELS", 10_000)
    with pytest.raises(ValueError, match="has 120 x 100 pixels; at most"):
        read_image(heic(stroke(120, 100)))


def test_one_that_is_larger_than_it_says_is_refused():
    content = bytearray(heic(stroke(640, 480)))
    place = content.index(b"ispe") + 8
    assert struct.unpack_from(">II", content, place) == (640, 480)
    struct.pack_into(">II", content, place, 64, 64)
    with pytest.raises(ValueError, match="damaged"):
        read_image(bytes(content))


def test_damaged_ones_are_refused():
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    content = heic(Image.fromarray(noise))
    with pytest.raises(ValueError, match=r"damaged|not a picture"):
        read_image(content[: len(content) // 2])
    with pytest.raises(ValueError, match="not a picture"):
        read_image(content[:4] + b"ftypavif" + content[12:])
