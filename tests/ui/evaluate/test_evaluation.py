"""The numbers and lists drawn from a model's predictions."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score

from ui.evaluate import evaluation as evaluation_module
from ui.evaluate.evaluation import Evaluation


def small() -> Evaluation:
    """Five images of three classes, dataset MNIST for its name only."""
    probabilities = np.array(
        [
            [0.6, 0.3, 0.1],  # 0, right
            [0.9, 0.1, 0.0],  # 0, right
            [0.2, 0.7, 0.1],  # 0, called 1
            [0.05, 0.95, 0.0],  # 0, called 1
            [0.0, 0.8, 0.2],  # 2, called 1
        ],
        np.float32,
    )
    true = np.array([0, 0, 0, 0, 2], np.uint8)
    return Evaluation("mnist", "test", ("cat", "dog", "owl"), true, probabilities)


def random_evaluation(n: int = 500, classes: int = 7) -> Evaluation:
    rng = np.random.default_rng(1)
    probabilities = rng.dirichlet(np.ones(classes), n).astype(np.float32)
    true = rng.integers(0, classes, n).astype(np.uint8)
    labels = tuple("abcdefg"[:classes])
    return Evaluation("mnist", "train", labels, true, probabilities)


def test_numbers_of_a_small_evaluation():
    evaluation = small()
    assert evaluation.matrix.tolist() == [[2, 2, 0], [0, 0, 0], [0, 1, 0]]
    assert evaluation.accuracy == 0.4
    assert evaluation.mistakes == 3
    assert evaluation.metrics.recall.tolist() == [0.5, 0, 0]
    assert evaluation.biggest_confusion() == (0, 1)


def test_every_number_names_its_data():
    assert small().source == "5 MNIST test images"
    assert random_evaluation().source == "500 MNIST training images"


def test_the_images_of_a_cell_come_most_confident_first():
    assert small().cell(0, 0).tolist() == [1, 0]
    assert small().cell(0, 1).tolist() == [3, 2]
    assert small().cell(1, 0).tolist() == []


def test_the_most_confident_mistakes_come_first():
    assert small().wrong().tolist() == [3, 4, 2]


def test_equally_confident_images_keep_their_order():
    probabilities = np.tile(np.array([1.0, 0.0], np.float32), (20, 1))
    same = Evaluation("mnist", "test", ("a", "b"), np.ones(20, np.uint8), probabilities)
    assert same.wrong().tolist() == list(range(20))


def test_the_cells_together_hold_every_image_once():
    evaluation = random_evaluation()
    cells = [evaluation.cell(i, j) for i in range(7) for j in range(7)]
    assert sorted(np.concatenate(cells)) == list(range(500))
    assert [len(cell) for cell in cells] == evaluation.matrix.ravel().tolist()


def test_matrix_and_accuracy_are_those_of_scikit_learn():
    evaluation = random_evaluation()
    predicted = evaluation.probabilities.argmax(axis=1)
    np.testing.assert_array_equal(evaluation.matrix, confusion_matrix(evaluation.true, predicted))
    assert evaluation.accuracy == pytest.approx(accuracy_score(evaluation.true, predicted))


def test_the_numbers_of_each_class_are_those_of_scikit_learn():
    evaluation = random_evaluation()
    expected = f1_score(evaluation.true, evaluation.predicted, average=None)
    np.testing.assert_allclose(evaluation.metrics.f1, expected)


def test_the_server_does_not_load_scikit_learn():
    """It would cost every server 80 MB and its first visitor a second."""
    code = "import sys, numpy, ui.evaluate.evaluation, ui.evaluate.class_tables; " + (
        "e = ui.evaluate.evaluation.Evaluation('mnist', 'test', ('a', 'b'), numpy.array([0, 1]), "
        "numpy.eye(2, dtype='float32')); ui.evaluate.class_tables.class_table(e); "
        "ui.evaluate.class_tables.classes_csv(e); sys.exit('sklearn' in sys.modules)"
    )
    project = Path(evaluation_module.__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=project).returncode == 0
