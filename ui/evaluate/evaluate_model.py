"""Asking a model about all images of one part of a dataset."""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import streamlit as st

import data
import nn
from nn.cost import answer_cost
from ui.evaluate.evaluation import Evaluation, Part
from ui.models.load import load_model
from ui.models.model_choice import ModelChoice
from ui.models.saved_predictions import has_predictions, predictions_path

MOST_ANSWERS_COST = 8 * 10**11
"""Ten to twenty seconds; where test-time averages would take more, images are looked at alone."""


class NotComparable(ValueError):
    """A model and a dataset that cannot meet; the message says why in words for a visitor."""


def evaluate_model(choice: ModelChoice, dataset: str, part: Part) -> Evaluation:
    """Predictions of a model for all test or training images of a dataset.

    The last few are kept for all visitors, until the model's file changes. A shipped model comes
    with those for its own test images, which takes no time, and no images.

    Raises:
        NotComparable: model and dataset differ in their number of classes or pixels.
        data.DatasetNotFound: neither images nor saved predictions are here.
        ValueError: the model's file, or that with its predictions, cannot be read.
        OSError: the model's file is gone.
    """
    if part == "test" and dataset == choice.dataset and has_predictions(choice.path):
        path = predictions_path(choice.path)
        return _saved(path, path.stat().st_mtime_ns, dataset)
    return _predict(choice, choice.path, choice.path.stat().st_mtime_ns, dataset, part)


# At most 13 MB each (the training images of the largest dataset), 0.5 MB for MNIST's test images.
@st.cache_resource(max_entries=4, show_spinner=False)
def _predict(
    _choice: ModelChoice, path: Path, mtime_ns: int, dataset: str, part: Part
) -> Evaluation:
    network = load_model(_choice)
    info = data.DATASETS[dataset]
    if network.num_classes != info.num_classes:
        raise NotComparable(
            f"This model tells {network.num_classes} classes apart, {info.title} has "
            f"{info.num_classes}. Choose other data or another model."
        )
    images = data.load(dataset)
    pixels, true = (
        (images.test_images, images.test_labels)
        if part == "test"
        else (images.train_images, images.train_labels)
    )
    if network.in_features != pixels[0].size:
        raise NotComparable(
            f"This model looks at {network.in_features} pixels, the images of {info.title} have "
            f"{pixels[0].size}. Choose another model."
        )
    own = network.averaging
    cost = answer_cost(network.layers, network.in_features) * own.copies * len(pixels)
    alone = bool(own) and cost > MOST_ANSWERS_COST
    probabilities = network.predict_proba(pixels, averaging=nn.ALONE if alone else own)
    probabilities = probabilities.astype(np.float32, copy=False)
    return Evaluation(dataset, part, info.labels, true.copy(), probabilities, alone=alone)


@st.cache_resource(max_entries=4, show_spinner=False)
def _saved(path: Path, mtime_ns: int, dataset: str) -> Evaluation:
    labels = data.DATASETS[dataset].labels
    try:
        with np.load(path, allow_pickle=False) as arrays:
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
