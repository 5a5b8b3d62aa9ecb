"""A moment of a training as the browser is told of it."""

from typing import NamedTuple

import numpy as np

from nn.plane.config import PlaneConfig
from nn.plane.snapshot import Snapshot
from nn.plane.training import PlaneTraining
from ui.playground.pace import LARGE
from ui.playground.reply import ArmReply


class Moment(NamedTuple):
    """gradients, changes: (P,), see `PlaneTraining`."""

    snapshot: Snapshot
    gradients: np.ndarray
    changes: np.ndarray


def moment_of(training: PlaneTraining) -> Moment:
    """Where it stands."""
    return Moment(training.snapshot(), training.gradients(), training.changes())


def shape_key(config: PlaneConfig) -> str:
    """Tells whether the browser's picture of a network fits its parameters."""
    layers = zip((*config.hidden, config.outputs), config.layer_activations, strict=True)
    return ",".join((*config.inputs, *(f"{width}{name}" for width, name in layers), config.loss))


def arm_reply(
    training: PlaneTraining, run: str, moments: list[Moment], stopped: str | None
) -> ArmReply:
    """What is sent of a network, at these moments of it."""
    snapshots = [moment.snapshot for moment in moments]
    with_slopes = moments if training.network.num_parameters <= LARGE else moments[-1:]
    diverged = training.diverged
    return ArmReply(
        run=run,
        key=shape_key(training.config),
        moments=[
            (one.step, one.epoch, one.train_loss, one.test_loss, one.train_score, one.test_score)
            for one in snapshots
        ],
        parameters=[one.parameters for one in snapshots],
        slopes=[slope for moment in with_slopes for slope in (moment.gradients, moment.changes)],
        locked=sorted(training.locked),
        off=sorted(list(place) for place in training.off),
        diverged=None if diverged is None else {"words": diverged, "to": training.back_to},
        stopped=stopped,
    )
