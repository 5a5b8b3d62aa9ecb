"""The predictions as a table to take along."""

import tracemalloc
from decimal import Decimal

import numpy as np
import pytest

from tests.ui.evaluate.evaluations import evaluation_of, rows_of
from ui.evaluate.class_tables import classes_csv
from ui.evaluate.evaluation import Evaluation
from ui.evaluate.predictions_csv import predictions_csv


def test_predictions_have_one_line_per_image():
    probabilities = np.array([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.0, 0.2, 0.8]], np.float32)
    true = np.array([0, 0, 2], np.uint8)
    rows = rows_of(
        predictions_csv(Evaluation("mnist", "test", ("cat", "dog", "ki き"), true, probabilities))
    )
    assert len(rows) == 3
    assert rows[1] == {
        "index": "1",
        "true": "cat",
        "predicted": "dog",
        "correct": "no",
        "confidence": "0.700000",
        "p(cat)": "0.200000",
        "p(dog)": "0.700000",
        "p(ki き)": "0.100000",
    }
    assert rows[2]["predicted"] == "ki き"


def test_many_predictions_are_all_there_and_in_order():
    evaluation = evaluation_of(2500, "abc")
    rows = rows_of(predictions_csv(evaluation))
    assert [int(row["index"]) for row in rows] == list(range(2500))
    assert [row["true"] for row in rows] == ["abc"[k] for k in evaluation.true]
    assert [row["predicted"] for row in rows] == ["abc"[k] for k in evaluation.predicted]
    written = [[float(row[f"p({name})"]) for name in "abc"] for row in rows]
    np.testing.assert_allclose(written, evaluation.probabilities, atol=1e-6)


@pytest.mark.parametrize("stored", [np.float16, np.float32])
def test_probabilities_add_up_to_one_as_they_are_written(stored):
    exact = np.random.default_rng(0).dirichlet(np.full(26, 0.2), 500)
    probabilities = exact.round(4).astype(stored).astype(np.float32)
    labels = tuple("abcdefghijklmnopqrstuvwxyz")
    true = np.zeros(500, np.uint8)
    evaluation = Evaluation("emnist_letters", "test", labels, true, probabilities)
    for row, of_image in zip(rows_of(predictions_csv(evaluation)), probabilities, strict=True):
        written = [Decimal(row[f"p({name})"]) for name in labels]
        assert sum(written) == 1
        assert row["confidence"] == row[f"p({row['predicted']})"] == str(max(written))
        np.testing.assert_allclose(np.array(written, float), of_image / of_image.sum(), atol=1e-6)


@pytest.mark.parametrize("table", [predictions_csv, classes_csv])
def test_no_cell_is_a_formula(table):
    labels = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "a=b", '=HYPERLINK("http://x")')
    rows = rows_of(table(evaluation_of(200, labels)))
    cells = [cell for row in rows for cell in (*row, *row.values())]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {"'=1+1", "a=b"} <= set(cells)


def test_many_predictions_take_little_more_room_than_their_file():
    evaluation = evaluation_of(8000, "abcdefghijklmnopqrstuvwxyz")
    tracemalloc.start()
    try:
        size = len(predictions_csv(evaluation))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 3 * size
