"""What trains for one visitor of the Playground.

It trains in answer to its browser alone: there is no thread and no timer, and a browser that is
gone, or whose tab is hidden, costs nothing. Each answer is a piece of training that the browser
plays back while it waits for the next one. So the training is mostly ahead of what is on screen; a
browser that acts says where its screen is, and the training goes there first.
"""

import secrets
import threading
import time
from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Concatenate, ParamSpec

import numpy as np
import streamlit as st

from data.plane.points import Points
from nn.plane.config import PlaneConfig
from nn.plane.snapshot import Snapshot
from nn.plane.training import PlaneTraining
from ui.playground.acts import Ask
from ui.playground.governor import GOVERNOR, Governor
from ui.playground.moments import Moment, arm_reply, moment_of
from ui.playground.pace import FIRST_COST, LEAST_COST, epochs_per_second, frames_per_second, piece
from ui.playground.reply import reply_bytes
from ui.playground.stopping import Stopping

_SESSION_KEY = "playground_player"
LATE = 0.8
"""An answer is sent when this share of its time to play is over, however far the training is."""

# Python lets one thread compute at a time: players that take turns, frame by frame, are done sooner
# than those that hinder each other.
_one_at_a_time = threading.Lock()

_Given = ParamSpec("_Given")


def _alone(
    method: "Callable[Concatenate[Player, _Given], None]",
) -> "Callable[Concatenate[Player, _Given], None]":
    """A method that runs when no other one of the same player does: while an answer is trained, the
    page may run for a click."""

    @wraps(method)
    def locked(self: "Player", *args: _Given.args, **kwargs: _Given.kwargs) -> None:
        with self.lock:
            method(self, *args, **kwargs)

    return locked


def session_player() -> "Player":
    """The one of this visitor."""
    if _SESSION_KEY not in st.session_state:
        st.session_state[_SESSION_KEY] = Player()
    player: Player = st.session_state[_SESSION_KEY]
    return player


