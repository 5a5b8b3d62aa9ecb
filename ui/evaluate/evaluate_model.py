"""Asking a model about all images of one part of a dataset."""

from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import streamlit as st

import data
from data.array_files import arrays_of
from data.saved_predictions import has_predictions, predictions_path
from ui.evaluate.answers import Answers
from ui.evaluate.evaluation import Evaluation, Part
from ui.models.model_choice import ModelChoice


def evaluate_model(
    choice: ModelChoice,
    dataset: str,
    part: Part,
    on_progress: Callable[[float], object] | None = None,
) -> Evaluation:
    """Predictions of a model for all test or training images of a dataset.

    The last few are kept for all visitors, until the model's file changes. A shipped model comes
    with those for its own test images, which takes no time, and no images.

    Args:
        choice, dataset, part: which model is asked about which images.
        on_progress: called several times a second with the share that is done, at once for the
            first time, unless it is only a moment's work. What it raises ends the asking; the next
            call goes on from there.

    Raises:
        NotComparable: model and dataset differ in their number of classes or pixels.
        data.DatasetNotFound: neither images nor saved predictions are here.
        ValueError: the model's file, or that with its predictions, cannot be read.
        OSError: the model's file is gone.
    """
    if part == "test" and dataset == choice.dataset and has_predictions(choice.path):
        path = predictions_path(choice.path)
        return _saved(path, path.stat().st_mtime_ns, dataset)
    answers = _answers(choice, choice.path, choice.path.stat().st_mtime_ns, dataset, part)
    while answers.evaluation is None:
        if on_progress is not None and answers.is_long:
            on_progress(answers.share)
        answers.ask_on()
    return answers.evaluation


# At most 13 MB each (the training images of the largest dataset), 0.5 MB for MNIST's test images.
@st.cache_resource(max_entries=4, show_spinner=False)
def _answers(_choice: ModelChoice, path: Path, mtime_ns: int, dataset: str, part: Part) -> Answers:
    return Answers(_choice, dataset, part)


@st.cache_resource(max_entries=4, show_spinner=False)
def _saved(path: Path, mtime_ns: int, dataset: str) -> Evaluation:
    labels = data.DATASETS[dataset].labels
    try:
        with arrays_of(path) as arrays:
            probabilities = arrays["probabilities"].astype(np.float32)
            true = arrays["labels"]
    except (KeyError, OSError, ValueError, BadZipFile) as error:
        raise ValueError(f"{path.name} holds no saved predictions: {error}") from error
    if probabilities.shape != (len(true), len(labels)) or true.max() >= len(labels):
        raise ValueError(
            f"{path.name} must hold probabilities (n, {len(labels)}) and labels (n,) below "
            f"{len(labels)}, got shapes {probabilities.shape} and {true.shape}"
        )
    return Evaluation(dataset, "test", labels, true, probabilities, is_saved=True)
