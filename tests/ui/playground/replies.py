"""What a player answers, read as the browser reads it."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass
class Arm:
    """A network in a reply: `moments` are lists of numbers, `parameters` (n, P), `slopes`
    (m, 2, P)."""

    head: dict[str, Any]
    moments: list[list[float]]
    parameters: np.ndarray
    slopes: np.ndarray

    @property
    def steps(self) -> list[int]:
        return [int(moment[0]) for moment in self.moments]


def read_reply(reply: bytes) -> tuple[dict[str, Any], list[Arm]]:
    length = int.from_bytes(reply[:4], "little")
    head = json.loads(reply[4 : 4 + length])
    numbers = np.frombuffer(reply[4 + length :], "<f4")
    arms, at = [], 0
    for arm in head["arms"]:
        count, moments, slopes = arm["count"], arm["moments"], arm["slopes"]
        end = at + len(moments) * count
        last = end + 2 * slopes * count
        arms.append(
            Arm(
                arm,
                moments,
                numbers[at:end].reshape(-1, count),
                numbers[end:last].reshape(slopes, 2, count),
            )
        )
        at = last
    assert at == len(numbers)
    return head, arms
