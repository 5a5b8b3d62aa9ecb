"""A player as a browser asks it."""

from itertools import count
from typing import Any

import numpy as np

from data.plane.catalog import make_points
from data.plane.points import Points, split
from nn.plane.config import PlaneConfig
from nn.plane.training import PlaneTraining
from tests.ui.playground.replies import Arm, read_reply
from ui.playground.acts import ask_of
from ui.playground.governor import Governor
from ui.playground.player import Player

TRAIN, TEST = split(make_points("circle", 200, 0, 1), 0.5, 0)
CONFIG = PlaneConfig()
_ids = count(1)


def player(
    *configs: PlaneConfig,
    points: tuple[Points, Points] = (TRAIN, TEST),
    governor: Governor | None = None,
    **rules: Any,
) -> Player:
    """One with time enough, unless the governor is another."""
    made = Player(governor or Governor(count().__next__))
    made.set_up(configs or (CONFIG,), *points, **rules)
    return made


def ask(one: Player, kind: str, at: list[int] | None = None, **details: Any) -> list[Arm]:
    """Ask as a browser whose screen shows these steps, or what was sent last."""
    _, arms = read_reply(one.reply)
    steps = at or [arm.steps[-1] for arm in arms]
    places = [[arm.head["run"], step] for arm, step in zip(arms, steps, strict=True)]
    one.answer(ask_of({"id": next(_ids), "kind": kind, "at": places, **details}))
    return read_reply(one.reply)[1]


def more(one: Player, speed: str = "normal", seconds: float = 0.2, **options: Any) -> list[Arm]:
    return ask(one, "more", speed=speed, seconds=seconds, **{"begins": False, **options})


def trained(config: PlaneConfig, steps: int) -> PlaneTraining:
    """The same without a player."""
    training = PlaneTraining(config, (TRAIN.x, TRAIN.targets), (TEST.x, TEST.targets))
    training.train(steps)
    return training


def assert_is(arm: Arm, training: PlaneTraining) -> None:
    """The last moment of a reply is where this training stands."""
    expected = training.snapshot()
    np.testing.assert_array_equal(arm.parameters[-1], expected.parameters)
    numbers = [expected.step, expected.epoch, expected.train_loss, expected.test_loss]
    np.testing.assert_allclose(arm.moments[-1][:4], numbers, rtol=1e-6)
