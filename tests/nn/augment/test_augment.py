"""Distorted images: where their pixels go, how bold their strokes are, and what is refused."""

import numpy as np
import pytest
from scipy import ndimage

import nn
from nn.augment.thickness import change_thickness
from nn.augment.warp import random_positions, resample

EVERYTHING = nn.Augmentation(
    rotation=20, scaling=0.3, shear=20, shift=3, elastic=2, thickness=1, writing_styles=1
)
CROSS = ndimage.generate_binary_structure(2, 1)


class End:
    """A stand-in for a random generator: every number is at one end, +1 or -1, of its range."""

    def __init__(self, sign):
        self.sign = sign

    def uniform(self, low, high, size):
        return np.full(size, high if self.sign > 0 else low)


def noise(count=3, side=28, seed=1):
    return np.random.default_rng(seed).integers(0, 256, (count, side, side)).astype(np.uint8)


def blob(side=28):
    """A smooth spot that is not round and not in the middle."""
    y, x = np.mgrid[:side, :side]
    value = 255 * np.exp(-((y - 11) ** 2 / 18 + (x - 15) ** 2 / 40))
    return value.astype(np.uint8)[None]


def distorted(images, rng, **settings):
    labels = np.zeros(len(images), np.uint8)
    return nn.augment(images, labels, nn.Augmentation(**settings), rng).reshape(images.shape)


def pixel_rows(images):
    """Images (n, side, side) as the inner functions take them."""
    return images.reshape(len(images), -1).T.astype(np.uint16)


def test_nothing_to_do_leaves_the_images_as_they_are():
    images = noise()
    same = distorted(images, np.random.default_rng(0))
    assert np.array_equal(same, images)
    assert not np.shares_memory(same, images)
    assert not nn.Augmentation().is_active


def test_the_given_images_are_not_changed():
    images = noise(100)
    before = images.copy()
    nn.augment(images, np.zeros(100, np.uint8), EVERYTHING, np.random.default_rng(0))
    assert np.array_equal(images, before)


def test_a_shift_by_whole_pixels_moves_every_pixel_and_repeats_the_edge():
    (image,) = images = noise(1)
    moved = distorted(images, End(+1), shift=3)[0]
    # s(p) = p + 3: what is seen at p comes from 3 pixels further down and right.
    assert np.array_equal(moved[:-3, :-3], image[3:, 3:])
    assert np.all(moved[-3:, -3:] == image[-1, -1])
    back = distorted(images, End(-1), shift=3)[0]
    assert np.array_equal(back[3:, 3:], image[:-3, :-3])


def test_shifts_are_spread_evenly_up_to_the_limit():
    images = np.zeros((4000, 21, 21), np.uint8)
    images[:, 10, 10] = 255
    moved = distorted(images, np.random.default_rng(0), shift=2)
    ink = moved.sum((1, 2), dtype=float)
    rows = (moved.sum(2) @ np.arange(21)) / ink - 10
    assert np.abs(rows).max() < 2 + 1 / 16
    assert rows.min() < -1.7
    assert rows.max() > 1.7
    assert abs(rows.mean()) < 0.4


@pytest.mark.parametrize("sign", [+1, -1])
def test_a_quarter_turn(sign):
    images = noise(2)
    turned = distorted(images, End(sign), rotation=90)
    assert np.array_equal(turned, np.rot90(images, sign, axes=(1, 2)))


def test_a_small_turn_is_that_of_scipy():
    turned = distorted(blob(), End(+1), rotation=10)[0]
    expected = ndimage.rotate(blob()[0].astype(float), 10, reshape=False, order=1, mode="nearest")
    np.testing.assert_allclose(turned, expected, atol=3)


@pytest.mark.parametrize(("sign", "factor"), [(+1, 1.25), (-1, 0.75)])
def test_scaling_is_the_share_by_which_width_and_height_change(sign, factor):
    scaled = distorted(blob(), End(sign), scaling=0.25)[0]
    middle = np.full(2, 13.5)
    expected = ndimage.affine_transform(
        blob()[0].astype(float),
        np.eye(2) / factor,
        middle - middle / factor,
        order=1,
        mode="nearest",
    )
    np.testing.assert_allclose(scaled, expected, atol=3)


def test_width_and_height_change_independently():
    images = np.repeat(blob(), 640, axis=0)
    scaled = distorted(images, np.random.default_rng(0), scaling=0.3).astype(float)
    height = scaled.max(2).sum(1)  # of the spot, but for a factor
    width = scaled.max(1).sum(1)
    assert abs(np.corrcoef(height, width)[0, 1]) < 0.5


def test_a_shear_of_45_degrees_makes_a_vertical_line_a_diagonal():
    image = np.zeros((1, 9, 9), np.uint8)
    image[0, :, 4] = 255
    # The source's x is x + y · tan 45°: the top of the line, y = -4, is seen at x = +4.
    expected = np.fliplr(np.eye(9)) * 255
    assert np.array_equal(distorted(image, End(+1), shear=45)[0], expected)
    assert np.array_equal(distorted(image, End(-1), shear=45)[0], np.eye(9) * 255)


def test_values_between_pixels_are_those_of_scipy():
    images = noise(2, side=12)
    rng = np.random.default_rng(3)
    positions = np.round(rng.uniform(-2, 14, (2, 144)) * 16) / 16  # also outside
    ours = resample(pixel_rows(images), 12, positions)
    for column, image in zip(ours.T, images, strict=True):
        expected = ndimage.map_coordinates(image.astype(float), positions, order=1, mode="nearest")
        assert np.abs(column - expected).max() <= 0.5


