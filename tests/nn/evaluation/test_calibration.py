"""Being right as often as one says: temperature, calibration error, interval of an accuracy."""

import json
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

import nn
from nn.evaluation.calibration import MAX_TEMPERATURE, MIN_IMAGES, MIN_TEMPERATURE

# Three answers of four are right, so the probability should be 3/4, a logit of log 3.
LABELS = np.array([0, 0, 0, 1] * 50)


def logits_of(certainty):
    """(n, 2) logits that say class 0 for all images, with this logit."""
    return np.tile([certainty, 0.0], (len(LABELS), 1))


# The temperature


@pytest.mark.parametrize(("times", "temperature"), [(2, 2), (1, 1), (0.5, 0.5), (7, 7)])
def test_a_network_so_many_times_too_sure_gets_that_temperature(times, temperature):
    logits = logits_of(times * np.log(3))
    assert nn.fit_temperature(logits, LABELS) == pytest.approx(temperature, rel=1e-6)


def test_single_precision_logits_do():
    logits = logits_of(2 * np.log(3)).astype(np.float32)
    assert nn.fit_temperature(logits, LABELS.astype(np.uint8)) == pytest.approx(2, rel=1e-5)


def test_no_other_temperature_fits_the_labels_better():
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (500, 10))
    labels = (logits + rng.normal(0, 4, logits.shape)).argmax(axis=1)
    best = nn.fit_temperature(logits, labels)
    loss = nn.CrossEntropyLoss()
    for other in (0.9 * best, 1.1 * best):
        assert loss(logits / best, labels)[0] < loss(logits / other, labels)[0]


def test_where_all_is_wrong_it_is_as_high_as_it_gets():
    assert nn.fit_temperature(logits_of(5.0), 1 - 0 * LABELS) == pytest.approx(MAX_TEMPERATURE)


def test_it_never_gets_below_its_limit():
    assert nn.fit_temperature(logits_of(1e-9), LABELS) == pytest.approx(MIN_TEMPERATURE)


def test_a_few_right_answers_are_no_reason_to_be_certain():
    assert nn.fit_temperature(logits_of(1.0), 0 * LABELS) == 1


# What the network does with it


def network_saying(certainty, **options):
    network = nn.Network.mlp([4, 2], **options)
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][0] = certainty
    return network


IMAGES = np.zeros((len(LABELS), 2, 2), np.float32)


def test_probabilities_are_those_at_the_networks_temperature():
    network = network_saying(2 * np.log(3), temperature=2)
    np.testing.assert_allclose(network.predict_proba(IMAGES[:1]), [[0.75, 0.25]], rtol=1e-6)
    np.testing.assert_allclose(network.predict_logits(IMAGES[:1]), [[2 * np.log(3), 0]], rtol=1e-6)


@pytest.mark.parametrize("temperature", [0, -1, 1000, float("nan"), "1"])
def test_a_temperature_out_of_range_is_refused(temperature):
    with pytest.raises(ValueError, match="temperature must be a number"):
        nn.Network.mlp([4, 2], temperature=temperature)


def test_a_calibrated_network_is_as_sure_as_it_is_often_right():
    network = network_saying(2 * np.log(3))
    nn.calibrate(network, IMAGES, LABELS)
    assert network.temperature == pytest.approx(2, rel=1e-5)
    assert network.predict_proba(IMAGES[:1])[0, 0] == pytest.approx(0.75, rel=1e-5)
    # log(9 + 1) for all of them
    assert network.max_energy == pytest.approx(-np.log(10), rel=1e-5)


def test_few_images_calibrate_nothing():
    network = network_saying(2 * np.log(3))
    nn.calibrate(network, IMAGES[: MIN_IMAGES - 1], LABELS[: MIN_IMAGES - 1])
    assert network.temperature == 1
    assert network.max_energy is None


def test_it_is_saved_with_the_network(tmp_path):
    path = tmp_path / "model.safetensors"
    network = network_saying(2 * np.log(3), temperature=1 / 3, max_energy=-2.5)
    nn.save(network, path)
    loaded = nn.load(path)
    assert (loaded.temperature, loaded.max_energy) == (1 / 3, -2.5)
    assert loaded.metadata == {}
    np.testing.assert_array_equal(loaded.predict_proba(IMAGES), network.predict_proba(IMAGES))


