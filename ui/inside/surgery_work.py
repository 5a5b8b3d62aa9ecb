"""The exam that a network sits after surgery."""

from collections.abc import Generator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from nn.explain.surgery import Exam, Operation
from nn.plain_state import network_from
from ui.long_work import Progress

Array = np.ndarray


class Sat(NamedTuple):
    """What it said.

    probabilities: (n, classes) to the exam's images.
    own: (classes,) to the page's image.
    """

    probabilities: Array
    own: Array


def sit_exam(
    state: dict[str, Any],
    images: Array,
    labels: Array,
    own: Array,
    operations: list[tuple[Operation, dict[str, Any] | None]],
) -> Generator[Progress, None, Sat]:
    """Of the network with this `plain_state` after the operations, each with the state of the
    network that it swaps with. `own`: the page's image, which is none of the exam's."""
    yield Progress(words="the exam")
    exam = Exam(network_from(state), images, labels)
    done = [
        one if other is None else replace(one, other=network_from(other))
        for one, other in operations
    ]
    return Sat(exam.after(done).probabilities, exam.probabilities(own[None], done)[0])
