"""The network as an estimator of scikit-learn's."""

import inspect
import pickle
from dataclasses import fields

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_digits, make_classification
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

import nn
from nn.sklearn import MLPClassifier
from nn.training.build import build_network, build_trainer, split_validation

EVERYTHING = {
    "optimizer": "adam",
    "learning_rate": 0.01,
    "batch_norm": True,
    "dropout": 0.1,
    "schedule": "cosine",
    "val_size": 0.2,
    "patience": 5,
}


@pytest.fixture
def points():
    """Samples of three classes, called by words."""
    X, y = make_classification(120, 6, n_informative=4, n_classes=3, random_state=0)
    return 1000 * X + 5, np.array(["ash", "birch", "cedar"])[y]


@pytest.fixture
def images():
    """Images of 8 x 8 pixels in [0, 1], of digits."""
    X, y = load_digits(return_X_y=True)
    return X[:300].astype(np.float32) / 16, y[:300]


def small(**settings):
    return MLPClassifier(**{"hidden": (16,), "epochs": 20, "random_state": 0} | settings)


@parametrize_with_checks([small(random_state=None), small(random_state=None, **EVERYTHING)])
def test_keeps_what_scikit_learn_asks_of_estimators(estimator, check):
    check(estimator)


def test_settings_are_those_of_all_trainings():
    ours = {field.name: field.default for field in fields(nn.TrainingConfig)}
    parameters = inspect.signature(MLPClassifier).parameters.values()
    given = {one.name: one.default for one in parameters}
    assert given.keys() - ours.keys() == {"inputs", "random_state"}
    assert {name: ours[name] for name in given.keys() & ours.keys()} == {
        name: given[name] for name in given.keys() & ours.keys()
    }


def test_learns_features_of_unlike_sizes_by_itself():
    """Of these 30 features the largest is 100,000 times the smallest."""
    X, y = load_breast_cancer(return_X_y=True)
    assert cross_val_score(small(), X, y, cv=3).mean() > 0.95


def test_is_the_training_of_the_command_line_for_images(images):
    X, y = images
    settings = {"hidden": (16,), "epochs": 3, "optimizer": "adam", "learning_rate": 0.01}
    estimator = MLPClassifier(**settings, inputs="images", random_state=0).fit(X, y)

    seed = np.random.RandomState(0).randint(2**31 - 1)
    config = nn.TrainingConfig(**settings, seed=seed)
    network = build_network(config, X, list("0123456789"))
    losses = [e.train_loss for e in build_trainer(config, network, X, y).run() if e.type == "epoch"]
    np.testing.assert_allclose(estimator.predict_proba(X), network.predict_proba(X), atol=1e-6)
    np.testing.assert_allclose(estimator.loss_curve_, losses, rtol=1e-5)
    assert estimator.n_iter_ == 3


def test_network_of_images_is_saved_and_reads_them_as_they_are(images, tmp_path):
    X, y = images
    estimator = small(inputs="images", convolutions=(4,)).fit((16 * X).astype(np.uint8), y)
    nn.save(estimator.network_, tmp_path / "model.safetensors")
    network = nn.load(tmp_path / "model.safetensors")
    pictures = (16 * X).astype(np.uint8).reshape(-1, 8, 8)
    assert network.labels == list("0123456789")
    np.testing.assert_array_equal(
        network.predict_proba(pictures), estimator.predict_proba((16 * X).astype(np.uint8))
    )


def test_network_of_features_takes_them_as_told(points, tmp_path):
    X, y = points
    estimator = small().fit(X, y)
    nn.save(estimator.network_, tmp_path / "model.safetensors")
    network = nn.load(tmp_path / "model.safetensors")
    scaled = np.clip(0.5 + (X - X.mean(axis=0)) / X.std(axis=0) / 128, 0, 1)
    assert network.labels == ["ash", "birch", "cedar"]
    np.testing.assert_allclose(network.predict_proba(scaled), estimator.predict_proba(X), atol=1e-5)


def test_so_many_partial_fits_are_so_many_epochs(points):
    X, y = points
    settings = {"optimizer": "adam", "dropout": 0.2, "batch_size": 32, "warmup_epochs": 2}
    whole = small(**settings, epochs=4).fit(X, y)
    parts = small(**settings, epochs=4)
    for _ in range(4):
        # As if it were sent to another process each time.
        parts = pickle.loads(pickle.dumps(parts.partial_fit(X, y, classes=np.unique(y))))
    np.testing.assert_array_equal(parts.predict_proba(X), whole.predict_proba(X))
    np.testing.assert_allclose(parts.loss_curve_, whole.loss_curve_, rtol=1e-6)
    assert parts.n_iter_ == 4


def test_partial_fit_learns_from_parts_that_have_not_all_classes(points):
    X, y = points
    order = np.argsort(y, kind="stable")
    estimator = small(learning_rate=0.05)
    for _ in range(12):
        for part in np.array_split(order, 3):
            estimator.partial_fit(X[part], y[part], classes=["ash", "birch", "cedar"])
    assert estimator.score(X, y) > 0.5
    with pytest.raises(ValueError, match="unseen labels"):
        estimator.partial_fit(X[:2], ["ash", "oak"])


def test_partial_fit_begins_after_a_first_call_that_was_refused(points):
    X, y = points
    estimator = small()
    with pytest.raises(ValueError, match="contains NaN"):
        estimator.partial_fit(X * np.nan, y, classes=np.unique(y))
    assert estimator.partial_fit(X, y).n_iter_ == 1


