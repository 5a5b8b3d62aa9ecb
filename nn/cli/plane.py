"""`python -m nn plane`: train a small network on points in the plane, as the Playground does."""

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import nn
from nn.cli.ranges import NumberRange
from nn.cli.train.options import Widths
from nn.plane import FEATURES, PlaneConfig, PlaneTraining, Snapshot
from nn.plane.config import PLANE_ACTIVATIONS, PLANE_INITIALIZERS
from nn.plane.good_setups import GOOD_SETUPS

if TYPE_CHECKING:
    from data.plane import Points

LINES = 20
"""About so many lines are printed of a training."""
_ROWS = 10
"""So many bad rows of a file are told one by one."""


class Names(click.ParamType):
    """Names with commas between them."""

    name = "names"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        return value if isinstance(value, tuple) else tuple(value.replace(",", " ").split())


# field of PlaneConfig: (option, type, help)
_OPTIONS: dict[str, tuple[str, Any, str]] = {
    "inputs": ("--inputs", Names(), f"What it is told of a point: some of {', '.join(FEATURES)}."),
    "hidden": ("--hidden", Widths("4,2"), "Neurons of the hidden layers, as in 4,2."),
    "activations": (
        "--activations",
        Names(),
        f"Of each hidden layer, or one for all: {', '.join(PLANE_ACTIVATIONS)}.",
    ),
    "initializer": ("--initializer", click.Choice(PLANE_INITIALIZERS), "First weights."),
    "init_scale": ("--init-scale", float, "First weights are so many times as large."),
    "loss": ("--loss", click.Choice(list(nn.VALUE_LOSSES)), "Loss function."),
    "optimizer": ("--optimizer", click.Choice(list(nn.OPTIMIZERS)), "Rule that changes weights."),
    "momentum": ("--momentum", float, "Momentum (sgd)."),
    "learning_rate": ("--lr", float, "Learning rate."),
    "l1": ("--l1", float, "L1 penalty."),
    "l2": ("--l2", float, "L2 penalty."),
    "batch_size": ("--batch-size", int, "Points per step; 0 for all."),
    "seed": ("--seed", int, "Seed of the first weights and of the order of the points."),
}
# fields of errors, those of `make_points` too: option
_FIELDS = {field: option for field, (option, _, _) in _OPTIONS.items()} | {
    "name": "--data",
    "count": "--points",
    "noise": "--noise",
    "formula": "--formula",
}


def _setup_options(command: Any) -> Any:
    """One option for each field of `PlaneConfig` but `classes`, which the points have."""
    defaults = dataclasses.asdict(PlaneConfig())
    for field, (option, kind, text) in reversed(_OPTIONS.items()):
        default = defaults[field]
        shown = ",".join(map(str, default)) if isinstance(default, tuple) else default
        command = click.option(option, field, type=kind, help=f"{text}  [default: {shown}]")(
            command
        )
    return command


@click.command()
@click.option("--data", default="circle", show_default=True, help="Set of points.", metavar="NAME")
@click.option("--formula", default="", help="For --data side and heights, as in 'sin(x1) x2'.")
@click.option(
    "--csv",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Points from a file with x, y and label in each row instead.",
)
@click.option("--points", default=500, show_default=True, help="How many, 20 to 2000.")
@click.option("--noise", default=0.0, show_default=True, help="From 0 to 0.5.")
@click.option(
    "--share",
    type=NumberRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="So much is for the training, the rest for the test.",
)
@click.option(
    "--points-seed",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    help="Seed of the points.",
)
@click.option("--good", is_flag=True, help="Take a set-up that learns these points.")
@_setup_options
@click.option("--epochs", type=click.IntRange(1, 100_000), default=100, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def plane(
    data: str,
    formula: str,
    csv: Path | None,
    points: int,
    noise: float,
    share: float,
    points_seed: int,
    good: bool,
    epochs: int,
    as_json: bool,
    **fields: Any,
) -> None:
    """Train a small network on points in the plane and print its losses.

    The same set-up gives the same numbers on the page Playground. Options that are given beside
    --good still count.
    """
    from data.plane import SETS, make_points, split

    try:
        if csv:
            every = _read(csv)
        else:
            example = SETS[data].formula if data in SETS else ""
            if formula and data in SETS and not example:
                of = " and ".join(one.name for one in SETS.values() if one.formula)
                raise ValueError(f"formula must be for --data {of}, got --data {data}")
            every = make_points(data, points, noise, points_seed, formula or example)
        start = GOOD_SETUPS[data] if good and not csv else PlaneConfig(classes=every.classes)
        config = _config(start, fields)
    except ValueError as error:
        raise _refused(str(error)) from error
    train, test = split(every, share, points_seed)
    training = PlaneTraining(config, (train.x, train.targets), (test.x, test.targets))
    _perform(training, epochs, as_json)


def _read(file: Path) -> "Points":
    """The points of a file; what was made of them is told on standard error."""
    from data.plane import read_points

    try:
        every, notes = read_points(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise click.BadParameter(f"{file} is not text in UTF-8", param_hint="--csv") from None
    except (ValueError, OSError) as error:
        lines = str(error).splitlines()
        more = ["and more such rows"] if len(lines) > _ROWS else []
        told = "\n".join([f"{file} can't be used:", *lines[:_ROWS], *more])
        raise click.BadParameter(told, param_hint="--csv") from error
    click.echo("\n".join(notes), err=True)
    return every


def _refused(message: str) -> click.UsageError:
    """The usage error that names the option, by the field with which the message begins."""
    field, _, rest = message.partition(" ")
    option = _FIELDS.get(field.partition("[")[0].rstrip(":"))
    if option is None:
        return click.UsageError(message)
    return click.BadParameter(message if "[" in field else rest, param_hint=option)


def _config(start: PlaneConfig, fields: dict[str, Any]) -> PlaneConfig:
    """The set-up with those fields changed that were given; one activation counts for all
    layers."""
    given = {name: value for name, value in fields.items() if value is not None}
    layers = len(given.get("hidden", start.hidden))
    activations = given.get("activations", start.activations)
    if len(set(activations)) == 1 or "activations" not in given:
        given["activations"] = (activations or ("tanh",))[:1] * layers
    return dataclasses.replace(start, **given)


def _perform(training: PlaneTraining, epochs: int, as_json: bool) -> None:
    """Train, and print where it stands about `LINES` times."""
    every = max(1, epochs // LINES)
    _tell(training.snapshot(), training, as_json)
    for epoch in range(every, epochs + every, every):
        training.train((min(epoch, epochs) * training.steps_per_epoch) - training.step)
        _tell(training.snapshot(), training, as_json)
        if training.diverged:
            raise click.ClickException(training.diverged)


def _tell(told: Snapshot, training: PlaneTraining, as_json: bool) -> None:
    if as_json:
        values = {name: value for name, value in vars(told).items() if name != "parameters"}
        click.echo(json.dumps(values))
        return
    score = "accuracy" if training.config.classes else "R²"
    test = "" if told.test_loss is None else f"   test {told.test_loss:.6f}"
    right = told.train_score if told.test_score is None else told.test_score
    click.echo(
        f"epoch {told.epoch:>5g}   training loss {told.train_loss:.6f}{test}   {score} {right:.3f}"
    )
