"""What came of a search, at its end."""

import shlex
from collections import Counter
from typing import Any

from nn.cli.search.progress import params_words, value_words
from nn.search import Search, best_config
from nn.search.command_line import train_command
from nn.search.schema import PRUNED
from nn.search.trial import RUNNING

_SHOWN = 5
_WORDS = {PRUNED: "ended early"}
"""What people read of a state, where it is not its name."""


def summary(search: Search) -> str:
    """The best trials, and how to train the best of them on all images, for people."""
    counts = _counts(search)
    told = ", ".join(f"{count} {_WORDS.get(state, state)}" for state, count in counts.items())
    number = "1 trial" if len(search.trials) == 1 else f"{len(search.trials)} trials"
    lines = [f"{number}: {told}" if told else "No trial was made."]
    best, config = search.best, best_config(search)
    if best is None or config is None:
        lines.append("None was trained to its end: there is no best.")
        return "\n".join(lines)
    ranking = search.ranking[:_SHOWN]
    width = len(str(max(trial.number for trial in ranking) + 1))
    lines += [
        f"{place}. trial {trial.number + 1:<{width}}  {value_words(search, trial)}  "
        f"{params_words(trial)}"
        for place, trial in enumerate(ranking, 1)
    ]
    if config.other_members:
        lines.append("The other members of the ensemble are in its run's config.json.")
    lines += [
        f"The best is in {search.run_folder(best.run_id)}",
        "Train it on all images with",
        f"    {shlex.join(train_command(config))}",
    ]
    return "\n".join(lines)


def as_json(search: Search) -> dict[str, Any]:
    """The same as JSON-able data."""
    best, config = search.best, best_config(search)
    about = None
    if best is not None and config is not None:
        about = {
            "trial": best.number,
            "run": str(search.run_folder(best.run_id)),
            "params": best.params,
            "value": best.value,
            "val_loss": best.val_loss,
            "val_accuracy": best.val_accuracy,
            "command": shlex.join(train_command(config)),
        }
    return {
        "status": search.status,
        "search": str(search.folder),
        "trials": _counts(search),
        "best": about,
        "importance": search.importance,
        "seconds": search.seconds,
    }


def _counts(search: Search) -> dict[str, int]:
    states = Counter(trial.state for trial in search.trials)
    return {
        state: states[state] for state in ("finished", "pruned", "failed", RUNNING) if states[state]
    }
