"""Marks on digits: where they land, how thick they are, and what they leave alone."""

import numpy as np
import pytest

import nn
from nn.augment.styles import add_styles, fitted, stroke, stroke_widths

MANY = 400
ROWS, COLUMNS = np.mgrid[:28, :28].astype(float)


def ink(distance, width):
    """An image of what is so far from a line, drawn with a pen of this width."""
    return np.rint(255 * np.clip(width / 2 + 0.5 - distance, 0, 1)).astype(np.uint8)


def line(begin, end, width=2.5):
    """A straight stroke, made of many dots."""
    begin, end = np.array(begin, float), np.array(end, float)
    dots = begin + np.linspace(0, 1, 200)[:, None] * (end - begin)
    distance = np.min([np.hypot(ROWS - y, COLUMNS - x) for y, x in dots], axis=0)
    return ink(distance, width)


def ring(row=13.5, column=13.5, radius=8, width=2.5):
    return ink(np.abs(np.hypot(ROWS - row, COLUMNS - column) - radius), width)


def marks(image, digit):
    """The ink that is new on many copies of a digit, (MANY, 28, 28) bool."""
    images = np.repeat(image.reshape(1, 784), MANY, axis=0)
    result = add_styles(images, np.full(MANY, digit), 28, np.random.default_rng(0))
    assert np.all(result >= images)
    return (result > images.astype(int) + 60).reshape(MANY, 28, 28)


def share_with(marked, *boxes):
    """Share of the images that have ink in each of these boxes (rows, columns)."""
    return np.mean(np.all([marked[:, rows, columns].any((1, 2)) for rows, columns in boxes], 0))


def test_a_stroke_has_its_width_and_soft_edges():
    drawn = stroke(np.array([[5.0, 5]]), np.array([[5.0, 10]]), np.array([2.0]), 28)
    drawn = drawn.reshape(28, 28)
    # Half the width and half a pixel of edge: full up to 0.5, half at 1, nothing from 1.5 on.
    assert drawn[3:8, 7].tolist() == [0, 128, 255, 128, 0]
    assert drawn[5, 3:6].tolist() == [0, 128, 255]
    assert drawn[5, 10:13].tolist() == [255, 128, 0]


def test_a_stroke_of_no_length_is_a_dot():
    drawn = stroke(np.array([[5.0, 5]]), np.array([[5.0, 5]]), np.array([2.0]), 28)
    assert drawn.reshape(28, 28)[5, 3:8].tolist() == [0, 128, 255, 128, 0]


@pytest.mark.parametrize("slant", [0, 30, 45, 70, 135])
def test_a_stroke_lies_along_the_line_between_its_ends(slant):
    way = 8 * np.array([np.sin(np.deg2rad(slant)), np.cos(np.deg2rad(slant))])
    begin, end = np.array([[13.0, 14.0]]) - way, np.array([[13.0, 14.0]]) + way
    drawn = stroke(begin, end, np.array([2.5]), 28).reshape(28, 28)
    np.testing.assert_allclose(drawn, line(begin[0], end[0]), atol=2)


@pytest.mark.parametrize("width", [2, 3, 4])
def test_the_width_of_strokes_is_measured(width):
    lines = [
        line((14 - 9 * np.sin(angle), 14 - 9 * np.cos(angle)), (14, 14), width)
        for angle in np.linspace(0, np.pi, 24)
    ]
    images = np.array([ring(width=width), *lines]).reshape(-1, 784)
    of_ring, *of_lines = stroke_widths(images, 28)
    assert of_ring == pytest.approx(width, rel=0.06)
    # The ends of a short line have edges too, which make it seem finer.
    assert 0.65 * width < np.mean(of_lines) < 1.05 * width


def test_the_slash_of_a_0_crosses_its_middle_up_to_the_right():
    marked = marks(ring(), 0)
    assert share_with(marked, (slice(12, 16), slice(12, 16))) == 1
    for one in marked:
        rows, columns = np.nonzero(one)
        assert np.corrcoef(rows, columns)[0, 1] < 0


