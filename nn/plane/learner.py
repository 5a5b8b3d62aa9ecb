"""A network that learns from points, one update after the other."""

from dataclasses import dataclass

import numpy as np

from nn.layers.row import MAX_WEIGHT
from nn.optimizers import OPTIMIZERS, Optimizer
from nn.plane.config import PlaneConfig
from nn.plane.features import inputs_of
from nn.plane.fused_gradient import FusedGradient, with_ones
from nn.plane.plane_network import plane_network, switches
from nn.plane.task import Task

Array = np.ndarray


@dataclass(frozen=True)
class State:
    """All that the next updates depend on, but the points.

    epoch, used: epochs begun before this one, and how many of its points it has used.
    vectors: the parameters and the optimizer's vectors.
    """

    config: PlaneConfig
    step: int
    epoch: int
    used: int
    vectors: dict[str, Array]
    optimizer_steps: int
    locked: frozenset[int]
    off: frozenset[tuple[int, int]]

    @property
    def size(self) -> int:
        """Its bytes."""
        return sum(vector.nbytes for vector in self.vectors.values())


class Learner:
    """The network, its optimizer and the place in the points.

    Each epoch goes through all points in an order that depends on the seed and its number alone.
    `config` may be changed to one of the same weights, see `adapt`.
    """

    def __init__(self, config: PlaneConfig, x: Array, targets: Array) -> None:
        self._x, self._targets = x, targets
        self._inputs = with_ones(inputs_of(x, config.inputs))
        self._mixed_inputs = np.empty_like(self._inputs)
        self.step, self.epoch, self.used = 0, 0, 0
        self.locked: frozenset[int] = frozenset()
        self.off: frozenset[tuple[int, int]] = frozenset()
        self.network = plane_network(config)
        self.last_change = np.zeros_like(self.network.parameters)
        """By how much the last update of the last `train` changed each parameter."""
        self._set_up(config)

    def _set_up(self, config: PlaneConfig) -> None:
        self.config = config
        self._batch = config.batch_size or len(self._x)
        self.task = Task(config)
        self._aims = self.task.aims(self._targets)
        self.optimizer = _optimizer(config, self.network.parameters, self.network.gradients)
        self._gradient = FusedGradient(self.network, config, self.task.loss)
        self._mix()

    def adapt(self, config: PlaneConfig) -> None:
        """Go on with another set-up of the same weights. The optimizer's memory stays where it is
        the same optimizer."""
        assert config.same_weights(self.config)
        vectors, steps, optimizer = self.vectors(), self.optimizer.steps, self.config.optimizer
        gradients = self.network.gradients.copy()
        self._become(config)
        self.network.gradients[...] = gradients
        if config.optimizer == optimizer:
            self._put(vectors, steps)
        else:
            self._put({"parameters": vectors["parameters"]}, 0)

    def _become(self, config: PlaneConfig) -> None:
        """Have the layers, loss and optimizer of this set-up, the latter without a memory."""
        if config.layer_activations != self.config.layer_activations:
            self.network = plane_network(config)
            self.switch(self.off)
        self._set_up(config)

    def vectors(self) -> dict[str, Array]:
        """A copy of the parameters and the optimizer's vectors, by name."""
        state = self.optimizer.state_dict()
        return {"parameters": self.network.parameters.copy()} | {
            name: value for name, value in state.items() if isinstance(value, np.ndarray)
        }

    def _put(self, vectors: dict[str, Array], steps: int) -> None:
        self.network.parameters[...] = vectors["parameters"]
        state = self.optimizer.state_dict()
        for name in state.keys() & vectors.keys():
            state[name] = vectors[name]
        self.optimizer.load_state_dict(state | {"steps": steps})

    def state(self) -> State:
        """A copy of where it stands."""
        return State(
            self.config,
            self.step,
            self.epoch,
            self.used,
            self.vectors(),
            self.optimizer.steps,
            self.locked,
            self.off,
        )

    def load(self, state: State) -> None:
        """Stand exactly where `state` was taken; the last gradient and change are not known, and
        zeros until the next update."""
        if state.config != self.config:
            self._become(state.config)
        self._put(state.vectors, state.optimizer_steps)
        self.locked = state.locked
        self.switch(state.off)
        self.step, self.epoch, self.used = state.step, state.epoch, state.used
        self._mix()
        self.network.gradients[...] = 0
        self.last_change[...] = 0

    def switch(self, off: frozenset[tuple[int, int]]) -> None:
        """Let these neurons be off, each as (hidden layer, neuron), counted from 0."""
        self.off = off
        for number, layer in enumerate(switches(self.network)):
            layer.off = frozenset(neuron for at, neuron in off if at == number)

    def edit(self, index: int, value: float) -> None:
        """Set a parameter."""
        self.network.parameters[index] = value

    def lock(self, index: int, locked: bool) -> None:
        """Keep a parameter as it is, or let it be trained."""
        self.locked = self.locked | {index} if locked else self.locked - {index}

    @property
    def epochs(self) -> float:
        """How many epochs were trained."""
        return self.epoch + self.used / len(self._x)

    def _mix(self) -> None:
        """Lay the points in the order of this epoch, so that a batch is a slice."""
        order = np.random.default_rng([self.config.seed, self.epoch]).permutation(len(self._x))
        np.take(self._inputs, order, axis=0, out=self._mixed_inputs)
        self._mixed_aims = self._aims[order]

    def train(self, updates: int, points: int = 0) -> bool:
        """Make so many updates, at least one, each with the next `points`, or as many as a batch
        has; fewer at the end of an epoch. False if it stopped because the parameters were no
        numbers any more, or their vector was longer than `MAX_WEIGHT`."""
        parameters, optimizer = self.network.parameters, self.optimizer
        held = np.array(sorted(self.locked), np.intp)
        fixed = parameters[held]
        points = points or self._batch
        count = len(self._x)
        with np.errstate(all="ignore"):
            for left in range(updates, 0, -1):
                if self.used == count:
                    self.epoch, self.used = self.epoch + 1, 0
                    self._mix()
                start = self.used
                self.used = stop = min(start + points, count)
                self._gradient(self._mixed_inputs[start:stop], self._mixed_aims[start:stop])
                if left == 1:
                    self.last_change[...] = parameters
                optimizer.step()
                if len(held):
                    parameters[held] = fixed
                self.step += 1
                if not parameters.dot(parameters) <= MAX_WEIGHT**2:  # true for NaN
                    return False
            np.subtract(parameters, self.last_change, out=self.last_change)
        return True


def _optimizer(config: PlaneConfig, parameters: Array, gradients: Array) -> Optimizer:
    kind = OPTIMIZERS[config.optimizer]
    own = {name: getattr(config, name) for name in kind.settings if name == "momentum"}
    return kind(
        parameters,
        gradients,
        learning_rate=config.learning_rate,
        l1=config.l1,
        weight_decay=config.l2,
        **own,
    )
