"""What goes wrong, as it is recorded: small, whole, and as it is said to be."""

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


def test_what_is_said_of_them_is_there_to_be_seen():
    health = {name: History(recording(name).folder).health() for name in RECORDED}
    hidden = {name: records["layers"][:, :-1] for name, records in health.items()}

    gradients = health["six-sigmoid-layers"]["layers"]["numbers"][:, :, 2, 3]  # std
    assert (gradients[:, 0] < gradients[:, -1] / 100).all()
    twin = health["six-relu-layers"]["layers"]["numbers"][:, :, 2, 3]
    assert (twin[:, 0] > twin[:, -1] / 10).all()

    assert health["learning-rate-5"]["loss"].max() > 10_000
    assert (hidden["learning-rate-5"]["dead"][-1] == 16).all()

    assert (hidden["all-zero-weights"]["dead"] == 16).all()
    assert (health["all-zero-weights"]["layers"]["update_ratio"] == -12).all()

    assert 1000 < health["weights-x-10"]["loss"][0] < 4000
    assert hidden["weights-x-10"]["dead"][-1, 0] > 8

    assert (hidden["healthy"]["dead"] < 8).all()


def test_another_name_is_refused():
    with pytest.raises(ValueError, match=r"recording must be one of healthy, .* got '\.\.'"):
        recording("..")