class Player:
    """The trainings of one or two networks on the same points.

    trainings: of each network.
    last: the newest moment of each.
    reply: what the browser was answered last, as bytes.
    """

    def __init__(self, governor: Governor = GOVERNOR) -> None:
        self.lock = threading.RLock()
        self.trainings: list[PlaneTraining] = []
        self.last: list[Snapshot] = []
        self.reply = b""
        self._governor = governor
        self._name = secrets.token_hex(6)
        self._serial = 0
        self._answered: int | None = None
        self._runs: list[str] = []
        self._points: tuple[Points, Points] | None = None
        self._cost = 0.0  # seconds for an epoch of all
        self._rules: tuple[float | None, bool] = (None, False)
        self._stopping: list[Stopping] = []

    @_alone
    def set_up(
        self,
        configs: tuple[PlaneConfig, ...],
        train: Points,
        test: Points,
        stop_loss: float | None = None,
        stop_still: bool = False,
        *,
        keeps: bool = False,
    ) -> None:
        """Go on with the training that is there as far as these allow it, or begin a new one.

        Args:
            configs: of each network; two are trained equally far.
            train, test: the points.
            stop_loss, stop_still: when to stop, see `Stopping`.
            keeps: whether the weights stay, where they can, when the points are others.
        """
        if self._rules != (stop_loss, stop_still):
            self._rules = (stop_loss, stop_still)
            self._watch()
        now = tuple(training.config for training in self.trainings)
        fits = len(now) == len(configs) and all(map(PlaneConfig.same_weights, now, configs))
        is_same = self._points is not None and all(map(_same, self._points, (train, test)))
        if is_same and now == configs:
            return
        self._points = (train, test)
        sets = [(points.x, points.targets) for points in (train, test)]
        if not fits or not (is_same or keeps):
            self.trainings = [PlaneTraining(config, *sets) for config in configs]
            self._begin()
            return
        for training, config in zip(self.trainings, configs, strict=True):
            training.adapt(config)
        if is_same:
            self._measure_anew()
            self._show()
        else:
            self.trainings = [training.with_points(*sets) for training in self.trainings]
            self._begin()

    @_alone
    def restart(self) -> None:
        """Begin again from the same weights."""
        for training in self.trainings:
            training.restart()
        self._begin()

    @_alone
    def take_weights(
        self,
        weights: list[np.ndarray],
        locked: list[frozenset[int]],
        off: list[frozenset[tuple[int, int]]],
    ) -> None:
        """Begin again with these weights of each network, (P,) each, and with what of each is
        locked and switched off."""
        for place, (training, values) in enumerate(zip(self.trainings, weights, strict=True)):
            for index in training.locked:
                training.lock(index, False)
            for layer, neuron in training.off:
                training.switch(layer, neuron, True)
            training.restart()
            for index, value in enumerate(values):
                training.edit(index, float(value))
            for index in locked[place]:
                training.lock(index, True)
            for layer, neuron in off[place]:
                training.switch(layer, neuron, False)
        self._begin()

    def has_answered(self, asked: int | None) -> bool:
        """Whether what has this id is the last once more, because the answer was lost."""
        return asked is not None and asked == self._answered

    @_alone
    def note(self, asked: int | None) -> None:
        """What has this id was not about the training, or cannot be done: nothing has changed."""
        self._answered = asked
        self._show()

    @_alone
    def answer(self, ask: Ask) -> None:
        """Do what is asked of the training, and make the reply."""
        self._answered = ask.id
        is_here = [run for run, _ in ask.at] == self._runs
        if is_here:
            for training, (_, step) in zip(self.trainings, ask.at, strict=True):
                training.go_to(min(max(step, training.earliest), training.furthest))
        # What was asked of a training before this one does not train this one: it shows its start.
        if ask.kind == "more" and is_here:
            self._more(**ask.details)
            return
        self._governor.stopped(self._name)
        if ask.kind == "restart":
            self.restart()
            return
        if is_here:
            self._act(ask)
        self._show()

    def _act(self, ask: Ask) -> None:
        """Do what belongs to the moment that the browser shows."""
        details = ask.details
        if ask.kind == "go":
            return
        if ask.kind == "step":
            for training in self.trainings:
                _step(training, details["unit"])
            return
        if details["arm"] >= len(self.trainings):
            return
        training = self.trainings[details["arm"]]
        if ask.kind == "off":
            layer, neuron = details["layer"], details["neuron"]
            if layer < len(training.config.hidden) and neuron < training.config.hidden[layer]:
                training.switch(layer, neuron, details["on"])
        elif details["index"] < training.network.num_parameters:
            if ask.kind == "edit":
                training.edit(details["index"], details["value"])
            else:
                training.lock(details["index"], details["on"])

    def _more(self, speed: str, seconds: float, begins: bool) -> None:
        """Train for as long as the browser plays it, and the governor allows."""
        if begins:
            self._watch()
        trainings = self.trainings
        per_epoch = max(training.steps_per_epoch for training in trainings)
        rate = frames_per_second(sum(training.network.num_parameters for training in trainings))
        pace = epochs_per_second(speed, per_epoch)
        share = self._governor.share(self._name, pace * self._cost)
        now = piece(pace, self._cost, share, seconds, per_epoch, rate)
        late, busy = time.perf_counter() + LATE * now.seconds, 0.0
        begun = trainings[0].epoch
        # Two networks with batches of other sizes are brought to the same epoch; one that is far
        # behind catches up epoch by epoch, for others wait meanwhile.
        epochs_done = [training.epoch for training in trainings]
        start = min(max(epochs_done), min(epochs_done) + 1)
        moments: list[list[Moment]] = [[] for _ in trainings]
        stopped: list[str | None] = []
        frames = 0
        # At least one, however busy the machine is.
        while not frames or (frames < now.frames and time.perf_counter() < late):
            frames += 1
            epoch = start + now.epochs * frames / now.frames
            with _one_at_a_time:
                began = time.thread_time()  # not what others hold it up by
                for training, of_arm in zip(trainings, moments, strict=True):
                    missing = round((epoch - training.epoch) * training.steps_per_epoch)
                    training.train(max(0, missing))
                    of_arm.append(moment_of(training))
                busy += time.thread_time() - began
            stopped = [
                rules.reason(of_arm[-1].snapshot)
                for rules, of_arm in zip(self._stopping, moments, strict=True)
            ]
            if any(stopped) or any(training.diverged for training in trainings):
                break
        trained = trainings[0].epoch - begun
        if trained > 0:
            measured = max(busy / trained, LEAST_COST * per_epoch)
            self._cost += 0.4 * (measured - self._cost)
        self._governor.spent(self._name, busy)
        self._send(moments, now.seconds * frames / now.frames, stopped)

    def _begin(self) -> None:
        self._runs = [secrets.token_hex(6) for _ in self.trainings]
        self._watch()
        self._measure_anew()
        self._show()

    def _watch(self) -> None:
        """The rules for stopping look at what comes from here on."""
        self._stopping = [Stopping(*self._rules) for _ in self.trainings]
        for stopping, training in zip(self._stopping, self.trainings, strict=True):
            stopping.reason(training.snapshot())

    def _measure_anew(self) -> None:
        self._cost = FIRST_COST * sum(training.steps_per_epoch for training in self.trainings)

    def _show(self) -> None:
        """Send where the trainings stand."""
        moments = [[moment_of(training)] for training in self.trainings]
        self._send(moments, 0.0, [None for _ in moments])

    def _send(self, moments: list[list[Moment]], seconds: float, stopped: list[str | None]) -> None:
        self._serial += 1
        self.last = [of_arm[-1].snapshot for of_arm in moments]
        arms = list(map(arm_reply, self.trainings, self._runs, moments, stopped))
        self.reply = reply_bytes(f"{self._name}-{self._serial}", self._answered, seconds, arms)


def _same(one: Points, other: Points) -> bool:
    """Whether they are the same points in the same order."""
    return one is other or (
        one.classes == other.classes
        and np.array_equal(one.x, other.x)
        and np.array_equal(one.targets, other.targets)
    )


def _step(training: PlaneTraining, unit: str) -> None:
    """Train by one point, one batch, or up to the end of an epoch."""
    if unit == "point":
        training.train_point()
    elif unit == "batch":
        training.train(1)
    else:
        per_epoch = training.steps_per_epoch
        done = training.epoch * per_epoch
        whole = per_epoch * (int(training.epoch + 1e-9) + 1)
        training.train(max(1, ceil(whole - done - 1e-9)))
