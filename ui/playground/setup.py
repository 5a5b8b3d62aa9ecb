"""All that the page Playground can be set to."""

from dataclasses import dataclass, field, replace
from typing import Any

from data.plane.catalog import SETS
from nn.plane.config import PlaneConfig
from ui.playground.own_points import OwnPoints

OWN = "own"
"""What the data are called that the visitor has painted or brought along."""
MOST_ARMS = 2
SPEEDS = ("slow", "normal", "full")
CONTROLS = (
    "play",
    "step",
    "again",
    "renew",
    "speed",
    "data",
    "points",
    "noise",
    "share",
    "own",
    "inputs",
    "layers",
    "neurons",
    "activations",
    "initializer",
    "optimizer",
    "rate",
    "batch",
    "penalty",
    "loss",
    "stop",
    "show_test",
    "discrete",
    "weights",
    "paint",
    "curves",
    "take_along",
    "compare",
)
"""What a lesson or a link can hide or lock."""


@dataclass(frozen=True)
class Setup:
    """One set-up. The networks are made to fit the data and each other.

    data: a name of `data.plane.catalog.SETS`, or "own".
    formula: what the data of a formula are made of; "" for their example.
    points: how many, 20 to 2,000; the visitor's own are as many as there are.
    noise, share: in percent, 0 to 50 and 10 to 90; the share is for the training.
    points_seed: other points of the same kind with another one.
    own: the visitor's own points, where the data are these.
    arms: one network and its training, or two to compare; their weights come from one seed.
    chosen: which of them the page's controls are about.
    stop_loss: the training stops when the test loss is as small.
    stop_still: it stops when nothing moves any more.
    show_test, discrete, speed: how it is shown.
    hide, lock: names of `CONTROLS` that aren't there, or cannot be used.
    lesson, step: the lesson that this is a step of, "" for none.
    """

    data: str = "circle"
    formula: str = ""
    points: int = 500
    noise: int = 0
    share: int = 50
    points_seed: int = 0
    own: OwnPoints | None = None
    arms: tuple[PlaneConfig, ...] = field(default_factory=lambda: (PlaneConfig(),))
    chosen: int = 0
    stop_loss: float | None = None
    stop_still: bool = False
    show_test: bool = False
    discrete: bool = False
    speed: str = "normal"
    hide: frozenset[str] = frozenset()
    lock: frozenset[str] = frozenset()
    lesson: str = ""
    step: int = 0

    def __post_init__(self) -> None:
        if self.data == OWN and self.own is None:
            object.__setattr__(self, "data", "circle")
        if self.data != OWN:
            object.__setattr__(self, "own", None)
        classes, seed = self.classes, self.arms[0].seed
        arms = tuple(_fitted(arm, classes, seed) for arm in self.arms)
        object.__setattr__(self, "arms", arms)
        object.__setattr__(self, "chosen", min(self.chosen, len(arms) - 1))

    @property
    def classes(self) -> int:
        """How many classes the data have; 0 for a function."""
        if self.data == OWN and self.own is not None:
            return self.own.points.classes
        return SETS[self.data].classes

    @property
    def shown_formula(self) -> str:
        """The formula that the data are made of, "" where they have none."""
        example = SETS[self.data].formula if self.data in SETS else ""
        return (self.formula or example) if example else ""

    @property
    def locked(self) -> frozenset[str]:
        """The controls that cannot be used. Where the data are locked, no others can be brought or
        painted either: there would be no way back to them."""
        return self.lock | {"own", "paint"} if "data" in self.lock else self.lock

    @property
    def arm(self) -> PlaneConfig:
        """The network that the page's controls are about."""
        return self.arms[self.chosen]

    @property
    def seed(self) -> int:
        """Of the weights to begin with, and of the order of the points."""
        return self.arms[0].seed

    def with_seed(self, seed: int) -> "Setup":
        """With other weights to begin with."""
        return replace(self, arms=tuple(replace(arm, seed=seed) for arm in self.arms))

    def with_arm(self, place: int, **changes: Any) -> "Setup":
        """With these fields of one network changed; ValueError if they are not possible."""
        arms = list(self.arms)
        arms[place] = with_layers(arms[place], changes)
        return replace(self, arms=tuple(arms))


def with_layers(arm: PlaneConfig, changes: dict[str, Any]) -> PlaneConfig:
    """`arm` with these fields changed. Where the number of hidden layers changes and no activations
    are given, new layers have that of the last one."""
    if "hidden" in changes and "activations" not in changes:
        count, now = len(changes["hidden"]), arm.activations
        last = now[-1] if now else "tanh"
        changes = changes | {"activations": (*now, *[last] * count)[:count]}
    return replace(arm, **changes)


def _fitted(arm: PlaneConfig, classes: int, seed: int) -> PlaneConfig:
    """The same network for so many classes; a function is learned with squared error."""
    loss = arm.loss if classes else "squared"
    if (arm.classes, arm.loss, arm.seed) == (classes, loss, seed):
        return arm
    return replace(arm, classes=classes, loss=loss, seed=seed)
