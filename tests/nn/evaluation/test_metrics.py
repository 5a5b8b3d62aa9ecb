"""Confusion matrix, precision, recall and F1."""

import numpy as np
import pytest

import nn

TRUE = np.array([0, 0, 0, 0, 1, 1, 1, 2], np.uint8)
PREDICTED = np.array([0, 0, 0, 1, 1, 1, 0, 1])


def test_rows_are_true_and_columns_predicted():
    assert nn.confusion_matrix(TRUE, PREDICTED, 3).tolist() == [[3, 1, 0], [1, 2, 0], [0, 1, 0]]


def test_classes_that_never_come_have_their_place():
    matrix = nn.confusion_matrix([1], [1], 3)
    assert matrix.tolist() == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert nn.confusion_matrix(TRUE[:0], PREDICTED[:0], 2).tolist() == [[0, 0], [0, 0]]


def test_small_integer_types_do_not_overflow():
    true = np.array([25, 25], np.uint8)
    assert nn.confusion_matrix(true, true, 26)[25, 25] == 2


def test_metrics_worked_out_by_hand():
    metrics = nn.class_metrics(nn.confusion_matrix(TRUE, PREDICTED, 3))
    assert metrics.precision == pytest.approx([3 / 4, 2 / 4, 0])  # nothing is called 2
    assert metrics.recall == pytest.approx([3 / 4, 2 / 3, 0])
    assert metrics.f1 == pytest.approx([3 / 4, 4 / 7, 0])
    assert metrics.images.tolist() == [4, 3, 1]


def test_where_there_is_nothing_to_divide_by_a_share_is_0():
    metrics = nn.class_metrics(nn.confusion_matrix([0, 2], [0, 0], 3))
    assert metrics.precision.tolist() == [0.5, 0, 0]
    assert metrics.recall.tolist() == [1, 0, 0]
    assert metrics.f1 == pytest.approx([2 / 3, 0, 0])


def test_they_are_those_of_scikit_learn():
    theirs = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    # The first of 7 classes has no images, the last is never named.
    true, predicted = rng.integers(1, 7, 300), rng.integers(0, 6, 300)
    matrix = nn.confusion_matrix(true, predicted, 7)
    np.testing.assert_array_equal(matrix, theirs.confusion_matrix(true, predicted))
    metrics = nn.class_metrics(matrix)
    expected = theirs.precision_recall_fscore_support(true, predicted, zero_division=0.0)
    ours = (metrics.precision, metrics.recall, metrics.f1, metrics.images)
    for mine, other in zip(ours, expected, strict=True):
        np.testing.assert_allclose(mine, other)


@pytest.mark.parametrize(
    ("true", "predicted", "classes", "complaint"),
    [
        ([0, 3], [0, 1], 3, "true must hold classes from 0 to 2, got 0 to 3"),
        ([0, 1], [0, -1], 3, "predicted must hold classes from 0 to 2, got -1 to 0"),
        ([0, 1], [0], 3, "predicted must hold one class for each in true, 2, got 1"),
        ([0.5], [0], 3, "true must be integers"),
        ([[0]], [[0]], 3, "true must be integers"),
        ([0], [0], 0, "num_classes must be a whole number from 1"),
    ],
)
def test_what_is_no_answer_is_refused(true, predicted, classes, complaint):
    with pytest.raises(ValueError, match=complaint):
        nn.confusion_matrix(true, predicted, classes)
