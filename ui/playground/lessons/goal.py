"""What a step of a lesson asks for, in words and as a check."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from nn.plane.config import MOST_LAYERS, MOST_NEURONS, PlaneConfig
from nn.plane.features import FEATURES
from nn.plane.snapshot import Snapshot
from ui.playground.address_fields import number_text


@dataclass(frozen=True)
class Goal:
    """All of these at once; None for what doesn't matter.

    test_loss_below, train_loss_below: the losses.
    test_score_above: the accuracy or, for a function, R², from 0 to 1.
    gap_above, gap_below: by how much the test loss is above that of the training.
    train_loss_above: so much is wrong even with what it learns from.
    most_layers, most_neurons: hidden ones, in all layers together.
    most_inputs: inputs of the network.
    least_epochs, most_epochs: when.
    diverges: the training has run away: its numbers are none any more.
    """

    test_loss_below: float | None = None
    train_loss_below: float | None = None
    train_loss_above: float | None = None
    test_score_above: float | None = None
    gap_above: float | None = None
    gap_below: float | None = None
    most_layers: int | None = None
    most_neurons: int | None = None
    most_inputs: int | None = None
    least_epochs: int | None = None
    most_epochs: int | None = None
    diverges: bool = False

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> "Goal":
        """ValueError that names what is wrong."""
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name not in GOALS:
                raise ValueError(f"goal must be made of {', '.join(GOALS)}, got {name!r:.60}")
            values[name] = _checked(name, value)
        if not values:
            raise ValueError(f"goal must have at least one of {', '.join(GOALS)}")
        return cls(**values)

    def as_dict(self) -> dict[str, Any]:
        """What `from_dict` takes."""
        values = {name: getattr(self, name) for name in GOALS}
        return {
            name: value
            for name, value in values.items()
            if value is not None and value is not False
        }

    @property
    def words(self) -> str:
        """What it asks for, such as "test loss below 0.05 with at most 4 neurons"."""
        wanted: list[str] = []
        limits: list[str] = []
        for name, (text, is_limit) in _WORDS.items():
            value = getattr(self, name)
            if value is None or value is False:
                continue
            if name == "most_layers" and value == 0:
                said = "without a hidden layer"
            else:
                said = text.format(number_text(value) if isinstance(value, float) else value)
                if value == 1 and is_limit:
                    said = said.removesuffix("s")
            (limits if is_limit else wanted).append(said)
        return " ".join(filter(None, (" and ".join(wanted), ", ".join(limits))))

    def is_reached(self, snapshot: Snapshot, config: PlaneConfig, diverged: bool) -> bool:
        """Whether a training with this configuration has got there with this snapshot."""
        if self.diverges:
            return diverged and self._fits(config)
        if diverged or not self._fits(config):
            return False
        train, test, epoch = snapshot.train_loss, snapshot.test_loss, snapshot.epoch
        score = snapshot.test_score
        if test is None or score is None:
            return False
        return (
            (self.test_loss_below is None or test < self.test_loss_below)
            and (self.train_loss_below is None or train < self.train_loss_below)
            and (self.train_loss_above is None or train > self.train_loss_above)
            and (self.test_score_above is None or score > self.test_score_above)
            and (self.gap_above is None or test - train > self.gap_above)
            and (self.gap_below is None or test - train < self.gap_below)
            and (self.least_epochs is None or epoch >= self.least_epochs)
            and (self.most_epochs is None or epoch <= self.most_epochs)
        )

    def _fits(self, config: PlaneConfig) -> bool:
        return (
            (self.most_layers is None or len(config.hidden) <= self.most_layers)
            and (self.most_neurons is None or sum(config.hidden) <= self.most_neurons)
            and (self.most_inputs is None or len(config.inputs) <= self.most_inputs)
        )


_WORDS = {
    "test_loss_below": ("test loss below {}", False),
    "train_loss_below": ("training loss below {}", False),
    "train_loss_above": ("training loss above {}", False),
    "test_score_above": (
        "accuracy on the test points (for a function R²) above {}",
        False,
    ),
    "gap_above": ("test loss more than {} above the training loss", False),
    "gap_below": ("test loss less than {} above the training loss", False),
    "diverges": ("numbers that run away", False),
    "most_layers": ("with at most {} hidden layers", True),
    "most_neurons": ("with at most {} neurons", True),
    "most_inputs": ("with at most {} inputs", True),
    "least_epochs": ("after at least {} epochs", True),
    "most_epochs": ("within {} epochs", True),
}
"""Each in words, and whether these say under which conditions the others are to be true."""

GOALS = tuple(field.name for field in fields(Goal))

_MOST = {
    "most_layers": MOST_LAYERS,
    "most_neurons": MOST_LAYERS * MOST_NEURONS,
    "most_inputs": len(FEATURES),
}


def _checked(name: str, value: Any) -> Any:
    if name == "diverges":
        if value is not True:
            raise ValueError(f"diverges must be true where it is given, got {value!r:.60}")
        return True
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if name.startswith(("most_", "least_")):
        low = 0 if name in ("most_layers", "most_neurons") else 1
        high = _MOST.get(name, 1_000_000)
        if not is_number or not low <= value <= high or value != int(value):
            allowed = f"a whole number from {low} to {high:,}"
            raise ValueError(f"{name} must be {allowed}, got {value!r:.60}")
        return int(value)
    if not is_number or not 0 <= value <= 10:
        raise ValueError(f"{name} must be a number from 0 to 10, got {value!r:.60}")
    return float(value)
