"""A multilayer perceptron for whoever works with scikit-learn: pipelines, searches, folds."""

import math
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.preprocessing import LabelEncoder, StandardScaler
from sklearn.utils import Tags, check_random_state
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import (
    _check_partial_fit_first_call,
    check_classification_targets,
)
from sklearn.utils.validation import check_is_fitted, validate_data

from nn.checks import one_of, real_number
from nn.network import Network
from nn.plain_state import network_from, plain_state
from nn.training.blas_threads import one_thread
from nn.training.build import build_network, build_trainer
from nn.training.config import TrainingConfig
from nn.training.events import EpochEnd
from nn.training.trainer import Trainer

Array = np.ndarray

FURTHEST = 64
"""So many standard deviations from the mean features are cut off. Of fewer than 4,098 samples none
can be further away than that; and float32 still tells values apart that differ by 1e-5 of one."""


class MLPClassifier(ClassifierMixin, BaseEstimator):
    """A multilayer perceptron of this project, trained by `nn.Trainer`, as scikit-learn has it.

    Settings have the names and defaults of `nn.TrainingConfig`, which are those of the command
    line, of recipes and of the Train page; it checks them when `fit` is called. For who comes from
    `sklearn.neural_network.MLPClassifier`:

    | there | here |
    |---|---|
    | `hidden_layer_sizes` | `hidden` |
    | `solver` | `optimizer`: one of `nn.OPTIMIZERS` |
    | `learning_rate_init` | `learning_rate` |
    | `learning_rate` | `schedule`: one of `nn.SCHEDULES` |
    | `alpha` | `weight_decay` |
    | `max_iter` | `epochs` |
    | `early_stopping`, `validation_fraction` | `val_size` |
    | `n_iter_no_change` | `patience`, which needs `val_size` |
    | `nesterovs_momentum` | `nesterov` |
    | `activation`, `batch_size`, `momentum`, `random_state` | the same |
    | `verbose`, `tol`, `warm_start`, `shuffle` | not there |
    | `sample_weight` of `fit` | not there, see below |

    Args:
        inputs: what X holds. "features": numbers of any kind, each feature scaled to mean 0 and
            standard deviation 1 and cut off at 64 of these. "images": (n, pixels), uint8 or floats
            in [0, 1], scaled by one mean and one deviation over all pixels, as on the Train page:
            `network_` takes such images as they are, in the app too.
        convolutions: filters of the convolutions before the hidden layers, for square images.
        val_size: samples kept back to choose the best epoch by: a number, or a share below 1.
        random_state: of first weights, dropout and the order of the samples: a number for the same
            result each time, a `numpy.random.RandomState`, or None for another one each time.

    All others are described in `nn.TrainingConfig`.

    Attributes:
        classes_ (classes,): the labels, sorted; any kind that can be.
        n_features_in_, feature_names_in_: as everywhere in scikit-learn.
        network_: the `nn.Network`. `nn.save` writes it, `nn.load` and `nn.Network.predict` know it.
            Of "features" it takes 0.5 + (X - mean_) / scale_ / 128, cut off at 0 and 1.
        mean_, scale_ (features,): of "features", else None.
        n_iter_: epochs done.
        loss_curve_: mean training loss of each epoch, taken while the weights changed.
        val_loss_curve_: validation loss after each epoch; empty without `val_size`.

    There is no `sample_weight`: a step on a batch with weights is not the step on a batch in which
    samples are repeated as often, so that weights would not mean what scikit-learn says they mean.
    Repeat the samples instead.

    Rounds as float32 does, also the probabilities. `fit` raises `nn.TrainingDiverged` where the
    learning rate was too high.
    """

    def __init__(
        self,
        hidden: tuple[int, ...] = (128, 64),
        *,
        inputs: str = "features",
        convolutions: tuple[int, ...] = (),
        activation: str = "relu",
        batch_norm: bool = False,
        dropout: float = 0.0,
        initializer: str = "he_normal",
        loss: str = "cross_entropy",
        label_smoothing: float = 0.0,
        optimizer: str = "sgd",
        learning_rate: float = 0.1,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
        l1: float = 0.0,
        max_grad_norm: float | None = None,
        schedule: str = "constant",
        warmup_epochs: float = 0.0,
        batch_size: int = 64,
        epochs: int = 50,
        val_size: int | float = 0,
        patience: int | None = None,
        random_state: Any = None,
    ) -> None:
        self.hidden = hidden
        self.inputs = inputs
        self.convolutions = convolutions
        self.activation = activation
        self.batch_norm = batch_norm
        self.dropout = dropout
        self.initializer = initializer
        self.loss = loss
        self.label_smoothing = label_smoothing
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.nesterov = nesterov
        self.weight_decay = weight_decay
        self.l1 = l1
        self.max_grad_norm = max_grad_norm
        self.schedule = schedule
        self.warmup_epochs = warmup_epochs
        self.batch_size = batch_size
        self.epochs = epochs
        self.val_size = val_size
        self.patience = patience
        self.random_state = random_state

    def fit(self, X: Any, y: Any) -> Self:
        """Train a new network on X (n, features) and labels y (n,)."""
        least = 2 if self.val_size else 1
        X, y = validate_data(self, X, y, dtype=self._dtypes(), ensure_min_samples=least)
        check_classification_targets(y)
        self.classes_, labels = np.unique(y, return_inverse=True)
        self._train(self._trainer(self._begin(X), X, labels))
        return self

    def _check_endless(self) -> bool:
        """AttributeError if `partial_fit` makes no sense with these settings."""
        if self.schedule != "constant" or self.val_size:
            raise AttributeError(
                "partial_fit needs schedule='constant' and val_size=0, "
                f"got {self.schedule!r} and {self.val_size!r}"
            )
        return True

    @available_if(_check_endless)
    def partial_fit(self, X: Any, y: Any, classes: Any = None) -> Self:
        """Train for one epoch more, on X (n, features) and labels y (n,).

        So many calls with the same data are `fit` with as many epochs, bit for bit. The first call
        needs all `classes`, and its X decides how all later ones are scaled. It is not there with
        `val_size` or another schedule than the constant one: nobody knows where its training ends.
        """
        _check_partial_fit_first_call(self, classes)
        first = not hasattr(self, "network_")  # also after a call whose X was refused
        X, y = validate_data(self, X, y, dtype=self._dtypes(), reset=first)
        check_classification_targets(y)
        encoder = LabelEncoder()
        encoder.classes_ = self.classes_
        labels = encoder.transform(y)
        config = self._begin(X) if first else self._config(len(X), self._seed)
        trainer = self._trainer(config, X, labels)
        trainer.epochs = self.n_iter_ + 1
        trainer.epochs_done = self.n_iter_
        trainer.step = self.n_iter_ * trainer.steps_per_epoch
        if self._optimizer_state:
            trainer.optimizer.load_state_dict(self._optimizer_state)
        self._train(trainer)
        return self

    def predict_proba(self, X: Any) -> Array:
        """Probabilities (n, classes) of the classes, in the order of `classes_`, float32."""
        check_is_fitted(self, "network_")
        X = validate_data(self, X, dtype=self._dtypes(), reset=False)
        return self.network_.predict_proba(self._images(X))

    def predict(self, X: Any) -> Array:
        """The most probable class (n,) of each row of X."""
        places = self.predict_proba(X).argmax(axis=1)
        return self.classes_[places]

    def _dtypes(self) -> tuple[type, ...]:
        """What types X may have; others become the first of them."""
        one_of("inputs", self.inputs, ("features", "images"))
        if self.inputs == "images":
            return np.float32, np.float64, np.uint8
        return np.float64, np.float32

    def _config(self, samples: int, seed: int) -> TrainingConfig:
        """The settings as the rest of the project has them; ValueError names a wrong one."""
        own = ("inputs", "random_state", "val_size")
        settings = {
            name: value.item() if isinstance(value, np.generic) else value  # of an array of values
            for name, value in self.get_params().items()
            if name not in own
        }
        val_size = self.val_size
        if isinstance(val_size, float):
            share = real_number("val_size", val_size, 0, 1, high_open=True)
            val_size = math.ceil(share * samples)
        return TrainingConfig(**settings, seed=seed, val_size=val_size)

    def _begin(self, X: Array) -> TrainingConfig:
        """Make the untrained network, for X and the classes as they are known."""
        self._seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        config = self._config(len(X), self._seed)
        self.mean_ = self.scale_ = None
        if self.inputs == "features":
            with np.errstate(over="ignore", invalid="ignore"):
                scaler = StandardScaler().fit(X)
            if not np.isfinite(scaler.scale_).all():
                largest = np.abs(X).max()
                raise ValueError(f"X must hold numbers that can be squared, got {largest:g}")
            self.mean_, self.scale_ = scaler.mean_, scaler.scale_
        self.network_: Network = build_network(
            config, self._images(X), [str(label) for label in self.classes_]
        )
        del self.network_.metadata["dataset"]  # nobody knows what it is
        if self.inputs == "features":
            # The inverse of `_images`, so that it works on deviations from the mean.
            self.network_.input_mean, self.network_.input_std = 0.5, 0.5 / FURTHEST
        self._optimizer_state: dict[str, Any] = {}
        self.n_iter_ = 0
        self.loss_curve_: list[float] = []
        self.val_loss_curve_: list[float] = []
        return config

    def _images(self, X: Array) -> Array:
        """X as the network takes it: numbers in [0, 1]."""
        if self.mean_ is None:
            return X
        scaled = (X - self.mean_) / self.scale_
        scaled *= 0.5 / FURTHEST
        scaled += 0.5
        return np.clip(scaled, 0, 1, out=scaled).astype(np.float32)

    def _trainer(self, config: TrainingConfig, X: Array, labels: Array) -> Trainer:
        """What trains the network."""
        trainer = build_trainer(config, self.network_, self._images(X), labels)
        assert isinstance(trainer, Trainer)  # of one network
        return trainer

    def _train(self, trainer: Trainer) -> None:
        """Let it run to its end, on one core: whoever searches gives each of them a training."""
        with one_thread():
            for event in trainer.run():
                if isinstance(event, EpochEnd):
                    self.n_iter_ = event.epoch
                    self.loss_curve_.append(event.train_loss)
                    if event.val_loss is not None:
                        self.val_loss_curve_.append(event.val_loss)
        self._optimizer_state = trainer.optimizer.state_dict()

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.positive_only = self.inputs == "images"
        return tags

    def __getstate__(self) -> dict[str, Any]:
        state = super().__getstate__()
        if "network_" in state:
            state = state | {"network_": plain_state(self.network_)}
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        if "network_" in state:
            self.network_ = network_from(state["network_"])
