"""What goes wrong, as it is recorded: small, whole, and as it is said to be."""

import re
from dataclasses import fields

import numpy as np
import pytest

import nn
from nn.failures import FAILURES, RECORDED, recording, recordings_folder
from nn.history import History
from nn.runs import CLOSING

BY_NAME = {failure.name: failure for failure in FAILURES}


@pytest.mark.parametrize("name", RECORDED)
def test_a_recording_is_a_run_with_a_history(name):
    run = recording(name)
    assert nn.TrainingConfig.from_dict(run.config) == RECORDED[name]
    assert run.status in CLOSING
    history = History(run.folder)
    health, weights = history.health(), history.whole()
    assert len(health) >= 10
    assert len(weights) >= 5
    assert health["step"].tolist() == history.answers()["step"].tolist()
    assert set(weights["step"]) <= set(health["step"])
    end = run.events[-1]["step"]
    for records in (health, weights):
        assert (records["step"][0], records["step"][-1]) == (0, end)
    assert np.isfinite(history.network_at(weights[-1]).parameters).all()


def test_they_are_small():
    sizes = [
        sum(path.stat().st_size for path in (recordings_folder() / name).rglob("*.*"))
        for name in RECORDED
    ]
    assert max(sizes) <= 260_000
    assert sum(sizes) <= 1_500_000


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_a_failure_answers_by_chance_and_its_twin_reads(failure):
    accuracies = [
        recording(name).epochs[-1]["test_accuracy"] for name in (failure.name, failure.twin)
    ]
    assert accuracies[0] < 0.2
    assert accuracies[1] > 0.9


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.name)
def test_a_failure_differs_from_its_twin_in_one_setting(failure):
    names = [field.name for field in fields(nn.TrainingConfig)]
    mine, other = failure.config, failure.twin_config
    assert len([name for name in names if getattr(mine, name) != getattr(other, name)]) == 1


def health(name):
    return History(recording(name).folder).health()


def losses(name):
    """The losses that the curve of a training is drawn from."""
    return [event["train_loss"] for event in recording(name).events if "train_loss" in event]


def said(name, pattern):
    """The numbers that a failure's sentence has in these places."""
    found = re.search(pattern, BY_NAME[name].see)
    assert found is not None, BY_NAME[name].see
    return [int(number.replace(",", "")) for number in found.groups()]


def test_six_sigmoid_layers_are_as_they_are_said_to_be():
    name = "six-sigmoid-layers"
    gradients = health(name)["layers"]["numbers"][:, :, 2, 3]  # std
    assert "less than a hundredth in the first two layers" in BY_NAME[name].see
    assert (gradients[:, :2] < gradients[:, -1:] / 100).all()
    twin = health("six-relu-layers")["layers"]["numbers"][:, :, 2, 3]
    assert (twin[:, 0] > twin[:, -1] / 10).all()
    epochs, percent, least = said(name, r"in (\d+) epochs .* first four .* (\d+) %, .*layer (\d)")
    assert epochs == len(recording(name).epochs)
    history = History(recording(name).folder)
    first, last = (
        [value for key, value in parameters.items() if key.endswith("weight")]
        for parameters in (
            history.network_at(history.whole()[end]).named_parameters() for end in (0, -1)
        )
    )
    moved = [
        np.linalg.norm(after - before) / np.linalg.norm(before)
        for before, after in zip(first, last, strict=True)
    ]
    assert max(moved[:4]) < percent / 100 < min(moved[4:])
    assert int(np.argmin(moved)) == least - 1


def test_learning_rate_5_is_as_it_is_said_to_be():
    name = "learning-rate-5"
    loss, step = said(name, r"more than ([\d,]+); from step (\d+) on")
    assert loss < max(losses(name)) < 1.1 * loss
    layers = health(name)
    dead = (layers["layers"]["dead"][:, :-1] == 16).all(axis=1)
    assert (dead == (layers["step"] >= step)).all()
    # Of the steps after that; what is told at a step is of the one that led to it.
    assert (layers["layers"]["update_ratio"][layers["step"] > step] == -12).all()


def test_all_zero_weights_are_as_they_are_said_to_be():
    layers = health("all-zero-weights")["layers"]
    assert (layers["dead"][:, :-1] == 16).all()
    assert (layers["update_ratio"] == -12).all()
    answers = History(recording("all-zero-weights").folder).answers()["classes"]
    assert (answers == answers[:, :1]).all()


def test_weights_x_10_are_as_they_are_said_to_be():
    name = "weights-x-10"
    loss, step, early, neurons, late = said(
        name, r"more than (\d+); (\d+) steps .* (\d+) of the (\d+) .* they are (\d+)"
    )
    assert loss < max(losses(name)) < 1.2 * loss
    records = health(name)
    dead = dict(zip(records["step"].tolist(), records["layers"]["dead"][:, 0], strict=True))
    assert dead[step] == early
    assert records["layers"]["dead"][-1, 0] == late
    assert records["layers"]["neurons"][0, 0] == neurons


def test_of_the_healthy_one_few_neurons_are_dead():
    assert (health("healthy")["layers"]["dead"][:, :-1] < 8).all()


def test_another_name_is_refused():
    with pytest.raises(ValueError, match=r"recording must be one of healthy, .* got '\.\.'"):
        recording("..")
