"""The settings of the Train page: one list, from which its widgets and URL come.

Each is a field of `nn.TrainingConfig` and stands in the URL under that name.
"""

from collections.abc import Mapping
from typing import Any

import data
import nn
from nn.training.config import MAX_CONVOLUTIONS
from ui.settings.augmentation import AUGMENTATION
from ui.settings.widgets import Choice, Number, Setting, Switch, Widths, plain_number

LEARNING_RATES = tuple(
    float(f"{digit}e{power}") for power in range(-5, 1) for digit in (1, 1.5, 2, 3, 5, 7)
)[:-1]
"""The steps of the learning-rate sliders, evenly spread on a logarithmic scale, up to 5, which is
far too much for most networks: that is worth a look."""


def _titles(members: Mapping[str, Any]) -> dict[str, str]:
    return {name: member.title for name, member in members.items()}


SETTINGS: dict[str, Setting] = {
    setting.field: setting
    for setting in (
        Choice(
            "dataset",
            "Dataset",
            "The images the network learns to tell apart.",
            options={name: info.title for name, info in data.DATASETS.items()},
        ),
        Widths(
            "hidden",
            "Hidden layers",
            "How many neurons each hidden layer has, with commas or blanks between them: “128, 64” "
            "makes two layers. Leave it empty for a network without hidden layers.",
            none="none: a linear classifier",
        ),
        Choice(
            "activation",
            "Activation",
            "What a neuron does with the sum of its inputs before it passes it on. ReLU turns "
            "negative sums into 0; it is fast and a good first choice.",
            options=_titles(nn.ACTIVATIONS),
        ),
        Number(
            "epochs",
            "Epochs",
            "How often the network goes through all training images.",
            low=1,
            high=200,
            step=1,
            slider=True,
        ),
        Choice(
            "learning_rate",
            "Learning rate",
            "How far each step changes the weights: too small learns slowly, too large never "
            "settles. Try 0.1 with SGD and 0.001 with Adam. You can change it while it trains.",
            options={rate: plain_number(rate) for rate in LEARNING_RATES},
            slider=True,
            between=True,
        ),
        Choice(
            "batch_size",
            "Batch size",
            "How many images the network looks at before each change of its weights.",
            options={2**power: str(2**power) for power in range(3, 11)},
            slider=True,
        ),
        Choice(
            "optimizer",
            "Optimizer",
            "How the weights are changed after each batch. SGD is the plain way: straight down the "
            "slope of the loss. Adam and AdamW give every weight a step of its own and often "
            "learn faster.",
            options=_titles(nn.OPTIMIZERS),
        ),
        Number(
            "momentum",
            "Momentum",
            "How much of the last step is added to the next one, as a rolling ball keeps its "
            "speed. For SGD only.",
            low=0.0,
            high=0.99,
            step=0.05,
        ),
        Switch(
            "nesterov",
            "Nesterov momentum",
            "Measure the slope where the momentum is about to lead. For SGD only.",
        ),
        Choice(
            "schedule",
            "Learning-rate schedule",
            "Whether the learning rate stays the same or gets smaller towards the end.",
            options=_titles(nn.SCHEDULES),
        ),
        Number(
            "warmup_epochs",
            "Warm-up epochs",
            "For so many epochs the learning rate rises slowly from 0. At most all epochs.",
            low=0.0,
            high=20.0,
            step=0.5,
        ),
        Widths(
            "convolutions",
            "Convolutions",
            "Filters of 5 × 5 weights that slide over the image and look for the same thing, such "
            "as a stroke or a corner, everywhere. “16, 32” makes two layers of so many filters, "
            "each followed by max pooling, which halves the image. They read better and take "
            "several times as long. Leave it empty for hidden layers alone.",
            none="none: hidden layers alone",
            example="16, 32",
            most_layers=MAX_CONVOLUTIONS,
            widest=64,
        ),
        Number(
            "dropout",
            "Dropout",
            "Share of the neurons that pause in each step, chosen at random. It keeps the network "
            "from learning the training images by heart.",
            low=0.0,
            high=0.9,
            step=0.05,
        ),
        Switch(
            "batch_norm",
            "Batch normalisation",
            "Bring what each hidden layer passes on to the same scale in every batch (mean 0, "
            "standard deviation 1). It often makes training steadier.",
        ),
        Number(
            "weight_decay",
            "Weight decay (L2)",
            "Pull all weights a little towards 0. Try 0.01 with AdamW and 0.0001 with the others.",
            low=0.0,
            high=1.0,
            step=0.0001,
        ),
        Number(
            "l1",
            "L1 penalty",
            "Pull weights towards exactly 0, so that the network does without some of them.",
            low=0.0,
            high=1.0,
            step=0.00001,
        ),
        Number(
            "max_grad_norm",
            "Gradient clipping",
            "The longest a step's gradient may be; longer ones are shortened, which keeps the "
            "training from jumping. Empty: no limit.",
            low=0.01,
            high=100.0,
            step=0.5,
            optional=True,
        ),
        Choice(
            "loss",
            "Loss",
            "How wrong an answer counts: the training makes this number small. Cross-entropy is "
            "the usual choice when there are classes to tell apart.",
            options=_titles(nn.LOSSES),
        ),
        Number(
            "label_smoothing",
            "Label smoothing",
            "Aim a little below 100 % for the right class, so that the network does not get too "
            "sure of itself. For cross-entropy only.",
            low=0.0,
            high=0.5,
            step=0.05,
        ),
        Choice(
            "initializer",
            "Initial weights",
            "How the random weights to begin with are drawn. He suits ReLU; Glorot suits tanh and "
            "sigmoid.",
            options=_titles(nn.INITIALIZERS),
        ),
        Number(
            "init_scale",
            "Scale of the initial weights",
            "The weights to begin with are so many times as large. The usual ones are 1 times; "
            "with others you see why that size matters.",
            low=0.01,
            high=100.0,
            step=0.5,
        ),
        Number(
            "val_size",
            "Validation images",
            "Training images that are kept aside, to see during the training how well the network "
            "reads images it does not learn from. At most half of the training images, and at "
            "most 50,000.",
            low=0,
            high=50_000,
            step=500,
        ),
        Switch(
            "keep_best",
            "Keep the best epoch",
            "End with the weights that did best on the validation images, and not with the last "
            "ones. Needs validation images.",
        ),
        Number(
            "patience",
            "Early stopping after",
            "End the training when the validation loss has not become smaller for so many "
            "epochs. Empty: never. Needs validation images, and to keep the best epoch.",
            low=1,
            high=100,
            step=1,
            optional=True,
        ),
        Number(
            "seed",
            "Random seed",
            "The same seed gives the same random numbers, and so the same training again.",
            low=0,
            high=2**31 - 1,
            step=1,
        ),
        Number(
            "ensemble",
            "Networks in the ensemble",
            "So many networks are trained one after another, each from other random weights, and "
            "then answer together. They make different mistakes, so that together they make "
            "fewer. Takes so many times as long; the curves begin anew with each.",
            low=1,
            high=5,
            step=1,
        ),
        Number(
            "test_time_shift",
            "Test-time shift",
            "The finished network answers with the mean of what it says to the image and to copies "
            "moved by up to so many pixels up, down, left and right. It makes fewer mistakes "
            "then, but an answer takes 5 times as long for 1 pixel, 9 times for 2.",
            low=0,
            high=3,
            step=1,
        ),
        Number(
            "test_time_rotation",
            "Test-time rotation",
            "The finished network is asked about copies turned by so many degrees to the left and "
            "to the right, too, and answers with the mean. It helps with slanted writing; an "
            "answer takes 3 times as long.",
            low=0.0,
            high=30.0,
            step=1.0,
        ),
        *AUGMENTATION.values(),
    )
}

FIRST = ("dataset", "hidden", "activation", "epochs", "learning_rate", "batch_size")
"""The settings that are in sight at once."""
MORE = tuple(field for field in SETTINGS if field not in (*FIRST, *AUGMENTATION))
"""The settings that stand one click away."""

_DEFAULTS = nn.TrainingConfig()  # which checks all it is made of: once, and not for each setting


def default(field: str) -> Any:
    """The value of a setting nobody touched; for the dataset MNIST or, where that is missing, the
    digits that are built in."""
    if field == "dataset" and not data.is_available("mnist"):
        return "digits"
    return getattr(_DEFAULTS, field)


def most_val_images(dataset: str) -> int:
    """How many training images may be kept aside for validation."""
    return min(50_000, data.DATASETS[dataset].train_size // 2)
