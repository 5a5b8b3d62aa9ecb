"""Nearest neighbours beside scikit-learn's, and purity by hand."""

import numpy as np
import pytest

from nn.explain.neighbours import nearest, nearest_others, purity

POINTS = np.random.default_rng(3).random((1200, 5)) + 50


@pytest.mark.parametrize("together", [2048, 500, 3])
def test_they_are_those_of_scikit_learn(monkeypatch, together):
    monkeypatch.setattr("nn.explain.neighbours._TOGETHER", together)
    neighbors = pytest.importorskip("sklearn.neighbors")
    theirs = neighbors.NearestNeighbors(n_neighbors=4, algorithm="brute").fit(POINTS)
    asked = POINTS[:9] + 0.01
    for found, (distances, places) in (
        (nearest(POINTS, asked, 4), theirs.kneighbors(asked)),
        (nearest_others(POINTS, 4), theirs.kneighbors()),
    ):
        np.testing.assert_array_equal(found[0], places)
        np.testing.assert_allclose(found[1], distances, atol=1e-6)


@pytest.mark.parametrize("together", [4, 2, 1])
def test_of_points_as_near_the_first_comes_first(monkeypatch, together):
    monkeypatch.setattr("nn.explain.neighbours._TOGETHER", together)
    places, distances = nearest(np.array([[1.0], [-1], [3], [1]]), np.array([[0.0]]), 3)
    assert places.tolist() == [[0, 1, 3]]
    assert distances.tolist() == [[1, 1, 1]]


def test_a_point_is_no_neighbour_of_itself_but_of_its_double():
    places, distances = nearest_others(np.array([[5.0], [5], [9]]), 1)
    assert places[:2].tolist() == [[1], [0]]
    assert distances.tolist() == [[0], [0], [4]]


def test_purity_is_the_share_of_neighbours_of_the_same_label():
    line = np.array([[0.0], [1], [2.1], [10], [11.5]])
    labels = np.array([0, 0, 1, 1, 1])
    # Their two nearest others: 1 2, 0 2, 1 0, 4 2, 3 2.
    assert purity(line, labels, 2).tolist() == [0.5, 0.5, 0, 1, 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: nearest(POINTS, POINTS[:, :4]), "points must have 5 values, got 4"),
        (lambda: nearest(POINTS[:3], POINTS, 4), "count must be a whole number from 1 to 3, got 4"),
        (lambda: nearest_others(POINTS[:3], 3), "count must be .* from 1 to 2, got 3"),
        (lambda: purity(POINTS, np.zeros(7)), r"labels must be one for each point, 1200, got \(7"),
    ],
)
def test_others_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
