"""Digits on digital pictures: what surrounds them and what is printed under them is left out."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from data import find_digits
from tests.data.pictures import photos
from tests.data.pictures.ballpoint import drawn
from tests.data.pictures.measures import similarity

SIZE = WIDTH, HEIGHT = 400, 300
BOX = (155, 55, 245, 245)
LIGHT, DARK = ("white", "black"), ((30, 30, 34), (235, 235, 235))


def screen(colours=LIGHT):
    image = Image.new("RGB", SIZE, colours[0])
    return image, ImageDraw.Draw(image)


def write(draw, colour):
    """A 7 in `BOX`."""
    draw.line([(162, 62), (238, 62), (190, 238)], colour, 14, joint="curve")


def seven():
    image, draw = screen()
    write(draw, "black")
    (digit,) = find_digits(np.asarray(image.convert("RGBA")))
    return digit.image


def assert_is_seven(rgba):
    (digit,) = find_digits(rgba)
    np.testing.assert_allclose(digit.box, BOX, atol=9)
    assert similarity(digit.image, seven()) > 0.9


def frame(draw, colour, inset, width):
    box = (inset, inset, WIDTH - 1 - inset, HEIGHT - 1 - inset)
    draw.rectangle(box, outline=colour, width=width)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize(("inset", "width"), [(0, 1), (0, 4), (0, 20), (12, 1), (25, 3), (40, 6)])
def test_a_frame_is_left_out(colours, inset, width):
    image, draw = screen(colours)
    frame(draw, colours[1], inset, width)
    write(draw, colours[1])
    assert_is_seven(np.asarray(image.convert("RGBA")))


def test_frames_in_frames_and_round_ones_are_left_out():
    image, draw = screen()
    frame(draw, "black", 0, 3)
    frame(draw, "grey", 10, 2)
    draw.rounded_rectangle((120, 20, 280, 280), 25, outline="black", width=3)
    write(draw, "black")
    assert_is_seven(np.asarray(image.convert("RGBA")))


@pytest.mark.parametrize("inset", [10, 45])
def test_a_number_in_a_frame_is_found_digit_by_digit(inset):
    image, draw = screen()
    frame(draw, "black", inset, 3)
    boxes = [(80, 90, 130, 210), (175, 95, 225, 200), (270, 90, 320, 215)]
    for box in boxes:
        draw.ellipse(box, outline="black", width=10)
    found = find_digits(np.asarray(image.convert("RGBA")))
    np.testing.assert_allclose([digit.box for digit in found], boxes, atol=2)


@pytest.mark.parametrize("colour", ["black", (20, 60, 160)])
@pytest.mark.parametrize("width", [2, 3, 4])
def test_a_frame_on_a_saved_jpeg_and_a_large_picture(colour, width):
    image, draw = screen()
    frame(draw, colour, 12, width)
    write(draw, colour)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=60)
    (digit,) = find_digits(np.asarray(Image.open(file).convert("RGBA")))
    np.testing.assert_allclose(digit.box, BOX, atol=9)
    large = image.resize((5 * WIDTH, 5 * HEIGHT)).convert("RGBA")
    (digit,) = find_digits(np.asarray(large))
    np.testing.assert_allclose(digit.box, 5 * np.array(BOX), atol=45)


@pytest.mark.parametrize(("margin", "radius"), [(30, 0), (30, 12), (0, 20), (0, 100)])
@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_transparent_margins_and_corners_are_not_the_background(colours, margin, radius):
    image, draw = screen(colours)
    write(draw, colours[1])
    window = Image.new("L", SIZE)
    box = (margin, margin, WIDTH - 1 - margin, HEIGHT - 1 - margin)
    ImageDraw.Draw(window).rounded_rectangle(box, radius, fill=255)
    clear = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    clear.paste(image, mask=window)
    assert_is_seven(np.asarray(clear))


def test_a_drawing_in_two_colours_on_a_transparent_background_is_ink():
    image = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    write(draw, "black")
    draw.rectangle((0, 150, WIDTH, HEIGHT), fill=(0, 0, 0, 0))
    blue = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    write(ImageDraw.Draw(blue), "blue")
    image.paste(blue.crop((0, 150, WIDTH, HEIGHT)), (0, 150))
    assert_is_seven(np.asarray(image))


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("first", [0, 9])
def test_printed_lines_are_left_out(colours, squared, first):
    image, draw = screen(colours)
    for y in range(first, HEIGHT, 24):
        draw.line((0, y, WIDTH, y), (110, 140, 200))
    for x in range(first, WIDTH if squared else 0, 24):
        draw.line((x, 0, x, HEIGHT), (110, 140, 200))
    write(draw, colours[1])
    assert_is_seven(np.asarray(image.convert("RGBA")))


@pytest.mark.parametrize("within", ["nothing", "dot", "slash", "loop"])
@pytest.mark.parametrize("margin", [4, 60])
@pytest.mark.parametrize("pen", [3, 10, 30])
def test_a_0_with_something_in_it_stays_one(within, margin, pen):
    image, draw = screen()
    box = (margin + 60, margin, WIDTH - margin - 60, HEIGHT - margin)
    draw.ellipse(box, outline="black", width=pen)
    inside = {"dot": (190, 140, 210, 160), "loop": (170, 100, 230, 200)}
    if within in inside:
        draw.ellipse(inside[within], fill="black")
    if within == "slash":
        draw.line((220, 110, 180, 190), "black", 6)
    (digit,) = find_digits(np.asarray(image.convert("RGBA")))
    np.testing.assert_allclose(digit.box, box, atol=2)


@pytest.mark.parametrize("fill", [None, "black"])
def test_a_digit_with_straight_sides_is_no_border(fill):
    image, draw = screen()
    box = (20, 12, 380, 288) if fill is None else (20, 20, 380, 280)
    draw.rectangle(box, outline="black", width=30, fill=fill)
    (digit,) = find_digits(np.asarray(image.convert("RGBA")))
    np.testing.assert_allclose(digit.box, box, atol=2)


def test_a_border_around_a_photo_is_left_out():
    rng = np.random.default_rng(1)
    digit = drawn(5, 0.1, rng)
    photo = Image.open(io.BytesIO(photos.take_photo(digit, rng, {"side": 400, "size": 0.6})))
    (alone,) = find_digits(np.asarray(photo.convert("RGBA")))
    bordered = Image.new("RGBA", (photo.width + 30, photo.height + 30), "black")
    bordered.paste(photo, (15, 15))
    (found,) = find_digits(np.asarray(bordered))
    np.testing.assert_allclose(found.box, np.add(alone.box, 15), atol=3)


@pytest.mark.parametrize("digit", [0, 3, 6, 8, 9])
def test_a_thick_digit_that_fills_a_photo_is_found(digit):
    rng = np.random.default_rng(digit)
    mask = drawn(digit, 0.16, rng)
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    mask = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    shade = np.linspace(0.8, 1, mask.shape[1])
    grey = (220 - 180 * mask) * shade + rng.normal(0, 3, mask.shape)
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    (found,) = find_digits(np.dstack([grey, grey, grey, np.full_like(grey, 255)]))
    clean = np.uint8(255 * np.pad(mask, 40))
    (same,) = find_digits(np.dstack([clean, clean, clean, np.full_like(clean, 255)]))
    assert np.corrcoef(found.image.ravel(), same.image.ravel())[0, 1] > 0.9
