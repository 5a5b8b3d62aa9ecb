"""`python -m nn train --from`: a training that begins with the weights of a model."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result

import data
import nn
from nn.history import History
from nn.runs import Run, write_config

QUICK = ("train", "--dataset", "digits", "--threads", 1, "--hidden", 16, "--epochs", 1)
Cli = Callable[..., Result]


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A model of the same layers, whose inputs are scaled otherwise."""
    network = nn.Network.mlp([784, 16, 10], seed=9, input_mean=0.25, input_std=0.5)
    path = tmp_path / "start.safetensors"
    nn.save(network, path)
    return path


def test_at_first_it_answers_as_the_model(cli: Cli, tmp_path: Path, start: Path) -> None:
    result = cli(*QUICK, "--from", start, "--run", tmp_path / "r")
    assert result.exit_code == 0, result.output
    history = History(tmp_path / "r")
    images = data.load("digits").test_images[:20]
    begun = history.network_at(history.whole()[0]).predict_proba(images)
    np.testing.assert_allclose(begun, nn.load(start).predict_proba(images), atol=5e-3)
    ended = nn.load(Run(tmp_path / "r").model_path).predict_proba(images)
    assert np.abs(ended - begun).max() > 0.1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--hidden", 8), "must have the layers that the settings make, [Linear(in_features=784, "),
        (("--dropout", 0.1), "--hidden, --activation, --batch-norm, --dropout make them"),
        (("--ensemble", 2), "an ensemble trains several"),
    ],
)
def test_a_model_of_other_layers_is_refused(
    cli: Cli, tmp_path: Path, start: Path, more: tuple[object, ...], words: str
) -> None:
    result = cli(*QUICK, *more, "--from", start, "--run", tmp_path / "r")
    assert result.exit_code == 2
    assert "Invalid value for --from: " in result.stderr
    assert words in result.stderr
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"hidden": (8,)}, "start must have the layers that the settings make"),
        ({"hidden": (16,), "ensemble": 2}, "start is one network, and an ensemble trains several"),
    ],
)
def test_a_run_with_a_start_that_does_not_fit_fails(
    cli: Cli, tmp_path: Path, start: Path, settings: dict[str, Any], words: str
) -> None:
    write_config(tmp_path / "r", nn.TrainingConfig(dataset="digits", **settings).to_dict())
    shutil.copy(start, Run(tmp_path / "r").start_path)
    result = cli("train", "--run", tmp_path / "r")
    assert result.exit_code == 1
    assert words in result.stderr
    assert words in Run(tmp_path / "r").last("failed")["message"]


def test_what_is_no_model_and_what_has_begun_is_refused(
    cli: Cli, tmp_path: Path, start: Path
) -> None:
    bad = tmp_path / "bad.safetensors"
    bad.write_text(json.dumps({}))
    assert cli(*QUICK, "--from", bad, "--run", tmp_path / "r").exit_code == 2
    assert not (tmp_path / "r").exists()
    result = cli("train", "--from", start, "--run", tmp_path / "r", "--resume")
    assert result.exit_code == 2
