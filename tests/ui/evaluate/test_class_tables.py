"""How well a model knows each class, as a table."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from tests.ui.evaluate.evaluations import evaluation_of, rows_of
from ui.evaluate.class_tables import classes_csv


def test_metrics_have_one_line_per_class_and_agree_with_scikit_learn():
    evaluation = evaluation_of(500, "abcdefg")
    rows = rows_of(classes_csv(evaluation))
    assert [row["class"] for row in rows] == [*evaluation.labels, "all (accuracy)"]
    expected = f1_score(evaluation.true, evaluation.predicted, average=None)
    np.testing.assert_allclose([float(row["f1"]) for row in rows[:-1]], expected, atol=1e-6)
    assert float(rows[-1]["recall"]) == pytest.approx(evaluation.accuracy, abs=1e-6)
    assert rows[-1]["images"] == "500"
