"""Uploaded pictures with many pixels: what they cost, and that they are read right."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data import read_image
from data.pictures import image_files

ROOT = Path(__file__).parents[3]
STATUS = Path("/proc/self/status")

# VmHWM and not ru_maxrss, in which a child starts with what its parent took.
MEASURE = f"""
import json, sys
from concurrent.futures import ThreadPoolExecutor
import data

def peak():
    with open("{STATUS}") as file:
        line = next(line for line in file if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024

def read(path):
    try:
        return float(data.find_digits(data.read_image(path))[0].image.sum())
    except ValueError as error:
        return str(error)

small, visitors, *paths = sys.argv[1:]
read(small)
before = peak()
with ThreadPoolExecutor(int(visitors)) as pool:
    said = list(pool.map(read, paths))
print(json.dumps([peak() - before, said]))
"""


def stroke(width, height):
    image = Image.new("L", (width, height), 255)
    image.paste(0, (width * 4 // 10, height // 5, width * 6 // 10, height * 4 // 5))
    return image


def measure(tmp_path, *contents, visitors=1):
    """Megabytes that reading pictures takes at most, by so many visitors at once, and what came out
    of each."""
    if not STATUS.exists():
        pytest.skip("needs /proc/self/status to see how much memory was taken at most")
    stroke(30, 30).save(tmp_path / "small.png")
    paths = [tmp_path / f"large-{number}" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    arguments = [tmp_path / "small.png", str(visitors), *paths]
    result = subprocess.run(
        [sys.executable, "-c", MEASURE, *arguments], cwd=ROOT, capture_output=True, check=True
    )
    return json.loads(result.stdout)


def encode(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(("width", "height", "read"), [(4080, 3072, True), (7000, 7000, False)])
def test_a_large_picture_takes_little_memory(tmp_path, width, height, read):
    image = stroke(width, height)
    kinds = {"WEBP": {"quality": 1, "method": 0}, "PNG": {"compress_level": 1}, "GIF": {}}
    contents = [encode(image, kind, **options) for kind, options in kinds.items()]
    megabytes, said = measure(tmp_path, *contents)
    assert megabytes < 230
    for one in said:
        assert one > 50 if read else "at most 13 million" in one


def test_several_visitors_do_not_multiply_it(tmp_path):
    content = encode(stroke(4000, 3000), "WEBP", quality=1, method=0)
    megabytes, said = measure(tmp_path, *[content] * 6, visitors=6)
    assert megabytes < 270
    assert len(said) == 6
    assert min(said) > 50


def test_large_photos_take_little_memory(tmp_path):
    image = stroke(6000, 4000).convert("RGB")
    contents = [
        encode(image, "JPEG", subsampling=0, **options) for options in ({}, {"progressive": True})
    ]
    megabytes, said = measure(tmp_path, *contents)
    assert megabytes < 230
    assert min(said) > 50


def test_a_progressive_photo_has_a_limit_of_its_own():
    with pytest.raises(ValueError, match="at most 25 million"):
        read_image(encode(Image.new("L", (6000, 6000)), "JPEG", progressive=True))


@pytest.mark.parametrize("size", [(1, 13_000_000), (13_000_000, 1), (1, 30_001)])
def test_a_thread_is_no_picture(size):
    with pytest.raises(ValueError, match="the longer side may have 30,000"):
        read_image(encode(Image.new("1", size), "PNG"))
    assert read_image(encode(Image.new("1", (1, 30_000)), "PNG")).shape == (2000, 1, 4)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_shrinking_in_strips_is_shrinking_the_whole(monkeypatch, mode):
    monkeypatch.setattr(image_files, "MAX_SIDE", 100)
    monkeypatch.setattr(image_files, "_STRIP_ROWS", 16)
    noise = np.random.default_rng(0).integers(0, 256, (291, 155, 4), np.uint8)
    image = Image.fromarray(noise)
    content = encode(image if mode == "RGBA" else image.convert(mode), "PNG")
    result = read_image(content)
    assert result.shape == (97, 52, 4)
    whole = Image.open(io.BytesIO(content)).convert("RGBA").reduce(3)
    np.testing.assert_array_equal(result, np.asarray(whole))


@pytest.mark.parametrize(("size", "factor"), [((2000, 500), 1), ((2001, 500), 2), ((500, 6001), 4)])
def test_no_side_is_longer_than_2000(size, factor):
    result = read_image(encode(Image.new("L", size), "PNG"))
    assert result.shape == (-(-size[1] // factor), -(-size[0] // factor), 4)


@pytest.mark.parametrize(
    ("kind", "options"), [("PNG", {}), ("WEBP", {}), ("TIFF", {"compression": "tiff_deflate"})]
)
def test_large_pictures_from_a_turned_camera_are_upright(kind, options):
    image = Image.new("RGB", (4000, 2000), "white")
    image.paste((0, 0, 0), (0, 0, 1000, 2000))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise to look upright
    result = read_image(encode(image, kind, exif=exif, **options))
    assert result.shape == (2000, 1000, 4)
    assert result[:450, :, :3].mean() < 30
    assert result[-450:, :, :3].mean() > 220
