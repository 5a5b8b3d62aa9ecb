"""Good settings to start from, each with a name."""

from typing import Any

import data
from ui.settings.augmentation import are_digits
from ui.settings.settings import SETTINGS, default

PRESETS: dict[str, tuple[str, dict[str, Any]]] = {
    "Classic": ("784-128-64-10, plain gradient descent, 50 epochs.", {}),
    "Fast": (
        "A good network in a few seconds.",
        {
            "hidden": (128,),
            "optimizer": "adam",
            "learning_rate": 0.003,
            "schedule": "one_cycle",
            "batch_size": 128,
            "epochs": 8,
            "val_size": 5000,
        },
    ),
    "Accurate": (
        "A convolutional network: far fewer mistakes, after a minute or two.",
        {
            "convolutions": (16, 32),
            "hidden": (128,),
            "optimizer": "adamw",
            "learning_rate": 0.003,
            "schedule": "one_cycle",
            "weight_decay": 0.01,
            "batch_size": 128,
            "epochs": 8,
            "val_size": 5000,
        },
    ),
    "Robust": (
        "For what you draw: it learns from distorted images, see Augmentation.",
        {
            "hidden": (256, 128),
            "optimizer": "adamw",
            "learning_rate": 0.003,
            "schedule": "one_cycle",
            "weight_decay": 0.01,
            "batch_size": 128,
            "epochs": 30,
            "val_size": 5000,
            "rotation": 10.0,
            "scaling": 0.12,
            "shear": 10.0,
            "shift": 1.0,
            "elastic": 1.0,
            "thickness": 0.4,
            "writing_styles": 0.3,
        },
    ),
}
"""Name -> (what it is, what differs from the defaults of `nn.TrainingConfig`)."""


def preset_values(preset: str, dataset: str) -> dict[str, Any]:
    """The values of all settings but the dataset in a preset; in a small dataset a tenth of the
    training images is kept aside at most, and only digits are written in other ways."""
    values = {field: default(field) for field in SETTINGS if field != "dataset"}
    values |= PRESETS[preset][1]
    values["val_size"] = min(values["val_size"], data.DATASETS[dataset].train_size // 10)
    if not are_digits(dataset):
        values["writing_styles"] = 0.0
    return values
