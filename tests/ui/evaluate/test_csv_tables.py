"""The tables one can take along."""

import csv
import io
import tracemalloc

import numpy as np
import pytest
from sklearn.metrics import f1_score

from ui.evaluate.csv_tables import metrics_csv, predictions_csv
from ui.evaluate.evaluation import Evaluation


def evaluation_of(n, labels):
    rng = np.random.default_rng(1)
    probabilities = rng.dirichlet(np.ones(len(labels)), n).astype(np.float32)
    true = rng.integers(0, len(labels), n).astype(np.uint8)
    return Evaluation("mnist", "train", tuple(labels), true, probabilities)


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


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


def test_many_predictions_take_little_more_room_than_their_file():
    evaluation = evaluation_of(8000, "abcdefghijklmnopqrstuvwxyz")
    tracemalloc.start()
    try:
        size = len(predictions_csv(evaluation))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 3 * size


def test_metrics_have_one_line_per_class_and_agree_with_scikit_learn():
    evaluation = evaluation_of(500, "abcdefg")
    rows = rows_of(metrics_csv(evaluation))
    assert [row["class"] for row in rows] == [*evaluation.labels, "all (accuracy)"]
    expected = f1_score(evaluation.true, evaluation.predicted, average=None)
    np.testing.assert_allclose([float(row["f1"]) for row in rows[:-1]], expected, atol=1e-6)
    assert float(rows[-1]["recall"]) == pytest.approx(evaluation.accuracy, abs=1e-6)
    assert rows[-1]["images"] == "500"