def test_a_1_gets_a_flag_from_its_top_down_to_the_left_or_a_foot():
    marked = marks(line((4, 14), (23, 14)), 1)
    flag = slice(3, 9), slice(8, 13)
    foot = slice(21, 26), slice(9, 13)
    other_half = slice(21, 26), slice(16, 20)
    assert share_with(marked, flag) == pytest.approx(0.85, abs=0.06)
    assert share_with(marked, foot, other_half) == pytest.approx(0.6, abs=0.08)
    assert not marked[:, :20, 16:].any()  # nothing to the right above the foot
    assert not marked[:, :2].any()


def test_the_bar_of_a_7_crosses_its_stem():
    seven = np.maximum(line((5, 6), (5, 20)), line((5, 20), (23, 10)))
    marked = marks(seven, 7)
    from_stem = np.where((ROWS > 9) & (ROWS < 20), COLUMNS - 20 + (ROWS - 5) / 1.8, 0)
    both_sides = [marked[:, side].any(axis=1) for side in (from_stem < -2, from_stem > 2)]
    assert np.mean(np.all(both_sides, axis=0)) == pytest.approx(0.85, abs=0.06)
    flag = slice(7, 9), slice(4, 9)
    assert share_with(marked, flag) == pytest.approx(0.3, abs=0.08)
    assert not marked[:, 20:].any()


def test_the_hook_of_a_9_goes_left_from_the_end_of_its_stem_and_up():
    nine = np.maximum(ring(9, 14, 5), line((9, 19), (23, 19)))
    marked = marks(nine, 9)
    assert share_with(marked, (slice(21, 28), slice(14, 18))) == 1
    assert not marked[:, :16].any()
    assert not marked[:, :, 22:].any()


def test_marks_are_as_thick_as_the_digit():
    fine, bold = (marks(ring(width=width), 0)[:, 10:18, 10:18].sum() for width in (1.5, 4))
    assert bold > 1.8 * fine


def extent(images):
    """First and last row and column with much ink, (n, 4)."""
    inked = images.reshape(-1, 28, 28) >= 100
    return np.array(
        [[f(np.flatnonzero(one.any(axis))) for f in (min, max) for axis in (1, 0)] for one in inked]
    )


def centre_of_mass(images):
    """Row and column, (n, 2)."""
    x = images.reshape(-1, 28, 28).astype(float)
    return np.stack([(x * at).sum((1, 2)) for at in (ROWS, COLUMNS)], 1) / x.sum((1, 2))[:, None]


def fitted_to(marked, image):
    images = np.repeat(image.reshape(1, 784), len(marked), axis=0)
    return fitted(marked.reshape(-1, 784), images, 28)


def test_a_digit_whose_mark_sticks_out_is_made_as_small_as_it_was():
    long_slash = np.maximum(ring(), line((1, 26), (26, 1)))
    result = fitted_to(long_slash[None], ring())
    top, left, bottom, right = extent(result)[0]
    before = np.ptp(extent(ring()).reshape(2, 2), axis=0)
    assert bottom - top == pytest.approx(before[0], abs=1)
    assert right - left == pytest.approx(before[1], abs=1)
    # The ring shrinks as much as the whole: with the slash the 0 had 28 rows, and now it has the
    # ring's 18. From its first pixel to its last the ring had 17.
    row = result.reshape(28, 28)[14].astype(int)
    assert np.ptp(np.flatnonzero(row >= 100)) == pytest.approx(17 * 18 / 28, abs=0.6)


def test_a_digit_with_marks_has_its_centre_where_it_was():
    one = line((5, 14), (22, 14))
    with_flag = np.maximum(one, line((5, 14), (12, 5)))
    assert centre_of_mass(with_flag)[0, 1] < 13
    result = fitted_to(with_flag[None], one)
    np.testing.assert_allclose(centre_of_mass(result), centre_of_mass(one), atol=0.1)
    size, before = (np.ptp(extent(image)[0, ::2]) for image in (result, one))
    assert size == pytest.approx(before, abs=1)  # an edge between two pixels may look finer


