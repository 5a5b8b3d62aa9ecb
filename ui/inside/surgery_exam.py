"""The exam of a network before and after surgery, kept for all visitors."""

from typing import NamedTuple

import numpy as np
import streamlit as st

import data
from nn.cost import answer_cost
from nn.explain.surgery import Operation
from ui.inside.chosen_network import shared_state
from ui.inside.perhaps_long import QUICK, perhaps_long
from ui.inside.surgery_operations import Operated, to_text
from ui.inside.surgery_sources import Sources
from ui.inside.surgery_work import ask_one, sit_exam
from ui.inside.view import Scene
from ui.long_work import Piece, long_work
from ui.shared.error_text import error_text

Array = np.ndarray

COUNTS = (2000, 500, 200)
_MOST = 1.2e12
"""In multiplications: an exam of some 40 s."""


class Questions(NamedTuple):
    """What the network is asked.

    key: of network and images.
    images, labels: (n, 28, 28) and (n,), the first of the test images.
    is_quick: whether it takes a moment.
    """

    key: str
    images: Array
    labels: Array
    is_quick: bool


class Sitting(NamedTuple):
    """What the network said.

    probabilities: (n, classes) to the exam's images.
    own: (classes,) to the page's image.
    """

    probabilities: Array
    own: Array


def questions(scene: Scene, dataset: str) -> Questions:
    network = scene.chosen.network
    cost = answer_cost(network.layers, network.in_features)
    count = max([count for count in COUNTS if count * cost <= _MOST], default=COUNTS[-1])
    loaded = data.load(dataset)
    images, labels = loaded.test_images[:count], loaded.test_labels[:count]
    key = f"exam {scene.chosen.key} {dataset} {len(labels)}"
    return Questions(key, images, labels, len(labels) * cost <= QUICK)


def sit(
    scene: Scene, exam: Questions, operations: list[Operated], sources: Sources
) -> tuple[Sitting, Sitting] | None:
    """Before and after the operations; None as long as it is not there."""
    state = scene.chosen.state
    done, keys = [], []
    for one in operations:
        tool, other = one.tool, None
        if tool.how == "swapped":
            try:
                network, other_key = sources.network(tool.source)
            except (ValueError, OSError) as error:
                st.caption(f"This cannot be swapped: {error_text(error)}")
                return None
            other = shared_state(other_key, network)
            keys.append(other_key)
        units = sorted(one.units)
        operation = Operation(
            tool.how, one.layer.place, units, tool.biases, size=tool.size, seed=tool.seed
        )
        done.append((operation, other))
    found = []
    for text, some in (("", []), (f" {to_text(operations)} {keys}", done)):
        key = exam.key + text if some else exam.key
        piece = Piece(key, sit_exam, (state, exam.images, exam.labels, some))
        sat = perhaps_long(piece, "The exam", is_quick=exam.is_quick)
        if sat is None:
            return None
        arguments = state, scene.image.pixels, some, sat.statistics
        own = long_work().at_once(Piece(f"{key} image {scene.image.key}", ask_one, arguments))
        found.append(Sitting(sat.probabilities, own))
    return found[0], found[1]
