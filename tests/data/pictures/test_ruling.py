"""Lines printed on paper are taken out, and nothing else."""

import numpy as np
import pytest

from data.pictures.ruling import without_ruling


def lines(shape, step, tilt, across=True):
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    position = rows - tilt * columns if across else columns + tilt * rows
    return np.where(np.abs(position % step - step / 2) < 1.2, 0.25, 0).astype(np.float32)


@pytest.mark.parametrize("tilt", [0, 0.04, -0.06])
@pytest.mark.parametrize("squared", [False, True])
def test_lines_vanish_and_ink_across_them_stays(tilt, squared):
    shape = (300, 400)
    ruling = lines(shape, 25, tilt)
    if squared:
        ruling = np.maximum(ruling, lines(shape, 25, tilt, across=False))
    ink = np.zeros(shape, np.float32)
    ink[60:240, 180:200] = ink[220:240, 100:300] = 0.8
    result = without_ruling(1 - (1 - ink) * (1 - ruling))
    assert np.percentile(result[ink == 0], 99) < 0.1
    assert result[ink > 0].min() > 0.5
    assert np.median(result[ink > 0]) == pytest.approx(0.8, abs=0.02)


def test_three_bars_of_a_sign_are_no_ruling():
    ink = np.zeros((100, 80), np.float32)
    ink[[10, 11, 50, 51, 90, 91]] = 0.8
    np.testing.assert_array_equal(without_ruling(ink), ink)


def test_wide_bands_are_no_ruling():
    ink = np.zeros((300, 200), np.float32)
    for top in range(10, 300, 60):
        ink[top : top + 15] = 0.7
    np.testing.assert_array_equal(without_ruling(ink), ink)


def test_two_frames_and_the_stem_of_a_1_are_no_ruling():
    ink = np.zeros((300, 400), np.float32)
    for inset in (10, 20):
        ink[inset, inset:-inset] = ink[-1 - inset, inset:-inset] = 0.8
        ink[inset:-inset, inset] = ink[inset:-inset, -1 - inset] = 0.8
    ink[50:250, 180:184] = 0.8
    np.testing.assert_array_equal(without_ruling(ink), ink)
