"""The exam that a network sits after surgery."""

from collections.abc import Generator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from nn.explain.surgery import Exam, Operation, Statistics, operated_probabilities
from nn.plain_state import network_from
from ui.long_work import Progress

Array = np.ndarray


class Sat(NamedTuple):
    """What came of it.

    probabilities: (n, classes), what it said to the exam's images.
    statistics: what the operations needed of them.
    """

    probabilities: Array
    statistics: Statistics


Operations = list[tuple[Operation, dict[str, Any] | None]]
"""Each with the state of the network that it swaps with."""


def sit_exam(
    state: dict[str, Any], images: Array, labels: Array, operations: Operations
) -> Generator[Progress, None, Sat]:
    """Of the network with this `plain_state` after the operations."""
    yield Progress(words="the exam")
    exam, done = Exam(network_from(state), images, labels), _whole(operations)
    return Sat(exam.after(done).probabilities, exam.statistics(done))


def ask_one(
    state: dict[str, Any], image: Array, operations: Operations, statistics: Statistics
) -> Generator[Progress, None, Array]:
    """What the same network says (classes,) to an image (28, 28) that is none of the exam's."""
    yield Progress(words="the image")
    network, done = network_from(state), _whole(operations)
    said: Array = operated_probabilities(network, image[None], done, statistics)[0]
    return said


def _whole(operations: Operations) -> list[Operation]:
    return [
        one if other is None else replace(one, other=network_from(other))
        for one, other in operations
    ]
