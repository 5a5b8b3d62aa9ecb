"""A curve is drawn with few points, however many it has."""

import random

import pytest

from ui.figures.run_charts.thinning import MAX_STRETCHES, ThinCurve

MOST = 2 * MAX_STRETCHES + 2


def drawn(values):
    """The points drawn of a curve with these values at 0, 1, 2, ..."""
    curve = ThinCurve()
    for x, y in enumerate(values):
        curve.add(x, y)
    return list(zip(*curve.points(), strict=True))


def noise(n):
    generator = random.Random(0)
    return [generator.random() for _ in range(n)]


@pytest.mark.parametrize("n", [0, 1, 2, MAX_STRETCHES])
def test_a_short_curve_is_drawn_whole(n):
    assert drawn(noise(n)) == list(enumerate(noise(n)))


@pytest.mark.parametrize("n", [MAX_STRETCHES + 1, 1000, 1001, 4800, 30_000])
def test_few_points_are_drawn_all_of_them_of_the_curve_and_in_order(n):
    points = drawn(noise(n))
    assert MAX_STRETCHES // 2 <= len(points) <= MOST
    assert set(points) <= set(enumerate(noise(n)))
    assert points == sorted(points)
    assert len(set(points)) == len(points)


@pytest.mark.parametrize("n", [1000, 1001, 4800])
def test_first_and_last_point_are_drawn(n):
    values = [0.5, *([0.0, 1.0] * (n // 2)), 0.5]
    points = drawn(values)
    assert points[0] == (0, 0.5)
    assert points[-1] == (len(values) - 1, 0.5)


@pytest.mark.parametrize("peak", [9.0, -9.0])
@pytest.mark.parametrize("at", [1, 777, 4998])
def test_peaks_are_drawn(peak, at):
    values = noise(5000)
    values[at] = peak
    assert (at, peak) in drawn(values)


def test_points_stay_where_they_are_while_the_curve_grows():
    values = noise(5000)
    curve = ThinCurve()
    before: set = set()
    for x, y in enumerate(values):
        curve.add(x, y)
        now = set(zip(*curve.points(), strict=True))
        # Nothing comes but what was added, and now and then some of the old ones go.
        assert now - before <= {(x, y)}
        before = now


def test_points_seldom_go():
    curve = ThinCurve()
    most_lost, times = 0, 0
    before: set = set()
    for x, y in enumerate(noise(5000)):
        curve.add(x, y)
        now = set(zip(*curve.points(), strict=True))
        lost = len(before - now)
        times += lost > 2  # more than what a new last, lowest or highest point replaces
        most_lost = max(most_lost, lost)
        before = now
    assert times == 5  # at 200, 400, 800, 1600 and 3200 points
    assert most_lost <= MAX_STRETCHES + 2
