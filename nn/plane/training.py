"""A training on points in the plane that can be steered, changed and wound back."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from nn.checks import real_number, true_or_false, whole_number
from nn.network import Network
from nn.plane.config import PlaneConfig
from nn.plane.features import inputs_of
from nn.plane.learner import Learner
from nn.plane.moments import Moments
from nn.plane.snapshot import Snapshot
from nn.plane.task import Array, Points, check_points

MOMENT_EVERY = 100
"""Updates from one kept moment to the next."""
MOST_CHANGES = 5_000
"""So many changes by hand are remembered; then the way before can't be gone back any more."""
AT_ONCE = 500
"""Points that are looked at together for a snapshot."""
Change = tuple[int, Callable[..., Any], tuple[Any, ...]]
"""The step it was made at, and what was done, with which arguments."""
LARGEST_VALUE = 1_000.0
"""A weight that is set by hand lies between this and its negative."""


class PlaneTraining:
    """Trains the network of a set-up on points.

    All that happens can be gone back to, exactly: between kept moments it is trained again, with
    the changes by hand at the steps where they were made.

    Args:
        config: the set-up.
        train: points (n, 2) and their targets (n,): ±1 for two classes, 0, 1, 2, ... for more, real
            numbers for a function.
        test: the same; may be empty.

    config: what the next update goes by. Going back does not change it, though what lies between
        two moments is trained again by what it was trained by.
    step, epoch: updates and epochs done.
    network: of the moment; another object after a change of activations.
    diverged: why the training can't go on, None while it can.
    back_to: the step of the last sane moment before that.

    Raises ValueError if points or targets don't fit the set-up.
    """

    def __init__(self, config: PlaneConfig, train: Points, test: Points) -> None:
        self.config = config
        x, targets, test_x, test_targets = (np.asarray(values, float) for values in (*train, *test))
        check_points("train", x, targets, config.classes, 1)
        check_points("test", test_x, test_targets, config.classes, 0)
        self._learner = Learner(config, x, targets)
        self._x, self._aimed_at = x, targets
        self._count = len(x)
        self._inputs = inputs_of(np.concatenate((x, test_x)), config.inputs)
        self._targets = np.concatenate((targets, test_targets))
        self._start = self.network.parameters.copy()
        self._remember_from_here()

    def _remember_from_here(self) -> None:
        """Let the way that can be gone back begin where it stands."""
        self._changes: list[Change] = []
        self._done = 0  # so many of the changes lie before where it stands
        self.furthest = self.step
        self.diverged: str | None = None
        self.back_to = self.step
        self._moments = Moments()
        self._moments.add(self._learner.state(), 0)

    # Where it stands

    @property
    def network(self) -> Network:
        return self._learner.network

    @property
    def step(self) -> int:
        return self._learner.step

    @property
    def epoch(self) -> float:
        return self._learner.epochs

    @property
    def locked(self) -> frozenset[int]:
        """Indexes of the parameters that training doesn't change."""
        return self._learner.locked

    @property
    def off(self) -> frozenset[tuple[int, int]]:
        """The neurons that are switched off, as (hidden layer, neuron)."""
        return self._learner.off

    @property
    def start(self) -> Array:
        """The parameters that `restart` begins with (P,)."""
        return self._start.copy()

    @property
    def steps_per_epoch(self) -> int:
        """Updates of an epoch by batches."""
        return math.ceil(self._count / (self.config.batch_size or self._count))

    @property
    def earliest(self) -> int:
        """The first step that `go_to` can reach: 0 unless very much was changed by hand."""
        return self._moments.first.step

    def gradients(self) -> Array:
        """dL/dθ (P,) of the last batch, without the penalties; zeros before the first."""
        return self.network.gradients.copy()

    def changes(self) -> Array:
        """By how much the last update changed each parameter (P,); zeros before the first."""
        return self._learner.last_change.copy()

    def snapshot(self) -> Snapshot:
        """What a page is told of where it stands."""
        learner, count = self._learner, self._count
        with np.errstate(all="ignore"):
            outputs = self._outputs()
            train = self._measured(outputs[:count], self._targets[:count])
            test = self._measured(outputs[count:], self._targets[count:])
        parameters = self.network.parameters.astype(np.float32)
        return Snapshot(self.step, learner.epochs, parameters, train[0], test[0], train[1], test[1])

    def _outputs(self) -> Array:
        """What the network says to all points, in parts, so that its work arrays stay small."""
        outputs = np.empty((len(self._inputs), self.config.outputs))
        for start in range(0, len(outputs), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            outputs[part] = self.network.forward(self._inputs[part])
        return outputs

    def _measured(self, outputs: Array, targets: Array) -> tuple[Any, Any]:
        """Loss and score; None if there are no points."""
        if not len(targets):
            return None, None
        task = self._learner.task
        return task.loss(outputs, task.aims(targets))[0], task.score(outputs, targets)

    # Going on

    def train(self, steps: int) -> None:
        """Make so many updates, each with a batch. It stops early where it diverges, before the
        update that leads beyond all sense, and then says why in `diverged`."""
        whole_number("steps", steps, 0, 10_000_000)
        if self.diverged or not steps:
            return
        self._go_on_from_here()
        last = self.step + steps
        while self.step < last and not self.diverged:
            sane = self._learner.train(
                min(last - self.step, MOMENT_EVERY - self.step % MOMENT_EVERY)
            )
            self._updated(sane)

    def train_point(self) -> None:
        """Make one update with the next point alone."""
        if not self.diverged:
            self._updated(self._change(self._learner.train, 1, 1))

    def _updated(self, sane: bool) -> None:
        self.furthest = self.step
        if not sane:
            self._explain()
        elif self.step % MOMENT_EVERY == 0:
            self._moments.add(self._learner.state(), self._done)

    def _explain(self) -> None:
        """The last update led beyond all sense: stand before it, and say so."""
        config, step = self._learner.config, self.step
        self.go_to(step - 1)
        self.furthest = self.step
        self.back_to = self._last_sane_step()
        penalties = ", or smaller penalties" if config.l1 or config.l2 else ""
        self.diverged = (
            f"Step {step} made the weights NaN, or far too large: the steps have been too "
            f"long. Try a learning rate below {config.learning_rate:g}{penalties}."
        )

    def _last_sane_step(self) -> int:
        """The step of the last kept moment at which the training loss was no larger than at the
        first one."""
        here, losses = self.step, {}
        for moment in self._moments:
            self._learner.load(moment)
            losses[moment.step] = self.snapshot().train_loss
        self._learner.load(self._moments.first)
        self._done = 0
        self._stand_at(here)
        return max(step for step, loss in losses.items() if loss <= losses[self.earliest])

    # Changes by hand

    def adapt(self, config: PlaneConfig) -> bool:
        """Go on with another set-up from where it stands. False, and nothing is done, if that needs
        a new training because it has other weights, see `PlaneConfig.same_weights`."""
        fits = config.same_weights(self.config)
        if fits and config != self.config:
            self.config = config
            self._go_on_from_here()
        return fits

    def edit(self, index: int, value: float) -> None:
        """Set a parameter, also a locked one."""
        index = self._index(index)
        value = real_number("value", value, -LARGEST_VALUE, LARGEST_VALUE)
        self._change(self._learner.edit, index, value)
        if self.step == 0:
            self._start[index] = value

    def lock(self, index: int, locked: bool) -> None:
        """Keep a parameter as it is whatever the optimizer says, or let it be trained again."""
        self._change(self._learner.lock, self._index(index), true_or_false("locked", locked))

    def switch(self, layer: int, neuron: int, on: bool) -> None:
        """Switch a neuron of a hidden layer off or on again; both are counted from 0."""
        hidden = self.config.hidden
        layer = whole_number("layer", layer, 0, len(hidden) - 1)
        place = layer, whole_number("neuron", neuron, 0, hidden[layer] - 1)
        off = self.off - {place} if true_or_false("on", on) else self.off | {place}
        self._change(self._learner.switch, off)

    def restart(self) -> None:
        """Begin again from the same weights, with those that were set by hand before the first
        update, and with what is locked and switched off now."""
        locked, off = self.locked, self.off
        self._learner = Learner(self.config, self._x, self._aimed_at)
        self.network.parameters[...] = self._start
        self._learner.locked = locked
        self._learner.switch(off)
        self._remember_from_here()

    def with_points(self, train: Points, test: Points) -> "PlaneTraining":
        """The same network, to go on with other points; what was before can't be gone back to."""
        other = PlaneTraining(self.config, train, test)
        other._learner.load(replace(self._learner.state(), used=0))
        other._start = self.start
        other._remember_from_here()
        return other

    def _index(self, index: int) -> int:
        return whole_number("index", index, 0, self.network.num_parameters - 1)

    def _change(self, change: Callable[..., Any], *arguments: Any) -> Any:
        """Make this change here, and remember it."""
        self._go_on_from_here()
        return self._made(change, *arguments)

    def _made(self, change: Callable[..., Any], *arguments: Any) -> Any:
        if len(self._changes) == MOST_CHANGES:
            self._remember_from_here()
        self._changes.append((self.step, change, arguments))
        self._done += 1
        return change(*arguments)

    def _go_on_from_here(self) -> None:
        """Forget what came later, and have the set-up that is wanted."""
        del self._changes[self._done :]
        self._moments.forget(self.step, self._done)
        self.furthest = self.step
        self.diverged = None
        if self._learner.config != self.config:
            self._made(self._learner.adapt, self.config)

    # Going back

    def go_to(self, step: int) -> None:
        """Stand exactly where it stood after so many updates and the changes made there; `furthest`
        at most. What came later is forgotten by the next update or change, not before."""
        whole_number("step", step, self.earliest, self.furthest)
        self.diverged = None
        if step != self.step:
            self._stand_at(step)

    def _stand_at(self, step: int) -> None:
        """Come to stand there, from where it stands or from a kept moment."""
        moment, done = self._moments.before(step)
        if not moment.step <= self.step < step:
            self._learner.load(moment)
            self._done = done
        while True:
            following = self._changes[self._done] if self._done < len(self._changes) else None
            stop = min(step, following[0]) if following else step
            if stop > self.step:
                self._learner.train(stop - self.step)
            at, change, arguments = following or (step + 1, None, ())
            # One that is itself an update leads to the next step.
            if change is None or at > self.step or (change == self._learner.train and at == step):
                return
            change(*arguments)
            self._done += 1