def rewrite(path: Path, **changes: str | None) -> None:
    """Change the metadata of a safetensors file; None takes an entry away."""
    with safetensors.safe_open(path, framework="numpy") as file:
        metadata = file.metadata() | changes
    tensors = safetensors.numpy.load_file(path)
    kept = {key: value for key, value in metadata.items() if value is not None}
    path.write_bytes(safetensors.numpy.save(tensors, kept))


def test_a_file_from_before_there_were_temperatures_says_what_its_softmax_says(tmp_path):
    path = tmp_path / "model.safetensors"
    nn.save(network_saying(np.log(3), metadata={"labels": json.dumps(["a", "b"])}), path)
    rewrite(path, temperature=None)
    loaded = nn.load(path)
    assert (loaded.temperature, loaded.max_energy) == (1, None)
    assert loaded.labels == ["a", "b"]
    np.testing.assert_allclose(loaded.predict_proba(IMAGES[:1]), [[0.75, 0.25]], rtol=1e-6)


@pytest.mark.parametrize("field", ["temperature", "max_energy"])
@pytest.mark.parametrize("value", ["warm", "nan", "inf", "-1e300"])
def test_a_file_with_nonsense_instead_is_refused(tmp_path, field, value):
    path = tmp_path / "model.safetensors"
    nn.save(network_saying(1.0), path)
    rewrite(path, **{field: value})
    with pytest.raises(ValueError, match="not a network that scratch-nn can load"):
        nn.load(path)


# The calibration error


def test_calibration_error_worked_out_by_hand():
    """Two bins: at 0.9, two of four are right (off by 0.4); at 0.6, one of one (off by 0.4)."""
    probabilities = np.array([[0.9, 0.1]] * 4 + [[0.4, 0.6]])
    labels = np.array([0, 0, 1, 1, 1])
    assert nn.calibration_error(probabilities, labels) == pytest.approx(0.4)


def test_too_sure_and_not_sure_enough_make_up_for_each_other_within_a_bin_only():
    probabilities = np.array([[0.91, 0.09], [0.91, 0.09], [0.55, 0.45], [0.55, 0.45]])
    # 0.91: both right, 0.09 off; 0.55: both wrong, 0.55 off
    error = nn.calibration_error(probabilities, np.array([0, 0, 1, 1]))
    assert error == pytest.approx((2 * 0.09 + 2 * 0.55) / 4)
    # one bin for all: |2 - 2.92| / 4
    assert nn.calibration_error(probabilities, np.array([0, 0, 1, 1]), bins=1) == pytest.approx(
        0.23
    )


def test_certain_and_right_is_perfect_and_certain_and_wrong_the_worst():
    certain = np.array([[1.0, 0.0]] * 3, np.float32)
    assert nn.calibration_error(certain, np.array([0, 0, 0])) == 0
    assert nn.calibration_error(certain, np.array([1, 1, 1])) == 1


# The interval of an accuracy


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_as_published(right, count, low, high):
    assert nn.accuracy_interval(right, count) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("right", "count", "name"), [(12, 10, "right"), (-1, 10, "right"), (0, 0, "count")]
)
def test_impossible_counts_are_refused(right, count, name):
    with pytest.raises(ValueError, match=f"{name} must be a whole number"):
        nn.accuracy_interval(right, count)


@pytest.mark.parametrize("labels", [np.zeros(150), np.zeros(9, int), np.full(150, 3)])
def test_labels_that_do_not_fit_calibrate_nothing(labels):
    network = nn.Network.mlp([4, 3])
    with pytest.raises(ValueError, match="val_labels must"):
        nn.calibrate(network, np.zeros((150, 4)), labels)
    assert (network.temperature, network.max_energy) == (1, None)


def test_it_never_leaves_0_to_1():
    assert nn.accuracy_interval(10, 10)[1] == pytest.approx(1)
    assert nn.accuracy_interval(0, 10)[0] == pytest.approx(0)
