"""How far a search is, on standard error."""

import sys
from typing import Any, Self

from nn.evaluation.percent import percent
from nn.runs.durations import measured
from nn.runs.schema import OUT_OF_TIME
from nn.search import Search, Trial
from nn.search.schema import FAILED, FINISHED
from nn.search.settings import LOSS
from nn.search.space import value_text


class SearchBar:
    """A tqdm bar on a terminal, one line a trial elsewhere, nothing when `quiet`."""

    def __init__(self, search: Search, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bar: Any = None
        if not quiet and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=search.settings.most_trials,
                initial=len(search.ended),
                bar_format="trial {n_fmt}/{total_fmt} |{bar}| {elapsed}{postfix}",
                dynamic_ncols=True,
            )

    def show(self, search: Search, now: float) -> None:
        """Show the newest."""
        if self._bar is None:
            return
        left, best = search.seconds_left(now), search.best
        words = [] if left is None else [f"{self._bar.format_interval(left)} left"]
        if best is not None:
            words.append(f"best {value_words(search, best)} (trial {best.number + 1})")
        self._bar.set_postfix_str(", ".join(words), refresh=False)
        self._bar.update(len(search.ended) - self._bar.n)
        self._bar.refresh()

    def ended(self, search: Search, number: int) -> None:
        """Tell that a trial has ended, where no bar can be drawn."""
        if self._bar is not None or self._quiet:
            return
        trial = next(trial for trial in search.trials if trial.number == number)
        best = search.best
        record = "" if best is None or best is trial else f"; best {value_words(search, best)}"
        print(
            f"trial {number + 1}/{search.settings.most_trials}: {state_words(search, trial)}"
            f"{record} [{params_words(trial)}]",
            file=sys.stderr,
            flush=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()


def state_words(search: Search, trial: Trial) -> str:
    """How a trial ended."""
    if trial.state == FAILED:
        return f"failed: {trial.message}"
    why = {OUT_OF_TIME: "ended with the time", "stopped": "stopped"}
    how = trial.state if trial.state == FINISHED else why.get(trial.reason or "", "ended early")
    seconds = "" if trial.seconds is None else f", {measured(trial.seconds)}"
    epochs = f"{trial.epochs or 0:g} epoch{'' if trial.epochs == 1 else 's'}"
    return f"{how}, {value_words(search, trial)}, {epochs}{seconds}"


def value_words(search: Search, trial: Trial) -> str:
    """What a trial reached."""
    if trial.value is None:
        return "nothing"
    if search.settings.metric == LOSS:
        return f"validation loss {trial.value:.4f}"
    return f"validation accuracy {percent(trial.value, search.settings.base.val_size)}"


def params_words(trial: Trial) -> str:
    """The values of a trial, as on the command line but rounded for the eye."""
    return ", ".join(f"{name}={_shown(value)}" for name, value in trial.params.items())


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    return value_text(tuple(value) if isinstance(value, list) else value)
