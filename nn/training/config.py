"""The settings of a training: one list for the command line, the run folders and the app."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from nn.architectures import most_convolutions
from nn.augment import Augmentation
from nn.augment.settings import AugmentationSettings
from nn.averaging import Averaging
from nn.checks import learning_rate, one_of, real_number, true_or_false, whole_number
from nn.initializers import INITIALIZERS
from nn.layers import ACTIVATIONS
from nn.losses import LOSSES
from nn.losses.loss import Loss
from nn.optimizers import OPTIMIZERS
from nn.optimizers.optimizer import Optimizer
from nn.schedules import SCHEDULES

MAX_CONVOLUTIONS = most_convolutions(28)
"""As many as fit into images of 28 x 28 pixels, as all datasets here have."""
MAX_HIDDEN_LAYERS = 10
MAX_ENSEMBLE = 20
OF_THE_WHOLE = ("dataset", "val_size", "seed", "loss", "test_time_shift", "test_time_rotation")
"""Fields that are the same for all members of an ensemble."""


@dataclass(frozen=True)
class TrainingConfig(AugmentationSettings):
    """Everything that decides what a training does; the defaults are the classic set-up.

    Every field is checked when the object is made: ValueError names the field, what came and what
    is allowed. `convolutions` are the numbers of filters of the convolutions before the hidden
    layers, whose widths are `hidden`, see `nn.architectures`. The first weights are `init_scale`
    times those of the `initializer`. `val_size` counts the training
    images kept back for validation; `patience` is the number of epochs without a lower
    validation loss after which training ends early, None for never; `keep_best` ends with the
    weights of the lowest validation loss instead of the last ones; `max_grad_norm` limits the
    gradient's length, None for no limit; `ensemble` is the number of networks that are trained
    one after another and then answer together, see `nn.join`, and `other_members` are the
    settings of unlike ones after them; `test_time_shift` and `test_time_rotation` are those of
    `nn.Averaging`. How the training images are distorted is said by the fields of
    `nn.augment.settings`.
    """

    dataset: str = "mnist"
    convolutions: tuple[int, ...] = ()
    hidden: tuple[int, ...] = (128, 64)
    activation: str = "relu"
    batch_norm: bool = False
    dropout: float = 0.0
    initializer: str = "he_normal"
    init_scale: float = 1.0
    loss: str = "cross_entropy"
    label_smoothing: float = 0.0
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    momentum: float = 0.0
    nesterov: bool = False
    weight_decay: float = 0.0
    l1: float = 0.0
    max_grad_norm: float | None = None
    schedule: str = "constant"
    warmup_epochs: float = 0.0
    batch_size: int = 64
    epochs: int = 50
    val_size: int = 0
    patience: int | None = None
    keep_best: bool = True
    seed: int = 0
    ensemble: int = 1
    other_members: tuple["TrainingConfig", ...] = ()
    test_time_shift: int = 0
    test_time_rotation: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        checked: dict[str, Any] = {
            "dataset": _name("dataset", self.dataset),
            "convolutions": _sizes("convolutions", self.convolutions, MAX_CONVOLUTIONS, 1_000),
            "hidden": _sizes("hidden", self.hidden, MAX_HIDDEN_LAYERS, 10_000),
            "activation": one_of("activation", self.activation, ACTIVATIONS),
            "batch_norm": true_or_false("batch_norm", self.batch_norm),
            "dropout": real_number("dropout", self.dropout, 0, 1, high_open=True),
            "initializer": one_of("initializer", self.initializer, INITIALIZERS),
            "init_scale": real_number("init_scale", self.init_scale, 0, 1000, low_open=True),
            "loss": one_of("loss", self.loss, LOSSES),
            "label_smoothing": real_number(
                "label_smoothing", self.label_smoothing, 0, 1, high_open=True
            ),
            "optimizer": one_of("optimizer", self.optimizer, OPTIMIZERS),
            "learning_rate": learning_rate(self.learning_rate),
            "momentum": real_number("momentum", self.momentum, 0, 1, high_open=True),
            "nesterov": true_or_false("nesterov", self.nesterov),
            "weight_decay": real_number("weight_decay", self.weight_decay, 0, 10),
            "l1": real_number("l1", self.l1, 0, 10),
            "schedule": one_of("schedule", self.schedule, SCHEDULES),
            "batch_size": whole_number("batch_size", self.batch_size, 1, 1_000_000),
            "epochs": whole_number("epochs", self.epochs, 1, 100_000),
            "val_size": whole_number("val_size", self.val_size, 0, 100_000_000),
            "keep_best": true_or_false("keep_best", self.keep_best),
            "seed": whole_number("seed", self.seed, 0, 2**63 - 1),
            "ensemble": whole_number("ensemble", self.ensemble, 1, MAX_ENSEMBLE),
            "test_time_shift": self.averaging.shift,
            "test_time_rotation": self.averaging.rotation,
        }
        checked["warmup_epochs"] = real_number("warmup_epochs", self.warmup_epochs, 0, self.epochs)
        if self.max_grad_norm is not None:
            checked["max_grad_norm"] = real_number(
                "max_grad_norm", self.max_grad_norm, 0, 1e6, low_open=True
            )
        if self.patience is not None:
            checked["patience"] = whole_number("patience", self.patience, 1, 100_000)
        checked["other_members"] = self._checked_members()
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        self._check_combinations()

    def _check_combinations(self) -> None:
        defaults = {field.name: field.default for field in fields(self)}
        for what, chosen, kinds in (
            ("optimizer", self.optimizer, OPTIMIZERS),
            ("loss", self.loss, LOSSES),
        ):
            for field, takers in own_settings(kinds).items():
                if chosen not in takers and getattr(self, field) != defaults[field]:
                    raise ValueError(f"{field} needs {what} {' or '.join(takers)}, got {chosen}")
        if self.nesterov and not self.momentum:
            raise ValueError("nesterov needs a momentum above 0, got 0")
        if self.ensemble + len(self.other_members) > MAX_ENSEMBLE:
            raise ValueError(
                f"ensemble must be at most {MAX_ENSEMBLE} with other_members, "
                f"got {self.ensemble} and {len(self.other_members)}"
            )
        if self.patience is not None and not self.val_size:
            raise ValueError("patience needs a val_size above 0, got 0")
        if self.patience is not None and not self.keep_best:
            raise ValueError("patience needs keep_best true, got false")

    def _checked_members(self) -> tuple["TrainingConfig", ...]:
        others = _check_members(self.other_members, TrainingConfig)
        for index, other in enumerate(others):
            for name in OF_THE_WHOLE:
                mine, given = getattr(self, name), getattr(other, name)
                if mine != given:
                    raise ValueError(
                        f"other_members[{index}]: {name} must be that of all, {mine}, got {given}"
                    )
            if len(other.members) > 1:
                raise ValueError(
                    f"other_members[{index}] must be settings of one network, "
                    f"got {len(other.members)}"
                )
        return tuple(others)

    @property
    def members(self) -> list["TrainingConfig"]:
        """The settings of each network that is trained: several of an ensemble, with seeds that
        follow each other."""
        alone = replace(self, ensemble=1, other_members=())
        settings = [alone] * self.ensemble + list(self.other_members)
        return [
            replace(one, seed=(self.seed + index) % 2**63) for index, one in enumerate(settings)
        ]

    @property
    def augmentation(self) -> Augmentation:
        """How the training images are distorted."""
        return Augmentation.of(self)

    @property
    def averaging(self) -> Averaging:
        """How the finished network answers."""
        return Averaging(self.test_time_shift, self.test_time_rotation)

    def to_dict(self) -> dict[str, Any]:
        """The settings as JSON-able data."""
        values = asdict(self)
        settings = {name: values[name] for name in _names()}
        for name in ("convolutions", "hidden"):
            settings[name] = list(settings[name])
        same = settings | {"ensemble": 1, "other_members": []}
        settings["other_members"] = [
            {name: value for name, value in other.to_dict().items() if value != same[name]}
            for other in self.other_members
        ]
        return settings

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> "TrainingConfig":
        """The settings of `to_dict`; ValueError for a name that is none of them.

        Those of `other_members` say only in what they differ from the others.
        """
        _check_names(settings)
        others = _check_members(settings.get("other_members", ()), dict)
        config = cls(**settings | {"other_members": ()})
        if not others:
            return config
        alone = replace(config, ensemble=1)
        members = []
        for index, changes in enumerate(others):
            try:
                _check_names(changes)
                members.append(replace(alone, **changes))
            except ValueError as error:
                raise ValueError(f"other_members[{index}]: {error}") from None
        return replace(config, other_members=tuple(members))


def own_settings(
    kinds: Mapping[str, type[Loss] | type[Optimizer]],
) -> dict[str, list[str]]:
    """Settings that only some of the kinds in a list have, each with the names of these."""
    takers: dict[str, list[str]] = {}
    for name, kind in kinds.items():
        for field in kind.settings:
            takers.setdefault(field, []).append(name)
    return takers


def _check_members(value: Any, kind: type) -> Sequence[Any]:
    """`value` if it is a list of this kind, and not too long."""
    if (
        not isinstance(value, list | tuple)
        or len(value) >= MAX_ENSEMBLE
        or not all(isinstance(one, kind) for one in value)
    ):
        raise ValueError(
            f"other_members must be a list of less than {MAX_ENSEMBLE} settings, got {value!r:.80}"
        )
    return value


def _check_names(settings: dict[str, Any]) -> None:
    for name in settings:
        one_of("setting", name, _names())


def _names() -> list[str]:
    """The names of all settings; those of the augmentation, which are inherited, stand last."""
    last = Augmentation.names()
    return [field.name for field in fields(TrainingConfig) if field.name not in last] + last


def _name(field: str, value: Any) -> str:
    """A dataset's name is checked against the list where that is known, which is not here."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"{field} must be a name, got {value!r:.200}")
    return value


def _sizes(field: str, value: Any, most: int, largest: int) -> tuple[int, ...]:
    if isinstance(value, str) or not isinstance(value, Sequence) or len(value) > most:
        raise ValueError(f"{field} must be a list of at most {most} numbers, got {value!r:.200}")
    return tuple(whole_number(field, size, 1, largest) for size in value)
