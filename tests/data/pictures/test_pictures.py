"""Digits on pictures: found on photos of paper, and left out what is none."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

import nn
from data import NoDigit, find_digits, read_image
from tests.data.pictures import photos
from tests.data.pictures.ballpoint import drawn
from tests.data.pictures.measures import similarity

MODEL = Path(__file__).parents[3] / "models" / "default.safetensors"
DISTORTED = ("blur", "small", "ruled, perspective")


def sheet(size=(400, 300), paper="white"):
    image = Image.new("RGBA", size, paper)
    return image, ImageDraw.Draw(image)


def likeness(image, mask):
    """Correlation of an image with that of a clean drawing, a mask in [0, 1]."""
    grey = np.uint8(255 * mask)
    (clean,) = find_digits(np.dstack([grey, grey, grey, np.full_like(grey, 255)]))
    return similarity(image, clean.image)


@pytest.mark.parametrize("style", photos.STYLES)
def test_digit_is_found_on_every_kind_of_photo(style):
    rng = np.random.default_rng(1)
    digit = drawn(5, 0.1, rng)
    settings = {"side": 400, **photos.STYLES[style], "angle": 0}
    (found,) = find_digits(read_image(photos.take_photo(digit, rng, settings)))
    assert likeness(found.image, digit) > (0.9 if style not in DISTORTED else 0.8)


@pytest.mark.parametrize("several", [True, False])
def test_a_sheet_on_a_table_is_no_digit_but_what_is_written_on_it(several):
    rng = np.random.default_rng(2)
    mask = drawn(2, 0.1, rng)
    digit = Image.fromarray(np.uint8(255 * mask)).resize((200, 200))
    photo = Image.new("RGB", (600, 500), (120, 84, 52))
    photo.paste((243, 241, 236), (80, 60, 500, 450))
    photo.paste((30, 30, 40), (190, 160), digit)
    grain = rng.normal(0, 4, (500, 600, 1))
    pixels = np.uint8(np.clip(np.asarray(photo) + grain, 0, 255))
    (found,) = find_digits(np.dstack([pixels, np.full((500, 600), 255, np.uint8)]), several=several)
    assert likeness(found.image, mask) > 0.9
    assert 190 <= found.box.left < found.box.right <= 390
    assert 160 <= found.box.top < found.box.bottom <= 360


def test_an_empty_sheet_on_a_table_is_what_it_looks_like():
    pixels = np.full((200, 300, 4), (120, 84, 52, 255), np.uint8)
    pixels[40:160, 60:200, :3] = 240
    (found,) = find_digits(pixels)
    assert (found.box.width, found.box.height) == (140, 120)


def test_mixed_photos_are_read_as_what_was_written():
    network = nn.load(MODEL)
    rng = np.random.default_rng(3)
    right = 0
    for digit in [0, 2, 3, 4, 5, 6, 7, 8, 9] * 2:
        style = photos.mixed_style(rng) | {"side": 400, "size": 0.4}
        photo = photos.take_photo(drawn(digit, 0.1, rng), rng, style)
        try:
            largest = max(find_digits(read_image(photo)), key=lambda found: found.box.size)
        except NoDigit:
            continue
        right += network.predict_proba(largest.image[None])[0].argmax() == digit
    assert right >= 15


def test_photos_without_a_digit_have_none(subtests):
    for name, photo in photos.empty_photos(np.random.default_rng(0)).items():
        with subtests.test(name):
            with pytest.raises(NoDigit) as caught:
                find_digits(read_image(photo))
            texture = name == "noise" or name.endswith("texture")
            assert (caught.value.reason == "scattered") == texture


def test_an_evenly_coloured_picture_is_empty():
    with pytest.raises(NoDigit, match="nothing to recognise") as caught:
        find_digits(np.asarray(sheet()[0]))
    assert caught.value.reason == "empty"


def test_a_page_full_of_signs_is_scattered():
    image, draw = sheet()
    for x in range(20, 380, 40):
        for y in range(20, 280, 40):
            draw.ellipse((x, y, x + 15, y + 20), outline="black", width=3)
    with pytest.raises(NoDigit) as caught:
        find_digits(np.asarray(image))
    assert caught.value.reason == "scattered"


def test_ink_as_bright_as_the_paper_is_seen_by_its_colour():
    # Both have a brightness of 76 (ITU-R 601: 0.299 R + 0.587 G + 0.114 B).
    image, draw = sheet(paper=(255, 0, 0))
    draw.line([(150, 50), (250, 50), (190, 250)], (0, 130, 0), 20)
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).line([(150, 50), (250, 50), (190, 250)], 255, 20)
    assert likeness(find_digits(np.asarray(image))[0].image, np.asarray(mask) / 255) > 0.99


def test_a_number_is_found_digit_by_digit_with_their_boxes():
    image, draw = sheet((1600, 800))
    corners = [(200, 200, 300, 500), (450, 210, 650, 490), (820, 190, 900, 510)]
    for corner in corners:
        draw.rectangle(corner, outline="black", width=30)
    found = find_digits(np.asarray(image))
    assert len(found) == 3
    for digit, corner in zip(found, corners, strict=True):
        # The picture is shrunk three times on the way.
        np.testing.assert_allclose(digit.box, corner, atol=4)


def test_a_number_on_a_photo():
    rng = np.random.default_rng(2)
    digits = [drawn(digit, 0.1, rng)[:, 90:310] for digit in (4, 2, 7)]
    settings = {"lines": "squared", "ink": "blue", "shadow": 0.4, "angle": 0}
    photo = photos.take_photo(np.hstack(digits), rng, settings)
    found = find_digits(read_image(photo))
    assert len(found) == 3
    for one, digit in zip(found, digits, strict=True):
        assert likeness(one.image, digit) > 0.85


def test_the_bar_of_a_5_beside_it_and_the_end_of_a_broken_stroke_belong_to_the_digit():
    image, draw = sheet()
    draw.line([(150, 60), (150, 130), (220, 150), (210, 220), (140, 230)], "black", 14)
    draw.line([(168, 52), (240, 52)], "black", 14)
    draw.line([(120, 234), (95, 228)], "black", 14)
    (digit,) = find_digits(np.asarray(image))
    np.testing.assert_allclose(digit.box, (95, 45, 240, 240), atol=6)


@pytest.mark.parametrize("beside", [(395, 120, 400, 200), (20, 20, 28, 28), (60, 0, 100, 12)])
def test_dirt_and_what_the_edge_cuts_off_are_left_out(beside):
    image, draw = sheet()
    draw.rectangle((150, 80, 250, 220), outline="black", width=20)
    draw.rectangle(beside, fill="black")
    (digit,) = find_digits(np.asarray(image))
    np.testing.assert_allclose(digit.box, (150, 80, 251, 221), atol=2)


@pytest.mark.parametrize("shaded", [False, True])
def test_a_digit_may_touch_all_four_edges(shaded):
    image, draw = sheet((100, 140), (230, 225, 215))
    draw.ellipse((-1, -1, 100, 140), outline=(40, 40, 60), width=14)
    rgba = np.array(image)
    if shaded:
        light = np.linspace(1, 0.5, 140)[:, None, None]
        rgba[..., :3] = rgba[..., :3] * light
    (digit,) = find_digits(rgba)
    assert tuple(digit.box) == (0, 0, 100, 140)
    assert digit.image[14, 14] == 0


def test_thin_strokes_become_nearly_as_thick_as_those_of_mnist():
    image, draw = sheet((600, 600))
    draw.line([(200, 100), (200, 500), (400, 500)], "black", 6)
    (digit,) = find_digits(np.asarray(image))
    # 6 of 400 pixels would be 0.3 of 20; MNIST's strokes have 2.3 or more, rims included.
    assert digit.image[10].sum() == pytest.approx(2.0, abs=0.3)
    assert digit.image.max() == pytest.approx(1, abs=0.03)


def test_every_reason_has_words_of_its_own():
    words = {str(NoDigit(reason)) for reason in ("empty", "faint", "scattered")}
    assert len(words) == 3