def test_whole_numbers_beyond_float32_are_told_apart():
    """Seconds since 1970 differ by less than float32 can tell."""
    y = np.tile([0, 1], 50)
    X = 1_700_000_000 + 8 * y[:, np.newaxis]
    assert small(learning_rate=0.3).fit(X, y).score(X, y) == 1


@pytest.mark.parametrize("setting", [{"schedule": "cosine"}, {"val_size": 20}])
def test_partial_fit_is_not_there_for_trainings_that_have_an_end(setting):
    assert hasattr(small(), "partial_fit")
    assert not hasattr(small(**setting), "partial_fit")


def test_one_random_state_gives_one_result(points):
    X, y = points
    first, again, other = small(), clone(small()), small(random_state=1)
    probabilities = [one.fit(X, y).predict_proba(X) for one in (first, again, other)]
    np.testing.assert_array_equal(probabilities[0], probabilities[1])
    assert np.abs(probabilities[0] - probabilities[2]).max() > 0.01
    unset = small(random_state=None)
    assert (unset.fit(X, y).predict_proba(X) != unset.fit(X, y).predict_proba(X)).any()


@pytest.mark.parametrize(("val_size", "kept_back"), [(0.25, 30), (10, 10)])
def test_share_or_number_is_kept_back_and_the_best_epoch_counts(points, val_size, kept_back):
    X, y = points
    estimator = small(val_size=val_size, patience=3, learning_rate=0.5, epochs=200).fit(X, y)
    curve = estimator.val_loss_curve_
    assert len(curve) == estimator.n_iter_ == len(estimator.loss_curve_) < 200
    assert int(np.argmin(curve)) == len(curve) - 1 - 3
    # Always the same ones are kept back: those on which the network has the best loss of all.
    held = split_validation(len(X), kept_back)[1]
    at_label = estimator.predict_proba(X[held])[
        np.arange(kept_back), np.searchsorted(estimator.classes_, y[held])
    ]
    assert -np.log(at_label).mean() == pytest.approx(min(curve), rel=1e-4)


def test_data_frames_keep_their_names_in_a_pipeline(points):
    pandas = pytest.importorskip("pandas")
    X, y = points
    frame = pandas.DataFrame(X, columns=list("abcdef"))
    pipeline = make_pipeline(StandardScaler(), small()).set_output(transform="pandas")
    pipeline.fit(frame, pandas.Series(y, dtype="category"))
    assert list(pipeline[-1].feature_names_in_) == list("abcdef")
    assert set(pipeline.predict(frame)) <= {"ash", "birch", "cedar"}
    with pytest.raises(ValueError, match="feature names should match"):
        pipeline.predict(frame.rename(columns={"a": "z"}))


def test_what_never_changes_or_is_out_of_reach_does_no_harm(points):
    X, y = points
    X = np.column_stack([X, np.full(len(X), 0.1), np.zeros(len(X))])
    estimator = small().fit(X, y)
    far = np.where(np.arange(X.shape[1]) == 0, 1e30, X[:1])
    assert estimator.score(X, y) > 0.6
    assert np.isfinite(estimator.predict_proba(far)).all()


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"hidden": (0,)}, "hidden must be a whole number from 1"),
        ({"hidden": 16}, "hidden must be a list of at most 10 numbers, got 16"),
        ({"optimizer": "lbfgs"}, "optimizer must be one of sgd, .*, got 'lbfgs'"),
        ({"learning_rate": "adaptive"}, r"learning_rate must be a number in \(0, 100\]"),
        ({"inputs": "words"}, "inputs must be one of features, images, got 'words'"),
        ({"inputs": "images"}, r"images must lie in \[0, 1\]"),
        ({"val_size": 1.0}, r"val_size must be a number in \[0, 1\), got 1.0"),
        ({"val_size": 120}, "val_size must be less than the 120 training images"),
        ({"patience": 3}, "patience needs a val_size above 0"),
        ({"momentum": 0.9, "optimizer": "adam"}, "momentum needs optimizer sgd"),
    ],
)
def test_a_wrong_setting_is_named_when_it_is_fitted(points, setting, message):
    estimator = small().set_params(**setting)
    with pytest.raises(ValueError, match=message):
        estimator.fit(*points)


def test_settings_may_come_from_arrays(points):
    settings = {"batch_norm": np.True_, "batch_size": np.int64(16), "optimizer": np.str_("adam")}
    own = {"batch_norm": True, "batch_size": 16, "optimizer": "adam"}
    X, y = points
    np.testing.assert_array_equal(
        small(**settings).fit(X, y).predict_proba(X), small(**own).fit(X, y).predict_proba(X)
    )


def test_numbers_without_a_standard_deviation_are_refused(points):
    X, y = points
    with pytest.raises(ValueError, match=r"X must hold numbers that can be squared, got .*e.302"):
        small().fit(X * 1e299, y)


def test_a_learning_rate_that_is_too_high_is_said(points):
    with pytest.raises(nn.TrainingDiverged, match="learning_rate 100 is probably too high"):
        small(learning_rate=100, loss="mse").fit(*points)


def test_is_shown_with_the_settings_that_differ():
    assert repr(MLPClassifier((64,), epochs=5)) == "MLPClassifier(epochs=5, hidden=(64,))"
    assert "epochs" in small()._repr_html_()
