"""`search.json`: what a search does, written once."""

import math
from dataclasses import dataclass, fields
from typing import Any

from nn.checks import one_of, real_number, true_or_false, whole_number
from nn.search import space as spaces
from nn.search.fields import check_space, part_from_dict
from nn.search.space import Space
from nn.training.config import TrainingConfig

GRID, RANDOM, TPE = "grid", "random", "tpe"
SAMPLERS = (TPE, RANDOM, GRID)
LOSS, ACCURACY = "loss", "accuracy"
METRICS = (LOSS, ACCURACY)
MOST_TRIALS = 10_000
USUAL_TRIALS = 20
"""Where neither a number of trials nor of minutes is asked for."""
VALIDATION_SHARE = 6
"""One training image of so many is kept back where the settings keep none."""


@dataclass(frozen=True)
class SearchSettings:
    """All that decides what a search does.

    base: settings that are the same for all trials; their `val_size` is above 0.
    space: the settings that are searched.
    sampler: how the next ones are chosen, one of `SAMPLERS`.
    trials: how many are made; None for as many as there is time for, or combinations.
    minutes: how long it works, pauses not counted; None for no limit.
    prune: trials that are behind others at the same epoch end early.
    metric: what is to be best on the validation images, one of `METRICS`.
    seed: of the choice of the next settings; that of the trainings is the base's.

    Raises ValueError, which names the field, for what can't be.
    """

    base: TrainingConfig
    space: Space
    sampler: str = TPE
    trials: int | None = None
    minutes: float | None = None
    prune: bool = True
    metric: str = LOSS
    seed: int = 0

    def __post_init__(self) -> None:
        check_space(self.space, self.base)
        one_of("sampler", self.sampler, SAMPLERS)
        one_of("metric", self.metric, METRICS)
        true_or_false("prune", self.prune)
        whole_number("seed", self.seed, 0, 2**63 - 1)
        if self.trials is not None:
            whole_number("trials", self.trials, 1, MOST_TRIALS)
        if self.minutes is not None:
            real_number("minutes", self.minutes, 0, 1e6, low_open=True)
        if not self.base.val_size:
            raise ValueError("val_size must be above 0: trials are compared by validation images")
        if self.metric == LOSS and any(part.name == "label_smoothing" for part in self.space):
            raise ValueError(
                "label_smoothing is part of the loss, by which its values can't be compared: "
                "search it with metric accuracy"
            )
        if self.sampler == GRID:
            self._check_grid()

    def _check_grid(self) -> None:
        for part in self.space:
            if part.values is None:
                raise ValueError(
                    f"a grid needs values or a step for {part.name}, got {part.name}={part.text}"
                )
        count = spaces.size(self.space)
        if count is None or count > MOST_TRIALS:
            raise ValueError(f"a grid must have at most {MOST_TRIALS} combinations, got {count}")

    @property
    def most_trials(self) -> int:
        """How many trials there are at most: as asked for, no more than there are combinations."""
        usual = MOST_TRIALS if self.minutes is not None or self.sampler == GRID else USUAL_TRIALS
        count = spaces.size(self.space)
        return min(self.trials or usual, MOST_TRIALS if count is None else count)

    @property
    def seconds(self) -> float:
        """How long it may work; infinite for no limit."""
        return math.inf if self.minutes is None else 60 * self.minutes

    @property
    def lower_is_better(self) -> bool:
        """Whether the metric is a loss."""
        return self.metric == LOSS

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON-able data."""
        return {
            "base": self.base.to_dict(),
            "space": [part.to_dict() for part in self.space],
            "sampler": self.sampler,
            "trials": self.trials,
            "minutes": self.minutes,
            "prune": self.prune,
            "metric": self.metric,
            "seed": self.seed,
        }

    @classmethod
    def from_dict(cls, value: dict[str, Any]) -> "SearchSettings":
        """The settings of `to_dict`; ValueError for anything else."""
        names = [field.name for field in fields(cls)]
        for name in value:
            one_of("setting of the search", name, names)
        if not isinstance(value.get("base"), dict) or not isinstance(value.get("space"), list):
            raise ValueError("a search must have base, an object, and space, a list")
        if len(value["space"]) > spaces.MOST_SETTINGS:
            raise ValueError(f"space must have at most {spaces.MOST_SETTINGS} settings")
        base = TrainingConfig.from_dict(value["base"])
        space = tuple(part_from_dict(part) for part in value["space"])
        return cls(**value | {"base": base, "space": space})


def validation_size(train_images: int) -> int:
    """How many of so many training images are kept back where the settings keep none."""
    return max(1, train_images // VALIDATION_SHARE)
