"""How well a model knows each class, as a table."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from tests.ui.evaluate.evaluations import evaluation_of, rows_of
from ui.evaluate.class_tables import classes_csv, hardest_class, never_said
from ui.evaluate.evaluation import Evaluation


def test_metrics_have_one_line_per_class_and_agree_with_scikit_learn():
    evaluation = evaluation_of(500, "abcdefg")
    rows = rows_of(classes_csv(evaluation))
    assert [row["class"] for row in rows] == [*evaluation.labels, "all (accuracy)"]
    expected = f1_score(evaluation.true, evaluation.predicted, average=None)
    np.testing.assert_allclose([float(row["f1"]) for row in rows[:-1]], expected, atol=1e-6)
    assert float(rows[-1]["recall"]) == pytest.approx(evaluation.accuracy, abs=1e-6)
    assert rows[-1]["images"] == "500"


def test_classes_that_are_equally_hard_are_all_told():
    true = np.array([0, 1, 2, 3, 0, 1, 2, 3], np.uint8)

    def hardest(*called: int) -> str:
        answers = np.eye(4, dtype=np.float32)[list(called)]
        return hardest_class(Evaluation("mnist", "test", ("0", "1", "2", "3"), true, answers))

    assert hardest(0, 1, 2, 3, 0, 1, 2, 0) == "3 (50.0\xa0%)"
    assert hardest(0, 1, 2, 3, 0, 1, 1, 0) == "2 and 3 (50.0\xa0%)"
    assert hardest(0, 1, 2, 3, 0, 0, 0, 0) == "3 classes (50.0\xa0%)"


def test_a_class_that_no_image_is_called_has_no_precision_and_that_is_said():
    answers = np.eye(3, dtype=np.float32)[[1, 1, 1]]
    evaluation = Evaluation("mnist", "test", ("0", "1", "2"), np.arange(3, dtype=np.uint8), answers)
    assert never_said(evaluation).startswith(" No image at all is called 0, 2: the precision")
    right = Evaluation("mnist", "test", ("0",), np.zeros(1, np.uint8), np.ones((1, 1), np.float32))
    assert never_said(right) == ""
