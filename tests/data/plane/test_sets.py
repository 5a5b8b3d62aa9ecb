"""The sets of points against what their definitions say."""

import re

import numpy as np
import pytest

from data.plane import SETS, make_points
from data.plane.functions import _hills

MANY = 2000


def made(name, noise=0.0, count=MANY, seed=0, formula=None):
    points = make_points(name, count, noise, seed, formula or SETS[name].formula)
    return points, points.x, points.targets


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("noise", [0, 0.5])
def test_what_holds_for_every_set(name, noise):
    points, x, targets = made(name, noise, count=201)
    assert (x.shape, targets.shape) == ((201, 2), (201,))
    assert x.dtype == targets.dtype == np.float64
    assert points.classes == SETS[name].classes
    assert np.isfinite(x).all()
    if points.classes:
        allowed = [-1, 1] if points.classes == 2 else range(points.classes)
        assert set(targets) == set(allowed)
    else:
        assert np.abs(targets).max() <= (2.4 if name == "plane" else 1)
    _, again, same = made(name, noise, count=201)
    np.testing.assert_array_equal(again, x)
    np.testing.assert_array_equal(same, targets)
    if noise or name not in ("spiral", "three_arms"):  # which lie at fixed places
        assert (made(name, noise, count=201, seed=1)[1] != x).any()


@pytest.mark.parametrize("name", ["circle", "gauss", "spiral", "moons", "rings"])
def test_two_classes_are_of_one_size(name):
    _, _, targets = made(name)
    assert targets.sum() == 0


def test_circle():
    _, x, targets = made("circle")
    radius = np.hypot(*x.T)
    inner, ring = radius[targets > 0], radius[targets < 0]
    assert inner.max() <= 2.5
    assert ring.min() >= 3.5
    assert ring.max() <= 5
    # The radius is uniform, not the area.
    assert inner.mean() == pytest.approx(1.25, abs=0.08)
    assert ring.mean() == pytest.approx(4.25, abs=0.05)


def test_noise_of_the_circle_moves_the_label_and_not_the_point():
    _, x, targets = made("circle", noise=0.2)
    radius = np.hypot(*x.T)
    # Looked up at most 0.2 · 5 away both ways.
    assert (targets[radius < 2.5 - np.sqrt(2)] > 0).all()
    assert (targets[radius > 2.5 + np.sqrt(2)] < 0).all()
    assert (targets[radius < 2.5] < 0).mean() > 0.02
    assert not ((radius > 2.5) & (radius < 3.5)).any()


def test_exclusive_or():
    _, x, targets = made("xor")
    np.testing.assert_array_equal(targets, np.where(x.prod(axis=1) >= 0, 1, -1))
    assert np.abs(x).min() >= 0.3
    assert np.abs(x).max() <= 5.3
    assert abs(targets.mean()) < 4 / np.sqrt(MANY)


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (0.25, 2.25), (0.5, 4)])
def test_gaussian(noise, variance):
    _, x, targets = made("gauss", noise)
    for sign in (1, -1):
        cloud = x[targets == sign]
        np.testing.assert_allclose(cloud.mean(axis=0), 2 * sign, atol=4 * np.sqrt(variance / 1000))
        np.testing.assert_allclose(cloud.var(axis=0), variance, rtol=0.2)


def test_spiral():
    _, x, targets = made("spiral")
    arm = x[targets > 0]
    place = np.arange(1000) / 1000
    turn = 1.75 * place * 2 * np.pi
    np.testing.assert_allclose(arm[:, 0], 5 * place * np.sin(turn), atol=1e-12)
    np.testing.assert_allclose(arm[:, 1], 5 * place * np.cos(turn), atol=1e-12)
    # The other arm is this one turned by half a turn.
    np.testing.assert_allclose(x[targets < 0], -arm, atol=1e-12)
    _, noisy, _ = made("spiral", noise=0.3)
    moved = noisy - x
    assert 0.29 < np.abs(moved).max() <= 0.3


def test_moons_and_rings():
    _, x, targets = made("moons")
    upper = x[targets > 0] / 3 + (0.5, 0.25)
    np.testing.assert_allclose(np.hypot(*upper.T), 1)
    assert upper[:, 1].min() >= 0
    lower = x[targets < 0] / 3 + (-0.5, -0.25)
    np.testing.assert_allclose(np.hypot(*lower.T), 1)
    assert lower[:, 1].max() <= 0
    _, x, targets = made("rings", noise=0.1)
    for sign, radius in ((1, 2), (-1, 4.5)):
        found = np.hypot(*x[targets == sign].T)
        assert found.mean() == pytest.approx(radius, abs=0.04)
        assert found.std() == pytest.approx(0.3, rel=0.1)


