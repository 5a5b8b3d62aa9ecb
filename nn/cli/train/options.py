"""The training settings as command-line options; every default comes from `TrainingConfig`."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import click

import nn
from nn.architectures import parse_widths
from nn.cli import datasets
from nn.training import config as settings
from nn.training.build import check_val_size, check_writing_styles


class Widths(click.ParamType):
    """Sizes of layers, "128,64" or "128 64"; an empty text means none."""

    name = "widths"

    def __init__(self, example: str) -> None:
        self.example = example

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        try:
            return parse_widths(value)
        except ValueError:
            self.fail(f"{value!r} is no list of whole numbers such as {self.example}", param, ctx)


# field of TrainingConfig: (type, help), in the order of --help
_OPTIONS: dict[str, tuple[Any, str]] = {
    "dataset": (str, "Data to learn from; `python -m nn data list` shows all."),
    "convolutions": (
        Widths("16,32"),
        "Filters of convolutions before hidden layers, as in 16,32.",
    ),
    "hidden": (Widths("128,64"), "Widths of the hidden layers, as in 128,64."),
    "activation": (click.Choice(sorted(nn.ACTIVATIONS)), "Activation function."),
    "batch_norm": (bool, "Batch normalisation after every hidden layer."),
    "dropout": (float, "Share of the hidden values dropped while training."),
    "initializer": (click.Choice(sorted(nn.INITIALIZERS)), "First weights."),
    "init_scale": (float, "First weights are so many times as large."),
    "loss": (click.Choice(sorted(nn.LOSSES)), "Loss function."),
    "label_smoothing": (float, "Probability taken from the true class and spread over all."),
    "optimizer": (click.Choice(sorted(nn.OPTIMIZERS)), "Rule that changes the weights."),
    "learning_rate": (float, "Learning rate."),
    "momentum": (float, "Momentum (sgd)."),
    "nesterov": (bool, "Nesterov's form of momentum (sgd)."),
    "weight_decay": (float, "L2 penalty; with adamw decoupled from the gradient."),
    "l1": (float, "L1 penalty."),
    "max_grad_norm": (float, "Longer gradients are scaled down to this norm.  [default: never]"),
    "schedule": (click.Choice(sorted(nn.SCHEDULES)), "Course of the learning rate."),
    "warmup_epochs": (float, "Epochs in which the learning rate rises from zero."),
    "batch_size": (int, "Images per step."),
    "epochs": (int, "Times every training image is seen."),
    "val_size": (int, "Training images kept aside for validation."),
    "patience": (
        int,
        "End after so many epochs without lower validation loss.  [default: never]",
    ),
    "keep_best": (
        bool,
        "End with the weights of the lowest validation loss, or else with the last.  "
        "[default: keep-best]",
    ),
    "seed": (int, "Seed of everything random but the choice of validation images."),
    "ensemble": (
        int,
        "Networks trained one after another, to answer together; those a recipe adds come after.",
    ),
    "test_time_shift": (
        int,
        "Answer with the mean over copies up to so many pixels up, down, left, right.",
    ),
    "test_time_rotation": (float, "And over copies turned by so many degrees each way."),
    "rotation": (float, "Turn images at random by up to so many degrees."),
    "scaling": (float, "Make them larger or smaller by up to this share."),
    "shear": (float, "Shear them, so that they lean, by up to so many degrees."),
    "shift": (float, "Move them by up to so many pixels."),
    "elastic": (float, "Distort them in waves, by so many pixels on average."),
    "elastic_sigma": (float, "Width of these waves, in pixels."),
    "thickness": (float, "Make strokes bolder or finer by up to about so many pixels."),
    "writing_styles": (float, "Share of 0, 1, 7 and 9 with a slash, flag, foot, bar or hook."),
}


def flag(field: str) -> str:
    """The option's name for a field of `TrainingConfig`: "--batch-size" for "batch_size"."""
    return "--lr" if field == "learning_rate" else "--" + field.replace("_", "-")


def training_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a command with one option for each field of `TrainingConfig`."""
    defaults = {field.name: field.default for field in dataclasses.fields(settings.TrainingConfig)}
    for field, (kind, text) in reversed(_OPTIONS.items()):
        default = defaults[field]
        if isinstance(default, tuple):
            default = ",".join(map(str, default))
        on = flag(field)
        option = click.option(
            # What is on by default needs a way to turn it off.
            on.replace("--", f"{on}/--no-") if default is True else on,
            field,
            type=kind,
            is_flag=kind is bool,
            default=default,
            show_default=default is not None and kind is not bool,
            help=text,
        )
        command = option(command)
    return command


def given_fields(context: click.Context) -> list[str]:
    """The fields of the training options that stand on the command line."""
    given = click.core.ParameterSource.COMMANDLINE
    return [field for field in _OPTIONS if context.get_parameter_source(field) is given]


def config_from(values: dict[str, Any], given: Sequence[str]) -> settings.TrainingConfig:
    """Build the configuration from the parsed options; a wrong one is a usage error (exit 2).

    The `given` ones count for all members of an ensemble, whatever a recipe says of some.
    """
    datasets.check_name(values["dataset"])
    others = [
        {name: value for name, value in changes.items() if name not in given}
        for changes in values.get("other_members", ())
    ]
    try:
        config = settings.TrainingConfig.from_dict(values | {"other_members": others})
        check_val_size(config.val_size, datasets.train_size(config.dataset))
        check_writing_styles(config, datasets.labels(config.dataset))
        return config
    except ValueError as error:
        field = str(error).split(" ", 1)[0]
        hint = flag(field) if field in _OPTIONS else None
        raise click.BadParameter(str(error), param_hint=hint) from error
