"""Evaluations for tests of tables."""

import csv
import io

import numpy as np

from ui.evaluate.evaluation import Evaluation


def evaluation_of(n, labels):
    rng = np.random.default_rng(1)
    probabilities = rng.dirichlet(np.ones(len(labels)), n).astype(np.float32)
    true = rng.integers(0, len(labels), n).astype(np.uint8)
    return Evaluation("mnist", "train", tuple(labels), true, probabilities)


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode())))
