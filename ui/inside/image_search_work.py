"""What a network says about the first test images: where it errs, and where it is least sure."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.averaging import ALONE
from nn.plain_state import network_from
from ui.long_work.piece import Progress

Array = np.ndarray

_TOGETHER = 2
"""Batches, from one sign of progress to the next."""


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


def answers(
    state: dict[str, Any], images: Array, labels: Array, there: int
) -> Generator[Progress, None, Answers]:
    """Of the network with this `plain_state` to images (n, 28, 28) uint8 with labels (n,)."""
    yield Progress(0, "asks the network")
    network = network_from(state)
    size = _TOGETHER * network.inference_batch
    parts = []
    for start in range(0, len(images), size):
        parts.append(network.predict_proba(images[start : start + size], averaging=ALONE))
        done = min(start + size, len(images))
        yield Progress(done / len(images), f"{done:,} of {len(images):,} images")
    probabilities = np.concatenate(parts)
    confidence, wrong = probabilities.max(axis=1), probabilities.argmax(axis=1) != labels
    order = np.argsort(confidence, kind="stable")
    mistakes = order[::-1][wrong[order[::-1]]]
    return Answers(len(labels), there, mistakes.tolist(), order[:200].tolist())
