"""Points of the visitor's own as text."""

import base64
from random import Random

import numpy as np
import pytest

from data.plane.points import Points
from tests.ui.playground.random_setups import random_points
from ui.playground.own_points import OwnPoints, from_browser


def sent(x, targets, classes):
    def text(values):
        return base64.b64encode(np.asarray(values, "<f4").tobytes()).decode()

    return {"x": text(x), "targets": text(targets), "classes": classes}


@pytest.mark.parametrize("classes", [0, 2, 3, 6])
def test_places_are_kept_to_a_hundredth_and_kinds_exactly(classes):
    for seed in range(10):
        points = random_points(Random(seed), classes)
        kept = OwnPoints.of(points).points
        assert kept.classes == classes
        order = np.argsort(points.targets, kind="stable") if classes else slice(None)
        np.testing.assert_allclose(kept.x, points.x[order], atol=12 / 4095 / 2 + 1e-9)
        atol = 0 if classes else 2e-5
        np.testing.assert_allclose(kept.targets, points.targets[order], atol=atol)


@pytest.mark.parametrize("classes", [0, 2, 4])
def test_to_write_them_again_changes_nothing(classes):
    own = OwnPoints.of(random_points(Random(1), classes))
    assert OwnPoints.of(own.points) == own
    assert OwnPoints.from_text(own.text) == own


def test_two_thousand_points_are_a_text_that_an_address_can_hold():
    x = np.random.default_rng(0).uniform(-6, 6, (2000, 2))
    assert len(OwnPoints.of(Points(x, np.ones(2000), 2)).text) < 8_100


@pytest.mark.parametrize(
    "text",
    ["", "2", "2.1.1.AAAA", "7.1.1.1.1.1.1.1.AAAA", "2.-1.3.AAAAAAAA", "x.1.1.AAAAAAAA", "0.2."],
)
def test_text_that_is_not_whole_is_refused(text):
    with pytest.raises(ValueError, match="whole points"):
        OwnPoints.from_text(text)


def test_what_the_browser_paints_is_taken():
    own = from_browser(sent([[1, 2], [-3, 7]], [1, -1], 2))
    np.testing.assert_allclose(own.points.x, [[-3, 6], [1, 2]], atol=0.002)
    np.testing.assert_array_equal(own.points.targets, [-1, 1])


def test_heights_beyond_1_that_noise_has_made_can_be_painted_beside():
    own = from_browser(sent([[0, 0], [1, 1], [2, 2]], [1.5, -0.5, -1.8], 0))
    np.testing.assert_allclose(own.points.targets, [1, -0.5, -1], atol=2e-5)


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        [],
        {},
        sent([[0, 0], [1, 1]], [1, -1], 1),
        sent([[0, 0], [1, 1]], [1, -1], True),
        sent([[0, 0], [1, 1]], [1, 0], 2),
        sent([[0, 0], [1, 1]], [1, 3], 3),
        sent([[0, 0], [1, 1]], [1, 0.5], 3),
        sent([[0, 0]], [1, -1], 2),
        sent([[0, np.nan], [1, 1]], [1, -1], 2),
        sent([[0, 0]], [1], 2),
        sent(np.zeros((2001, 2)), np.ones(2001), 2),
        {"x": "?", "targets": "AAAA", "classes": 2},
        {"x": 1, "targets": 2, "classes": 2},
    ],
)
def test_what_is_no_points_is_refused(nonsense):
    with pytest.raises(ValueError, match=r"points|classes|targets|x must"):
        from_browser(nonsense)
