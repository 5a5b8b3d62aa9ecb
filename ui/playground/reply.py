"""What the server answers a browser's player, as bytes.

A number (4 bytes, least first) says how long the head is, which is JSON and filled up with spaces
to a multiple of 4; float32 follows: for each network its parameters at each moment, then its
gradients and last changes at each moment or, of a large network, at the last one alone.
"""

import json
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np


@dataclass
class ArmReply:
    """What is sent of one network.

    run: a name for the training, new with each start.
    key: what tells its shape from others, see `moments.shape_key`.
    moments: of each: step, epoch, training loss, test loss, training score, test score.
    parameters: of each moment, (P,) float32.
    slopes: gradients and last changes, (P,) each, in turns; for each moment or for the last one.
    locked, off: parameters that keep their value, and (layer, neuron) that are switched off.
    diverged: {"words", "to"} where its numbers ran away: why, and the step where all was well.
    stopped: "loss" or "still" where a rule has stopped it.
    """

    run: str
    key: str
    moments: list[tuple[float | None, ...]]
    parameters: list[np.ndarray]
    slopes: list[np.ndarray]
    locked: list[int]
    off: list[list[int]]
    diverged: dict[str, Any] | None = None
    stopped: str | None = None


def reply_bytes(serial: str, answer: int | None, seconds: float, arms: list[ArmReply]) -> bytes:
    """An answer.

    Args:
        serial: no other answer has it.
        answer: the id of what was asked; None if nothing was.
        seconds: so long the browser plays it.
        arms: the networks.
    """
    head = {
        "serial": serial,
        "answer": answer,
        "seconds": round(seconds, 4),
        "arms": [
            {
                "run": arm.run,
                "key": arm.key,
                "count": len(arm.parameters[0]),
                "moments": [[_short(number) for number in moment] for moment in arm.moments],
                "slopes": len(arm.slopes) // 2,
                "locked": arm.locked,
                "off": arm.off,
                "diverged": arm.diverged,
                "stopped": arm.stopped,
            }
            for arm in arms
        ],
    }
    text = json.dumps(head, allow_nan=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    arrays = [array for arm in arms for array in (*arm.parameters, *arm.slopes)]
    numbers = np.concatenate(arrays).astype("<f4", copy=False).tobytes()
    return len(text).to_bytes(4, "little") + text + numbers


def _short(number: float | None) -> float | int | None:
    """As JSON knows it; what is no number is null."""
    if number is None or isinstance(number, int):
        return number
    return float(f"{number:.7g}") if isfinite(number) else None