def test_checkerboard():
    _, x, targets = made("checkerboard")
    for (across, up), target in zip(x[:200], targets[:200], strict=True):
        assert target == (1 if (across // 2.5 + up // 2.5) % 2 == 0 else -1)


@pytest.mark.parametrize(
    ("name", "curve"),
    [
        ("above_sine", lambda x: 3 * np.sin(x)),
        ("cubic", lambda x: 4 * ((x / 4) ** 3 - x / 4)),
        ("absolute", lambda x: np.abs(x) - 2),
        ("side", lambda x: x**2 / 4 - 3),
    ],
)
def test_above_or_below_a_curve(name, curve):
    _, x, targets = made(name)
    np.testing.assert_array_equal(targets, np.where(x[:, 1] > curve(x[:, 0]), 1, -1))
    assert np.abs(x).max() <= 6


def test_sides_of_a_curve_with_both_coordinates():
    _, x, targets = made("side", formula="x^2 + y^2 - 9")
    np.testing.assert_array_equal(targets, np.where(np.hypot(*x.T) > 3, 1, -1))


def test_three_clouds():
    _, x, targets = made("three_blobs")
    for cloud, angle in enumerate(np.pi / 2 + np.arange(3) * 2 * np.pi / 3):
        own = x[targets == cloud]
        assert len(own) in (666, 667)
        np.testing.assert_allclose(
            own.mean(axis=0), (3 * np.cos(angle), 3 * np.sin(angle)), atol=0.12
        )
        np.testing.assert_allclose(own.std(axis=0), 0.7, rtol=0.1)


def test_three_arms_are_one_arm_turned_by_thirds():
    _, x, targets = made("three_arms", count=1800)
    arms = [x[targets == arm] for arm in range(3)]
    for arm, other in enumerate(arms[1:], start=1):
        turn = 2 * np.pi * arm / 3
        turned = arms[0] @ [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
        np.testing.assert_allclose(other, turned, atol=1e-12)


def test_plane():
    _, x, targets = made("plane")
    np.testing.assert_allclose(targets, x.sum(axis=1) / 10)
    np.testing.assert_allclose(x.mean(axis=0), 0, atol=4 * np.sqrt(3) * 2 / np.sqrt(MANY))
    np.testing.assert_allclose(x.var(axis=0), 12, rtol=0.1)
    _, x, noisy = made("plane", noise=0.25)
    assert 0.25 < np.abs(noisy - x.sum(axis=1) / 10).max() <= 2 * 6 * 0.25 / 10


def test_hills_by_hand():
    places = np.array([(-4, 2.5), (0, 2.5), (4, -2.5), (0, -1.5), (-4, 3.5), (0, 0), (6, 6)])
    np.testing.assert_allclose(_hills(places), [1, -1, -1, 0.5, 0.5, 0, 0], atol=1e-12)
    _, x, targets = made("multi_gauss")
    np.testing.assert_array_equal(targets, _hills(x))


def test_heights_of_a_formula_are_made_to_fit():
    _, x, targets = made("heights", formula="x1 x2 / 72")
    np.testing.assert_allclose(targets, x.prod(axis=1) / 72)
    _, x, targets = made("heights", formula="x1 x2")  # 36 in the corners
    np.testing.assert_allclose(targets, x.prod(axis=1) / 36)
    # The same function whatever the points.
    _, x, targets = made("heights", formula="x1 x2", count=20, seed=5)
    np.testing.assert_allclose(targets, x.prod(axis=1) / 36)
    _, _, targets = made("heights", formula="1/x1")
    assert np.abs(targets).max() <= 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("circles", 200, 0, 0), "name must be one of circle, xor, "),
        (("circle", 19, 0, 0), "count must be from 20 to 2000, got 19"),
        (("circle", 2001, 0, 0), "count must be from 20 to 2000, got 2001"),
        (("circle", 200, 0.51, 0), "noise must be in [0, 0.5], got 0.51"),
        (("circle", 200, float("nan"), 0), "noise must be in [0, 0.5], got nan"),
        (("heights", 200, 0, 0), "formula must not be empty"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(arguments, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make_points(*arguments)
