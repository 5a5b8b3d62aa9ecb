"""The settings of the Train page: one list, from which its widgets, URL and presets come.

Each is a field of `nn.TrainingConfig` and stands in the URL under that name.
"""

from itertools import pairwise
from typing import Any

import data
import nn
from nn.config import OPTIMIZERS, SCHEDULES
from ui.setting_widgets import Choice, Number, Setting, Switch, Widths

MAX_PARAMETERS = 5_000_000
"""A larger network would take the memory of the other visitors."""

LEARNING_RATES = tuple(
    float(f"{digit}e{power}") for power in range(-5, 1) for digit in (1, 1.5, 2, 3, 5, 7)
)[:-5]
"""The steps of the learning-rate sliders, evenly spread on a logarithmic scale, up to 1."""

_OPTIMIZER_TITLES = {"sgd": "SGD", "rmsprop": "RMSprop", "adamw": "AdamW"}


def _titles(names: Any, titles: dict[str, str] | None = None) -> dict[str, str]:
    return {name: (titles or {}).get(name, name.replace("_", " ").capitalize()) for name in names}


SETTINGS: dict[str, Setting] = {
    setting.field: setting
    for setting in (
        Choice(
            "dataset",
            "Dataset",
            "The pictures to learn from, and their classes.",
            options={name: info.title for name, info in data.DATASETS.items()},
        ),
        Widths(
            "hidden",
            "Hidden layers",
            "How many neurons each hidden layer has, separated by commas: “128, 64” means two "
            "layers. Leave it empty for a network without hidden layers.",
        ),
        Choice(
            "activation",
            "Activation",
            "The function every hidden neuron applies to its sum.",
            options=_titles(
                nn.ACTIVATIONS, {"relu": "ReLU", "leaky_relu": "Leaky ReLU", "gelu": "GELU"}
            ),
        ),
        Number(
            "epochs",
            "Epochs",
            "How many times the training sees every image.",
            low=1,
            high=200,
            step=1,
            slider=True,
        ),
        Choice(
            "learning_rate",
            "Learning rate",
            "How far each step moves the weights. You can change it during the training. "
            "SGD likes about 0.1, Adam about 0.001.",
            options={rate: f"{rate:g}" for rate in LEARNING_RATES},
            slider=True,
        ),
        Choice(
            "batch_size",
            "Batch size",
            "How many images each step looks at.",
            options={2**power: str(2**power) for power in range(3, 11)},
            slider=True,
        ),
        Choice(
            "optimizer",
            "Optimizer",
            "The rule that turns gradients into steps.",
            options=_titles(OPTIMIZERS, _OPTIMIZER_TITLES),
        ),
        Number(
            "momentum",
            "Momentum",
            "How much of the last step is kept in the next one. For SGD only.",
            low=0.0,
            high=0.99,
            step=0.05,
        ),
        Switch("nesterov", "Nesterov momentum", "Look ahead along the momentum. For SGD only."),
        Choice(
            "schedule",
            "Learning-rate schedule",
            "How the learning rate changes over the epochs.",
            options=_titles(SCHEDULES, {"one_cycle": "One cycle"}),
        ),
        Number(
            "warmup_epochs",
            "Warm-up epochs",
            "The learning rate rises from zero during the first epochs.",
            low=0.0,
            high=20.0,
            step=0.5,
        ),
        Number(
            "dropout",
            "Dropout",
            "Share of hidden values switched off at random while training, against overfitting.",
            low=0.0,
            high=0.9,
            step=0.05,
        ),
        Switch(
            "batch_norm",
            "Batch normalisation",
            "Bring the values of each hidden layer to mean 0 and deviation 1 in every batch.",
        ),
        Number(
            "weight_decay",
            "Weight decay (L2)",
            "Pull towards small weights. AdamW wants about 0.01, the others less.",
            low=0.0,
            high=1.0,
            step=0.0001,
            format="%g",
        ),
        Number(
            "l1",
            "L1 penalty",
            "Pull towards weights that are exactly zero.",
            low=0.0,
            high=1.0,
            step=0.00001,
            format="%g",
        ),
        Number(
            "max_grad_norm",
            "Gradient clipping",
            "Gradients longer than this are shortened to it. Empty: never.",
            low=0.01,
            high=100.0,
            step=0.5,
            optional=True,
        ),
        Choice(
            "loss",
            "Loss",
            "What the training makes small.",
            options={"cross_entropy": "Cross-entropy", "mse": "Mean squared error"},
        ),
        Number(
            "label_smoothing",
            "Label smoothing",
            "Probability taken from the true class and spread over all. For cross-entropy only.",
            low=0.0,
            high=0.5,
            step=0.05,
        ),
        Choice(
            "initializer",
            "Initial weights",
            "How the first weights are drawn. He suits ReLU, Glorot tanh and sigmoid.",
            options={
                name: name.replace("_", " ")
                .replace("he ", "He ")
                .replace("glorot", "Glorot")
                .replace("lecun", "LeCun")
                .replace("zeros", "Zeros")
                for name in nn.INITIALIZERS
            },
        ),
        Number(
            "val_size",
            "Validation images",
            "Training images that are kept aside to see how well the network does on new ones "
            "while it trains.",
            low=0,
            high=50_000,
            step=500,
        ),
        Number(
            "patience",
            "Early stopping after",
            "End when the validation loss has not improved for so many epochs. Empty: never. "
            "Needs validation images.",
            low=1,
            high=100,
            step=1,
            optional=True,
        ),
        Number(
            "seed",
            "Random seed",
            "The same seed gives the same training again.",
            low=0,
            high=2**31 - 1,
            step=1,
        ),
    )
}

MORE = tuple(SETTINGS)[6:]
"""The settings that stand one click away."""

PRESETS: dict[str, tuple[str, dict[str, Any]]] = {
    "Classic": ("The seed project's set-up: 128-64, ReLU, plain SGD, 50 epochs.", {}),
    "Fast": (
        "A good network in a few seconds.",
        {
            "hidden": (128,),
            "optimizer": "adam",
            "learning_rate": 0.003,
            "schedule": "one_cycle",
            "batch_size": 128,
            "epochs": 8,
        },
    ),
    "Accurate": (
        "Fewer mistakes, after a minute or two.",
        {
            "hidden": (512, 256),
            "activation": "gelu",
            "optimizer": "adamw",
            "learning_rate": 0.002,
            "schedule": "one_cycle",
            "weight_decay": 0.01,
            "dropout": 0.3,
            "batch_size": 128,
            "epochs": 25,
        },
    ),
}
"""Name -> (what it is, what differs from the defaults of `nn.TrainingConfig`)."""


def default(field: str) -> Any:
    """The value of a setting nobody touched; for the dataset MNIST or, where that is missing, the
    digits that are built in."""
    if field == "dataset" and not data.is_available("mnist"):
        return "digits"
    return getattr(nn.TrainingConfig(), field)


def preset_values(preset: str) -> dict[str, Any]:
    """The values of all settings but the dataset in a preset."""
    values = {field: getattr(nn.TrainingConfig(), field) for field in SETTINGS}
    del values["dataset"]
    return values | PRESETS[preset][1]


def layer_widths(config: nn.TrainingConfig) -> list[int]:
    """Widths of all layers, from the pixels to the classes."""
    return [28 * 28, *config.hidden, data.DATASETS[config.dataset].num_classes]


def count_parameters(config: nn.TrainingConfig) -> int:
    """How many numbers the training has to find, without building the network."""
    widths = layer_widths(config)
    linear = sum((before + 1) * after for before, after in pairwise(widths))
    return linear + (2 * sum(config.hidden) if config.batch_norm else 0)
