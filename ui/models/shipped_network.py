"""The one shipped network that pages show by themselves, without a choice of models."""

from pathlib import Path

import nn
from ui.models import list as model_list
from ui.models.load import load_model
from ui.models.model_choice import ModelChoice

SMALL = "small"
"""784-128-64-10: large enough to read, small enough to be shown whole."""


def small_file() -> Path:
    """Where it is, or should be."""
    return model_list.SHIPPED_FOLDER / f"{SMALL}.safetensors"


def small_network() -> nn.Network | None:
    """The shipped model `small`; None where its file is missing or damaged."""
    try:
        return load_model(ModelChoice(SMALL, SMALL, small_file(), "mnist", None))
    except (ValueError, OSError):
        return None
