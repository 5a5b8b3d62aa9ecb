"""Pictures with more than 8 bits of grey look as their 8-bit copies do."""

import io

import numpy as np
import pytest
from PIL import Image

from data import find_digits, read_image

BYTES = np.linspace(0, 255, 16).round().astype(np.uint8).reshape(4, 4)
DEEP = BYTES.astype(np.uint16) * 257


def read(pixels, kind="TIFF", **options):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **options)
    return read_image(buffer.getvalue())


def grey(pixels, kind="TIFF", **options):
    result = read(pixels, kind, **options)
    np.testing.assert_array_equal(result[..., :3], result[..., :1].repeat(3, axis=2))
    assert (result[..., 3] == 255).all()
    return result[..., 0]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_16_bits_as_8(kind):
    np.testing.assert_array_equal(grey(DEEP, kind), BYTES)


@pytest.mark.parametrize(
    "pixels",
    [
        DEEP.astype(">u2"),  # the other order of bytes
        DEEP.astype(np.int32),
        DEEP.astype(np.float32) / 65535,
        DEEP.astype(np.float32) * 3,  # no range is usual above 1: from the least to the most
        DEEP.astype(np.int32) - 1000,  # such as Hounsfield units
        (DEEP >> 4).astype(np.uint16),  # 12 bits in 16
        BYTES.astype(np.uint16),  # 8 bits in 16
    ],
)
def test_black_and_white_by_the_range_of_the_numbers(pixels):
    np.testing.assert_allclose(grey(pixels), BYTES, atol=1)


def test_a_dark_picture_is_not_made_brighter():
    pixels = np.array([[0, 70 * 257], [140 * 257, 130 * 257]], np.uint16)
    np.testing.assert_array_equal(grey(pixels), [[0, 70], [140, 130]])


def test_white_may_be_zero():
    np.testing.assert_array_equal(grey(DEEP, tiffinfo={262: 0}), 255 - BYTES)


@pytest.mark.filterwarnings("error")
def test_what_is_no_number_is_black():
    pixels = np.array([[0.5, np.nan], [1, np.inf]], np.float32)
    np.testing.assert_array_equal(grey(pixels), [[128, 0], [255, 255]])
    assert (grey(np.full((2, 2), np.nan, np.float32)) == 0).all()
    assert (grey(np.full((2, 2), -7, np.int32)) == 0).all()


@pytest.mark.parametrize("mode", ["P", "LA", "CMYK"])
def test_other_pixels_keep_their_greys(mode):
    image = Image.fromarray(BYTES)
    image = image.convert("RGB").convert(mode) if mode == "CMYK" else image.convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, "TIFF" if mode == "CMYK" else "PNG")
    np.testing.assert_array_equal(read_image(buffer.getvalue())[..., 0], BYTES)


def test_a_transparent_colour_of_a_palette_is_transparent():
    image = Image.fromarray(BYTES).convert("P")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", transparency=image.getpixel((1, 0)))
    alpha = read_image(buffer.getvalue())[..., 3]
    assert alpha[0, 1] == 0
    assert (alpha == 0).sum() == 1


@pytest.mark.parametrize("bits", [16, 12])
def test_a_digit_is_found_on_a_large_scan(bits):
    scan = np.full((3000, 2200), 0.85 * 2**bits, np.uint16)
    scan[800:2200, 1000:1200] = 0.1 * 2**bits
    (digit,) = find_digits(read(scan, compression="tiff_deflate"))
    (same,) = find_digits(read((scan >> (bits - 8)).astype(np.uint8), "PNG"))
    np.testing.assert_allclose(digit.image, same.image, atol=0.05)
