"""A search, and the training of what it found, as commands for a terminal."""

from dataclasses import fields

import nn
from nn.search.settings import ACCURACY, SearchSettings
from nn.search.space import value_text

_PROGRAM = ["python", "-m", "nn"]


def command_line(settings: SearchSettings) -> list[str]:
    """The command that makes the same search in a terminal."""
    words = [*_PROGRAM, "search"]
    for part in settings.space:
        words += ["--param", f"{part.name}={part.text}"]
    words += ["--sampler", settings.sampler]
    if settings.trials is not None:
        words += ["--trials", str(settings.trials)]
    if settings.minutes is not None:
        words += ["--minutes", f"{settings.minutes:g}"]
    if not settings.prune:
        words.append("--no-prune")
    if settings.metric == ACCURACY:
        words += ["--metric", ACCURACY]
    searched = {part.name for part in settings.space}
    return [*words, *_options(settings.base, searched)]


def _options(config: nn.TrainingConfig, but: set[str]) -> list[str]:
    """What differs from the usual settings, but these fields."""
    usual, words = nn.TrainingConfig(), []
    for field in fields(config):
        value = getattr(config, field.name)
        if field.name not in but and value != getattr(usual, field.name):
            words += [f"--{field.name.replace('_', '-')}", value_text(value)]
    return words