def test_many_digits_are_fitted_each_on_its_own():
    rng = np.random.default_rng(0)
    plain = np.array([ring(*rng.uniform(12, 15, 2), rng.uniform(5, 9)) for _ in range(130)])
    ends = rng.uniform(1, 26, (2, 130, 2))
    widths = rng.uniform(1.5, 3, 130)
    strokes = stroke(*ends, widths, 28)
    for index in (0, 63, 64, 129):
        one = slice(index, index + 1)
        np.testing.assert_array_equal(
            stroke(ends[0, one], ends[1, one], widths[one], 28)[0], strokes[index]
        )
    marked = np.maximum(plain.reshape(130, 784), strokes)
    together = fitted(marked, plain.reshape(130, 784), 28)
    each = [fitted_to(one[None], image)[0] for one, image in zip(marked, plain, strict=True)]
    np.testing.assert_array_equal(together, each)


@pytest.mark.parametrize("faintness", [1, 4])
def test_no_digit_is_moved_over_the_edge(faintness):
    one = line((5, 2), (22, 2)) // faintness
    with_foot = np.maximum(one, line((22, 2), (22, 14)))
    assert centre_of_mass(with_foot)[0, 1] > 4.5
    result = fitted_to(with_foot[None], one)
    assert result.sum() == pytest.approx(with_foot.sum(dtype=float), rel=0.02)


def test_a_digit_without_marks_stays_as_it_is():
    np.testing.assert_array_equal(fitted_to(ring()[None], ring()), ring().reshape(1, 784))


@pytest.mark.parametrize("digit", [2, 3, 4, 5, 6, 8])
def test_other_digits_are_left_alone(digit):
    assert not marks(ring(), digit).any()


def test_every_image_is_marked_as_its_own_label_says():
    images = np.repeat(ring().reshape(1, 784), 4, axis=0)
    result = add_styles(images, np.array([8, 0, 8, 0]), 28, np.random.default_rng(0))
    assert (result != images).any(axis=1).tolist() == [False, True, False, True]


@pytest.mark.parametrize("share", [0.3, 1])
def test_the_share_of_digits_that_are_marked(share):
    images = np.repeat(ring().reshape(1, 784), 2000, axis=0)
    result = nn.augment(
        images,
        np.zeros(2000, np.uint8),
        nn.Augmentation(writing_styles=share),
        np.random.default_rng(0),
    )
    assert np.mean((result != images).any(axis=1)) == pytest.approx(share, abs=0.04)


def augmented(image, digit):
    """Many copies of a digit, all with the marks of another way of writing."""
    images = np.repeat(image.reshape(1, 784), MANY, axis=0)
    every = nn.Augmentation(writing_styles=1)
    return nn.augment(images, np.full(MANY, digit), every, np.random.default_rng(0))


def test_marked_digits_are_fitted_into_the_image():
    sizes = np.ptp(extent(augmented(ring(), 0)).reshape(-1, 2, 2), axis=1)
    before = np.ptp(extent(ring()).reshape(2, 2), axis=0).max()
    assert sizes.max() <= before + 2  # between two pixels an edge may count on both
    one = line((5, 14), (22, 14))
    centres = centre_of_mass(augmented(one, 1))
    np.testing.assert_allclose(centres, centre_of_mass(one).repeat(MANY, axis=0), atol=0.1)


def test_a_faint_digit_is_not_lost_beside_its_mark():
    one = line((5, 14), (22, 14)) // 4
    one[8, 14] += 20  # and is the brightest pixel not alone the digit
    rows = (augmented(one, 1).reshape(-1, 28, 28) >= 30).any(axis=2).sum(axis=1)
    assert rows.min() > 19 / 2  # of 19; a dot would have one or two


@pytest.mark.parametrize("digit", [0, 1, 7, 9])
def test_a_blank_image_stays_blank(digit):
    assert not marks(np.zeros((28, 28), np.uint8), digit).any()


@pytest.mark.parametrize("digit", [0, 1, 7, 9])
def test_a_single_faint_pixel_is_no_trouble(digit):
    image = np.zeros((28, 28), np.uint8)
    image[0, 27] = 1
    assert marks(image, digit).any()
