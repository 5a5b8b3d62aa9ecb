"""A search, and the training of what it found, as commands for a terminal."""

from dataclasses import fields
from typing import Any

from nn.search.settings import LOSS, TPE, SearchSettings
from nn.search.space import value_text
from nn.training.config import TrainingConfig

_PROGRAM = ["python", "-m", "nn"]
_NONE_GIVEN = ("other_members",)
"""Settings for which there is no option."""


def search_command(settings: SearchSettings) -> list[str]:
    """The words of the command that makes the same search."""
    words = [*_PROGRAM, "search"]
    for part in settings.space:
        words += ["--param", f"{part.name}={part.text}"]
    if settings.sampler != TPE:
        words += ["--sampler", settings.sampler]
    if settings.trials is not None:
        words += ["--trials", str(settings.trials)]
    if settings.minutes is not None:
        words += ["--minutes", value_text(settings.minutes)]
    if not settings.prune:
        words.append("--no-prune")
    if settings.metric != LOSS:
        words += ["--metric", settings.metric]
    if settings.seed:
        words += ["--search-seed", str(settings.seed)]
    return [*words, *_options(settings.base, {part.name for part in settings.space})]


def train_command(config: TrainingConfig) -> list[str]:
    """The words of the command that trains with these settings."""
    return [*_PROGRAM, "train", *_options(config, set())]


def _options(config: TrainingConfig, but: set[str]) -> list[str]:
    """What differs from the usual settings, but these fields."""
    usual, words = TrainingConfig(), list[str]()
    for field in fields(config):
        value: Any = getattr(config, field.name)
        if field.name in (*but, *_NONE_GIVEN) or value == getattr(usual, field.name):
            continue
        option = "lr" if field.name == "learning_rate" else field.name.replace("_", "-")
        if isinstance(value, bool):
            words.append(f"--{option}" if value else f"--no-{option}")
        elif isinstance(value, tuple):
            words += [f"--{option}", ",".join(map(str, value))]
        else:
            words += [f"--{option}", value_text(value)]
    return words
