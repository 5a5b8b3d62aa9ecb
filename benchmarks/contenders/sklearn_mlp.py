"""scikit-learn's MLPClassifier, plain gradient descent without its extras."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from benchmarks.cases import Case
from benchmarks.images import Images


class ScikitLearn:
    """`fit` with all the epochs of a turn: `partial_fit` checks its inputs again for each one."""

    details = "fit, warm start"

    def __init__(self, case: Case, images: Images, threads: int) -> None:
        threadpool_limits(limits=threads)
        mean, std = np.float32(images.mean), np.float32(images.std)
        inputs = images.train_images.reshape(len(images.train_images), -1).astype(np.float32)
        inputs /= 255 * std
        inputs -= mean / std
        self._scale = mean, std
        self._inputs, self._labels = inputs, np.array(images.train_labels)
        self._model = MLPClassifier(
            case.hidden,
            solver="sgd",
            learning_rate_init=case.learning_rate,
            momentum=0,
            nesterovs_momentum=False,
            alpha=0,
            batch_size=min(case.batch_size, len(inputs)),
            warm_start=True,
            # Never ends early.
            tol=0,
            n_iter_no_change=1_000_000,
            random_state=0,
        )

    def train(self, epochs: int) -> None:
        self._model.set_params(max_iter=epochs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._model.fit(self._inputs, self._labels)

    def predict(self, images: np.ndarray) -> np.ndarray:
        mean, std = self._scale
        inputs = images.reshape(len(images), -1).astype(np.float32)
        if images.dtype == np.uint8:
            inputs /= 255
        return self._model.predict_proba((inputs - mean) / std)


create = ScikitLearn
