"""Drawings in pictures become images like MNIST's."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from data import NoDigit, find_digits
from tests.data.pictures.measures import box, centre_of_mass

WHITE, BLACK, CLEAR = (255, 255, 255, 255), (0, 0, 0, 255), (0, 0, 0, 0)


def image_of(rgba):
    """The image of the only digit on a picture."""
    (digit,) = find_digits(rgba)
    return digit.image


def picture(size=(280, 280), background=BLACK):
    image = Image.new("RGBA", size, background)
    return image, ImageDraw.Draw(image)


def seven(background=BLACK, pen=WHITE, shift=(0, 0), factor=1.0, width=14):
    image, draw = picture(background=background)
    points = [(60, 60), (150, 60), (90, 200)]
    draw.line([(x * factor + shift[0], y * factor + shift[1]) for x, y in points], pen, width)
    return np.asarray(image)


def test_result_is_a_float_image_between_0_and_1():
    image = image_of(seven())
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert image.min() == 0
    assert 0.9 < image.max() <= 1


def test_longer_side_is_20_and_mass_is_in_the_middle():
    image, draw = picture()
    draw.rectangle((50, 40, 50 + 74, 40 + 149), fill=WHITE)
    draw.rectangle((50, 40, 50 + 149, 40 + 49), fill=WHITE)
    # The corner's two arms are 150 long; the one going down is 75 wide, the other 50.
    result = image_of(np.asarray(image))
    assert box(result) == (20, 20)
    assert (result > 0.5).sum() == pytest.approx(400 * (0.5 + 0.5 / 3), abs=10)
    for position in centre_of_mass(result):
        assert abs(position - 14) <= 0.5
    tall, draw = picture()
    draw.rectangle((10, 100, 10 + 74, 100 + 149), fill=WHITE)
    assert box(image_of(np.asarray(tall))) == (20, 10)


@pytest.mark.parametrize("size", [(20, 10), (28, 28), (280, 280), (333, 500), (1500, 900)])
def test_any_size_of_picture(size):
    image, draw = picture(size)
    width, height = size
    draw.rectangle((width * 0.3, height * 0.2, width * 0.5, height * 0.8), fill=WHITE)
    result = image_of(np.asarray(image))
    assert max(box(result)) == 20
    assert result.max() == pytest.approx(1)


def test_place_and_size_of_the_drawing_do_not_matter():
    reference = image_of(seven())
    moved = image_of(seven(shift=(70, 33)))
    smaller = image_of(seven(factor=0.5, width=7))
    np.testing.assert_array_equal(moved, reference)
    assert np.abs(smaller - reference).mean() < 0.02


@pytest.mark.parametrize(
    ("background", "pen"),
    [
        (WHITE, BLACK),
        (CLEAR, BLACK),
        (CLEAR, WHITE),
        ((255, 255, 255, 0), (200, 30, 30, 255)),
    ],
)
def test_colours_do_not_matter(background, pen):
    np.testing.assert_allclose(image_of(seven(background, pen)), image_of(seven()), atol=1e-6)


@pytest.mark.parametrize(
    ("background", "pen"),
    [((30, 30, 34, 255), (220, 220, 60, 255)), ((240, 240, 200, 255), (40, 60, 160, 255))],
)
def test_weak_contrast_is_stretched(background, pen):
    np.testing.assert_allclose(image_of(seven(background, pen)), image_of(seven()), atol=0.01)


def test_half_transparent_ink_counts_half():
    image, draw = picture(background=CLEAR)
    draw.rectangle((100, 50, 119, 249), fill=(255, 255, 255, 255))
    draw.rectangle((100, 50, 119, 149), fill=(255, 255, 255, 128))
    column = image_of(np.asarray(image)).max(1)
    assert column[column > 0][:10] == pytest.approx(0.5, abs=0.06)
    assert column[column > 0][-9:] == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize("background", [WHITE, BLACK, CLEAR, (90, 120, 30, 255), (255, 0, 0, 0)])
def test_empty_pictures_are_said_to_be_empty(background):
    for size in ((280, 280), (1, 1)):
        with pytest.raises(NoDigit) as caught:
            find_digits(np.asarray(picture(size, background)[0]))
        assert caught.value.reason == "empty"


def test_a_dot_is_something():
    image, draw = picture()
    draw.ellipse((100, 100, 104, 104), fill=WHITE)
    assert box(image_of(np.asarray(image)))[0] == 20


def test_lopsided_drawing_stays_inside():
    # Nearly all mass at the top of a long thin line: centring it would push the line out.
    image, draw = picture()
    draw.rectangle((80, 20, 180, 90), fill=WHITE)
    draw.line((130, 20, 130, 250), WHITE, 3)
    result = image_of(np.asarray(image))
    assert (result > 0).any(1).sum() == 20


@pytest.mark.parametrize("dark_on_light", [False, True])
@pytest.mark.parametrize(
    ("resampling", "similarity"),
    [(Image.Resampling.NEAREST, 0.99), (Image.Resampling.BICUBIC, 0.94)],
)
def test_redrawn_mnist_digits_come_back(mnist_bytes, resampling, similarity, dark_on_light):
    # The first 30 test images, enlarged to the size of a canvas.
    content = mnist_bytes["t10k-images-idx3-ubyte"][16 : 16 + 30 * 784]
    originals = np.frombuffer(content, np.uint8).reshape(-1, 28, 28)
    similarities = []
    for original in originals:
        grey = np.asarray(Image.fromarray(original).resize((280, 280), resampling))
        if dark_on_light:
            grey = 255 - grey
        result = image_of(np.dstack([grey, grey, grey, np.full_like(grey, 255)]))
        assert max(box(result, 0)) == 20
        for position in centre_of_mass(result):
            assert abs(position - 14) <= 0.5
        similarities.append(np.corrcoef(result.ravel(), original.ravel())[0, 1])
    assert np.mean(similarities) > similarity


def photo(dark_ink=True, drawn=True):
    """A sheet in uneven light with a shadow's edge across it and grain, ink in blue."""
    rows, columns = np.mgrid[0:500, 0:400] / 500
    light = 150 + 60 * rows + 40 * columns
    light *= np.where(rows + columns > 0.9, 0.8, 1.0)
    mask = Image.new("L", (400, 500))
    if drawn:
        points = [(120, 120), (240, 120), (170, 330)]
        ImageDraw.Draw(mask).line(points, 255, 16)
    ink = np.asarray(mask)[..., None] / 255
    grain = np.random.default_rng(0).normal(0, 6, (500, 400, 1))
    colour = np.array([40, 50, 140]) if dark_ink else np.array([250, 250, 240])
    if not dark_ink:
        light *= 0.4
    sheet = light[..., None] * (1 - ink) + colour * ink + grain
    rgb = np.clip(sheet, 0, 255).astype(np.uint8)
    return np.dstack([rgb, np.full((500, 400), 255, np.uint8)])


@pytest.mark.parametrize("dark_ink", [True, False])
def test_photo_with_shadow_and_grain(dark_ink):
    image, draw = picture((400, 500))
    draw.line([(120, 120), (240, 120), (170, 330)], WHITE, 16)
    clean = image_of(np.asarray(image))
    result = image_of(photo(dark_ink))
    assert np.corrcoef(result.ravel(), clean.ravel())[0, 1] > 0.9


def test_photo_of_a_blank_sheet_is_empty():
    with pytest.raises(NoDigit):
        find_digits(photo(drawn=False))


@pytest.mark.parametrize(
    "wrong",
    [
        np.zeros((28, 28), np.uint8),
        np.zeros((28, 28, 3), np.uint8),
        np.zeros((28, 28, 4), np.float32),
        np.zeros((0, 28, 4), np.uint8),
    ],
)
def test_other_arrays_are_refused(wrong):
    with pytest.raises(ValueError, match=r"rgba must be uint8 of shape \(height, width, 4\)"):
        find_digits(wrong)
