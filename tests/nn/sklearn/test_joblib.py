"""The estimator in several threads at once, and in another process."""

import joblib
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV

from nn.sklearn import MLPClassifier


def scores(jobs):
    """Accuracies of two learning rates, each in three folds."""
    X, y = load_digits(return_X_y=True)
    estimator = MLPClassifier((16,), epochs=5, random_state=0)
    search = GridSearchCV(estimator, {"learning_rate": [0.03, 0.3]}, cv=3, n_jobs=jobs)
    search.fit(X[:300], y[:300])
    assert search.best_estimator_.score(X[300:], y[300:]) > 0.7
    return search.cv_results_["mean_test_score"].tolist()


@pytest.fixture(scope="module")
def alone():
    return scores(jobs=None)


def test_threads_do_as_one_does(alone):
    with joblib.parallel_config("threading"):
        assert scores(jobs=2) == alone


def test_workers_of_dask_do_as_one_does(alone):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=1,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
        ) as cluster,
        distributed.Client(cluster),
        joblib.parallel_config("dask"),
    ):
        assert scores(jobs=2) == alone
