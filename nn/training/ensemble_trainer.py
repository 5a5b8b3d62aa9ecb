"""Training several networks that will answer together, one after another."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import numpy as np

from nn.checks import whole_number
from nn.ensemble import join
from nn.evaluation.calibration import calibrate
from nn.network import Network
from nn.training.divergence import TrainingDiverged
from nn.training.events import Event, Finished, MemberBegins, Started
from nn.training.state import TrainingState, part_of, with_prefix
from nn.training.state_values import check_ensemble
from nn.training.trainer import Trainer
from nn.training.validation import BestWeights, copied

Array = np.ndarray


class EnsembleTrainer:
    """Stands for the trainers of all members of an ensemble, and is used like one `Trainer`.

    Each member is trained to its end before the next begins, and then calibrated by the validation
    images, if there are enough: `join` weighs what it says by its temperature. Steps and epochs
    count on from one to the next; losses and accuracies are those of the member whose turn it is.

    Args:
        make: the trainer of the member of this number, from 0; called again it gives a new one
            that does the same.
        epochs: how many epochs each member is trained for; at least one member.
        num_parameters: of all members together.
    """

    best: BestWeights | None = None
    """Each member has its own best weights; there are none of them all."""

    def __init__(
        self, make: Callable[[int], Trainer], epochs: Sequence[int], num_parameters: int
    ) -> None:
        self._make = make
        self._member_epochs = [whole_number("epochs", count, 1, 1_000_000) for count in epochs]
        self._size = len(epochs)
        self._num_parameters = num_parameters
        if not epochs:
            raise ValueError("epochs must hold a number for each member, got none")
        self._earlier: list[Network] = []
        self._current = make(0)
        self._current_is_finished = False
        # The same for all members.
        self.loss, self.train_samples = self._current.loss, self._current.train_samples
        self.val_images, self.val_labels = self._current.val_images, self._current.val_labels
        self._new_base_rate: float | None = None
        """What it was set to on the way, if it was."""
        self._steps = self._epochs = 0
        self._seconds = 0.0
        """Steps, epochs and seconds of the earlier members."""

    @property
    def network(self) -> Network:
        """All members that are finished as one network, a new one at each call; the first member
        itself until it is finished. One that has only begun would bring them nothing but errors."""
        if self._current_is_finished or not self._earlier:
            return join([*self._earlier, self._current.network])
        return join(self._earlier)

    @property
    def current(self) -> Trainer:
        """The trainer of the member whose turn it is."""
        return self._current

    @property
    def current_member(self) -> int:
        """The number of that member, from 0."""
        return len(self._earlier)

    @property
    def step(self) -> int:
        return self._steps + self._current.step

    @property
    def epoch(self) -> float:
        return self._epochs + self._current.epoch

    @property
    def epochs_done(self) -> int:
        return self._epochs + self._current.epochs_done

    @property
    def seconds(self) -> float:
        return self._seconds + self._current.seconds

    @property
    def base_learning_rate(self) -> float:
        """The base learning rate of this member; set on the way, that of those after it too."""
        return self._current.base_learning_rate

    @base_learning_rate.setter
    def base_learning_rate(self, value: float) -> None:
        self._current.base_learning_rate = value
        self._new_base_rate = value

    def run(self) -> Generator[Event, None, None]:
        """Train all members, see `Trainer.run`; `TrainingDiverged` says which one did."""
        stopped_early, begun = False, False
        while True:
            with closing(self._events()) as events:
                for event in events:
                    if isinstance(event, Started):
                        yield MemberBegins(self.step, self.epoch) if begun else self._started(event)
                        begun = True
                    elif isinstance(event, Finished):
                        if self.val_images is not None and self.val_labels is not None:
                            calibrate(self._current.network, self.val_images, self.val_labels)
                        self._current_is_finished = True
                        stopped_early |= event.stopped_early
                    else:
                        epoch: Any = self._epochs + event.epoch  # whole for the end of an epoch
                        yield replace(event, step=self._steps + event.step, epoch=epoch)
            if len(self._earlier) + 1 == self._size:
                break
            self._go_on()
        yield Finished(self.step, self.epoch, best_epoch=None, stopped_early=stopped_early)

    def _events(self) -> Generator[Event, None, None]:
        try:
            yield from self._current.run()
        except TrainingDiverged as error:
            which = f"network {len(self._earlier) + 1} of {self._size}"
            kept = "; those before it are kept" if self._earlier else ""
            raise TrainingDiverged(f"{which}: {error}{kept}") from error

    @property
    def finished_members(self) -> int:
        """How many members are trained to their end."""
        return len(self._earlier) + self._current_is_finished

    def check_weights(self) -> None:
        """See `Trainer.check_weights`."""
        self._current.check_weights()

    def use_best_weights(self) -> None:
        """See `Trainer.use_best_weights`; the members before have theirs already."""
        self._current.use_best_weights()

    def state(self) -> TrainingState:
        """See `Trainer.state`."""
        state = self._current.state()
        for index, network in enumerate(self._earlier):
            state.tensors.update(with_prefix(_prefix(index), copied(network.state_dict())))
        state.values["ensemble"] = {
            "size": self._size,
            "finished": len(self._earlier),
            "base_learning_rate": self._new_base_rate,
            "temperatures": [network.temperature for network in self._earlier],
            "steps": self._steps,
            "epochs": self._epochs,
            "seconds": self._seconds,
        }
        return state

    def restore(self, state: TrainingState) -> None:
        """See `Trainer.restore`."""
        of_member = dict(state.values)
        values = of_member.pop("ensemble", {"size": 1})
        check_ensemble(values, self._size)
        temperatures = values["temperatures"]
        finished = values["finished"]
        earlier = [self._make(index).network.copy() for index in range(finished)]
        for index, network in enumerate(earlier):
            network.load_state_dict(part_of(state.tensors, _prefix(index), network))
            network.check_values()
            network.temperature = temperatures[index]
        current = self._make(finished)
        current.restore(replace(state, values=of_member))
        self._earlier, self._current, self._current_is_finished = earlier, current, False
        self._steps, self._epochs = values["steps"], values["epochs"]
        self._seconds = values["seconds"]
        self._new_base_rate = values["base_learning_rate"]

    def _started(self, event: Started) -> Started:
        """The event for the whole, with the parameters of all members."""
        return replace(
            event,
            step=self.step,
            epoch=self.epoch,
            epochs=sum(self._member_epochs),
            num_parameters=self._num_parameters,
        )

    def _go_on(self) -> None:
        """Begin with the next member."""
        done = self._current
        self._earlier.append(done.network.copy())  # without the work buffers of its training
        self._steps, self._epochs, self._seconds = self.step, self.epochs_done, self.seconds
        self._current = self._make(len(self._earlier))
        self._current_is_finished = False
        if self._new_base_rate is not None:
            self._current.base_learning_rate = self._new_base_rate


def _prefix(index: int) -> str:
    """What a state puts before the tensors' names of the finished member of this number."""
    return f"members.{index}."