def waves(count, **settings):
    """Displacements (count, 2, side, side) in pixels."""
    rng = np.random.default_rng(0)
    grid = np.mgrid[:28, :28]
    moved = random_positions(nn.Augmentation(**settings), 28, count, rng)
    return moved.reshape(count, 2, 28, 28) - grid


def test_elastic_waves_have_the_root_mean_square_asked_for_everywhere():
    moved = waves(3000, elastic=1.5, elastic_sigma=3)
    assert np.sqrt(np.mean(moved**2)) == pytest.approx(1.5, rel=0.02)
    each_pixel = np.sqrt(np.mean(moved**2, axis=0))
    np.testing.assert_allclose(each_pixel, 1.5, rtol=0.1)


@pytest.mark.parametrize("sigma", [3, 5])
def test_elastic_waves_are_as_smooth_as_a_gaussian_of_that_width_makes_them(sigma):
    moved = waves(3000, elastic=1, elastic_sigma=sigma)
    row = moved[:, :, 14]
    for distance in (1, 3, 6):
        together = np.mean(row[..., 11] * row[..., 11 + distance])
        # Noise smoothed by a Gaussian has a Gaussian of √2 times the width as its correlation.
        assert together == pytest.approx(np.exp(-(distance**2) / (4 * sigma**2)), abs=0.06)


def test_rows_and_columns_move_independently_of_each_other():
    moved = waves(2000, elastic=1)
    assert abs(np.mean(moved[:, 0, 14, 14] * moved[:, 1, 14, 14])) < 0.1


@pytest.mark.parametrize(
    ("change", "extreme"), [(1, ndimage.grey_dilation), (-1, ndimage.grey_erosion)]
)
def test_thickness_is_a_step_of_dilation_or_erosion(change, extreme):
    images = noise(2)
    changed = change_thickness(pixel_rows(images), 28, change).T.reshape(images.shape)
    expected = np.array([extreme(image, footprint=CROSS) for image in images])
    assert np.array_equal(changed, expected)
    half = change_thickness(pixel_rows(images), 28, change / 2).T.reshape(images.shape)
    np.testing.assert_allclose(half, (images / 2 + expected / 2), atol=1)


def test_thickness_makes_some_bolder_and_some_finer_and_none_more_than_asked():
    images = np.repeat(blob(), 500, axis=0)
    changed = distorted(images, np.random.default_rng(0), thickness=0.5)
    bolder = ndimage.grey_dilation(blob()[0], footprint=CROSS) / 2 + blob()[0] / 2
    finer = ndimage.grey_erosion(blob()[0], footprint=CROSS) / 2 + blob()[0] / 2
    assert np.all(changed <= bolder + 1)
    assert np.all(changed >= finer - 1)
    sums = changed.sum((1, 2), dtype=int)
    assert 0.3 < np.mean(sums > blob().sum(dtype=int)) < 0.7


@pytest.mark.parametrize("value", [0, 255])
def test_images_of_one_value_keep_it(value):
    images = np.full((200, 28, 28), value, np.uint8)
    labels = np.arange(200) % 10
    result = nn.augment(images, labels, EVERYTHING, np.random.default_rng(0))
    assert np.all(result == value)


def test_the_same_numbers_give_the_same_images():
    images, labels = noise(100), np.arange(100) % 10
    one, same, other = (
        nn.augment(images, labels, EVERYTHING, np.random.default_rng(seed)) for seed in (4, 4, 5)
    )
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("count", [64, 128, 1000, 4096])
def test_neighbours_in_the_order_are_distorted_differently(count):
    images = np.repeat(noise(1), count, axis=0)
    result = distorted(images, np.random.default_rng(0), rotation=30, shift=2)
    for begin in range(0, count - 63, 64):
        assert len(np.unique(result[begin : begin + 64], axis=0)) == 64


def test_no_images_are_fine():
    assert distorted(noise(0), np.random.default_rng(0), rotation=10).shape == (0, 28, 28)


@pytest.mark.parametrize(
    ("images", "named"),
    [
        (np.zeros((2, 784), np.float32), r"float32 of shape \(2, 784\)"),
        (np.zeros((2, 20), np.uint8), r"uint8 of shape \(2, 20\)"),
        (np.zeros((2, 4, 16), np.uint8), r"uint8 of shape \(2, 4, 16\)"),
        (np.zeros((2, 1), np.uint8), r"uint8 of shape \(2, 1\)"),
    ],
)
def test_refuses_images_that_are_not_square_bytes(images, named):
    with pytest.raises(ValueError, match="images to be augmented must be square .* got " + named):
        nn.augment(images, np.zeros(2), nn.Augmentation(rotation=1), np.random.default_rng(0))


def test_refuses_labels_that_are_not_as_many():
    images, rng = np.zeros((3, 4, 4), np.uint8), np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"labels must have shape \(3,\), got \(2,\)"):
        nn.augment(images, [1, 2], nn.Augmentation(), rng)


@pytest.mark.parametrize("setting", [{"shear": 61}, {"elastic_sigma": 0}, {"thickness": True}])
def test_refuses_a_setting_out_of_range_by_its_name(setting):
    (name,) = setting
    with pytest.raises(ValueError, match=f"{name} must be a number in"):
        nn.Augmentation(**setting)
