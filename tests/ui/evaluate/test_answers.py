"""Asking a model about images in parts."""

import json
import threading
from pathlib import Path

import numpy as np
import pytest

import data
import nn
from ui.evaluate import answers as module
from ui.evaluate import evaluate_model as evaluate_model_module
from ui.evaluate.answers import Answers
from ui.evaluate.evaluate_model import evaluate_model
from ui.models.model_choice import ModelChoice


@pytest.fixture
def choice(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> ModelChoice:
    """A network for the embedded digits, whose answers to the training images take three parts."""
    monkeypatch.delenv("SCRATCH_NN_DATA", raising=False)
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(cache))
    monkeypatch.setattr(module, "PART_SECONDS", 0)
    monkeypatch.setattr(module, "SHORT_COST", 0)
    evaluate_model_module._answers.clear()
    metadata = {"dataset": "digits", "labels": json.dumps(list("0123456789"))}
    nn.save(nn.Network.mlp([784, 10], metadata=metadata), tmp_path / "a.safetensors")
    return ModelChoice("a", "a", tmp_path / "a.safetensors", "digits", None)


def expected(choice: ModelChoice) -> np.ndarray:
    return nn.load(choice.path).predict_proba(data.load("digits").train_images)


def test_progress_is_told_at_once_and_on_the_way(choice: ModelChoice) -> None:
    told: list[float] = []
    evaluation = evaluate_model(choice, "digits", "train", told.append)
    assert told[0] == 0
    assert told == pytest.approx([0, 512 / 1442, 1024 / 1442])
    np.testing.assert_allclose(evaluation.probabilities, expected(choice), atol=1e-6)


def test_what_is_known_already_has_no_progress(choice: ModelChoice) -> None:
    first = evaluate_model(choice, "digits", "train")
    told: list[float] = []
    assert evaluate_model(choice, "digits", "train", told.append) is first
    assert told == []


def test_a_moments_work_has_none_either(
    choice: ModelChoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SHORT_COST", 10**12)
    told: list[float] = []
    evaluate_model(choice, "digits", "train", told.append)
    assert told == []


class Left(BaseException):
    """The visitor has gone to another page."""


def test_who_leaves_ends_the_asking_and_the_next_one_goes_on(choice: ModelChoice) -> None:
    told: list[float] = []

    def leave(share: float) -> None:
        told.append(share)
        if len(told) == 2:
            raise Left

    with pytest.raises(Left):
        evaluate_model(choice, "digits", "train", leave)
    again: list[float] = []
    evaluation = evaluate_model(choice, "digits", "train", again.append)
    assert again[0] == told[-1] > 0
    np.testing.assert_allclose(evaluation.probabilities, expected(choice), atol=1e-6)


def test_several_visitors_share_the_work(choice: ModelChoice) -> None:
    answers = Answers(choice, "digits", "train")

    def ask() -> None:
        while answers.evaluation is None:
            answers.ask_on()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.evaluation is not None
    np.testing.assert_allclose(answers.evaluation.probabilities, expected(choice), atol=1e-6)
    answers.ask_on()  # there is nothing left to do
    assert answers.share == 1
