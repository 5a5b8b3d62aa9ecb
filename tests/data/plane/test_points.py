"""Points are split between training and test."""

import numpy as np
import pytest

from data.plane import Points, make_points, split


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_each_point_goes_to_one_side(share):
    points = make_points("circle", 200, 0, seed=3)
    train, test = split(points, share, seed=1)
    assert len(train) == 200 * share
    both = np.concatenate((train.x, test.x))
    order = np.lexsort(both.T)
    expected = points.x[np.lexsort(points.x.T)]
    np.testing.assert_array_equal(both[order], expected)
    assert np.hypot(*train.x[train.targets > 0].T).max() <= 2.5


def test_the_same_seed_splits_the_same():
    points = make_points("circle", 100, 0, seed=0)
    one, same, other = (split(points, 0.5, seed)[0].x for seed in (4, 4, 5))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


@pytest.mark.parametrize(("count", "share", "train"), [(2, 0.1, 1), (2, 0.9, 1), (1, 0.1, 1)])
def test_of_few_points_each_side_gets_one_if_it_can(count, share, train):
    points = Points(np.zeros((count, 2)), np.ones(count), 2)
    parts = split(points, share, seed=0)
    assert [len(part) for part in parts] == [train, count - train]
