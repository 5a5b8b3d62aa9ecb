"""What a network says about the first test images: where it errs, and where it is least sure."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

import data
import nn
from nn.averaging import ALONE

MOST_IMAGES = 10_000


@dataclass(frozen=True)
class Answers:
    """About the first `asked` of the test images that are `there`; both lists are places in them.

    mistakes: the most confident first.
    unsure: right or wrong, the least confident first.
    """

    asked: int
    there: int
    mistakes: list[int]
    unsure: list[int]


@st.cache_resource(max_entries=20, show_spinner=False)
def answers(key: str, dataset: str, _network: nn.Network) -> Answers:
    """Of the network with this key; kept for all visitors. Takes a second or two where it has
    convolutions.

    Raises data.DatasetNotFound if the images are not on this computer.
    """
    loaded = data.load(dataset)
    images, labels = loaded.test_images[:MOST_IMAGES], loaded.test_labels[:MOST_IMAGES]
    probabilities = _network.predict_proba(images, averaging=ALONE)
    confidence, wrong = probabilities.max(axis=1), probabilities.argmax(axis=1) != labels
    order = np.argsort(confidence, kind="stable")
    mistakes = order[::-1][wrong[order[::-1]]]
    there = len(loaded.test_labels)
    return Answers(len(labels), there, mistakes.tolist(), order[:200].tolist())
