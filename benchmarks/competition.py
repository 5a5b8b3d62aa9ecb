"""Contenders side by side: in turns, so that what disturbs the machine disturbs them all."""

import statistics
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks.cases import Case
from benchmarks.child import Child, Entrant, LeftOut
from benchmarks.contenders import ENGINE, LABELS, PEAK
from benchmarks.memory import Memory, PeakMemory

TURN_SECONDS = 1.0
"""A turn lasts about so long, at least one epoch, after one that is not counted."""

PAUSE_SECONDS = 0.3
"""Between turns: idle threads of BLAS and OpenMP spin for up to 0.2 s before they sleep."""


@dataclass(frozen=True)
class Settings:
    """How much is measured: `cores` are the processor's, `folder` has room for images."""

    rounds: int
    cores: int
    folder: Path
    quick: bool = False

    @property
    def medians_of(self) -> str:
        """How figures are taken, for the text above a table."""
        return "One round" if self.rounds == 1 else f"Medians of {self.rounds} rounds in turns"

    @property
    def thread_counts(self) -> tuple[int, ...]:
        return tuple(sorted({1, self.cores}))

    def entrants(self, contenders: Iterable[str], case: Case) -> list[Entrant]:
        """Each contender with each number of threads."""
        return [
            Entrant(contender, threads, case)
            for contender in contenders
            for threads in self.thread_counts
        ]


@dataclass
class Outcome:
    """What each entrant measured, one value a round, and who was left out, and why."""

    values: dict[Entrant, list[float]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)

    def medians(self, contender: str) -> dict[Entrant, float]:
        """The median of each entrant of this contender."""
        return {
            entrant: statistics.median(values)
            for entrant, values in self.values.items()
            if entrant.contender == contender and values
        }

    def best(self, contender: str) -> Entrant | None:
        """With the number of threads that is best for it; None if it was left out."""
        medians = self.medians(contender)
        choose = max if contender == PEAK else min
        return choose(medians, key=medians.__getitem__, default=None)

    def median(self, contender: str) -> float | None:
        """The median of `best`."""
        best = self.best(contender)
        return None if best is None else statistics.median(self.values[best])

    def to_json(self) -> dict[str, object]:
        """All figures, for a file."""
        return {
            "values": [
                {"contender": entrant.contender, "threads": entrant.threads, "values": values}
                for entrant, values in self.values.items()
            ],
            "left_out": self.left_out,
            "details": self.details,
        }


def ratio(other: float | None, own: float | None) -> float | None:
    """How many times as long `other` takes; None if one of them isn't known."""
    return None if other is None or own is None else other / own


def fastest(*times: float | None) -> float | None:
    """The shortest of those that are known."""
    return min((seconds for seconds in times if seconds is not None), default=None)


def compete(
    entrants: list[Entrant], settings: Settings, measure: Callable[[Child], float]
) -> Outcome:
    """Start every entrant and let `measure` take a figure of each, round after round.

    Only one works at a time. Who can't take part, or no longer can, is left out; ClickException if
    that is our own engine.
    """
    outcome = Outcome()
    with ExitStack() as stack:
        children: list[Child] = []
        for entrant in entrants:
            click.echo(f"  {entrant}: getting ready", err=True)
            child = Child(entrant, settings.folder)
            stack.callback(child.close)
            try:
                child.wait_until_ready()
                measure(child)  # not counted: compiles, allocates, fills caches
            except LeftOut as error:
                _leave_out(outcome, entrant, error)
                continue
            children.append(child)
            outcome.values[entrant] = []
            if child.details:
                outcome.details[str(entrant)] = child.details
        for number in range(settings.rounds):
            click.echo(f"  round {number + 1} of {settings.rounds}", err=True)
            for child in list(children):
                time.sleep(0 if settings.quick else PAUSE_SECONDS)
                try:
                    outcome.values[child.entrant].append(measure(child))
                except LeftOut as error:
                    _leave_out(outcome, child.entrant, error)
                    del outcome.values[child.entrant]
                    children.remove(child)
    return outcome


def epoch_seconds(turn_seconds: float = TURN_SECONDS) -> Callable[[Child], float]:
    """A measure for `compete`: seconds per epoch, or GFLOP/s of the matrix peak.

    A turn is as many epochs as fit into `turn_seconds`, judging by the turn before, after one more
    that is not counted, unless a single one takes as long.
    """
    epochs: dict[Child, int] = {}  # per turn

    def measure(child: Child) -> float:
        if child.entrant.contender == PEAK:
            gflops: float = child.ask("peak", seconds=turn_seconds)["gflops"]
            return gflops
        if epochs.get(child, 2) > 1:
            # Not counted: after the pause caches are cold, and the threads have yet to be spread.
            child.ask("train", epochs=1)
        seconds: float = child.ask("train", epochs=epochs.get(child, 1))["seconds"]
        epochs[child] = max(1, min(1000, round(turn_seconds / seconds)))
        return seconds

    return measure


def peak_memory(entrant: Entrant, settings: Settings, *, whole_life: bool = False) -> Memory | None:
    """The most memory that an entrant takes, when it is the only one.

    Looked at while it trains one epoch after the first, or with `whole_life` from its start. Never
    while time is measured. None if it can't be told.
    """
    child = Child(entrant, settings.folder)
    try:
        if not whole_life:
            child.ask("train", epochs=1)
        with PeakMemory(child.pid) as memory:
            child.ask("train", epochs=1)
        return memory.peak
    except LeftOut:
        return None
    finally:
        child.close()


def _leave_out(outcome: Outcome, entrant: Entrant, error: LeftOut) -> None:
    reason = str(error)
    if entrant.contender == ENGINE:  # without it there is nothing to compare
        raise click.ClickException(f"{entrant}: {reason}")
    # Not installed is not installed, with however many threads.
    who = LABELS[entrant.contender] if reason == "not installed" else str(entrant)
    outcome.left_out[who] = reason
    click.echo(f"  {who}: {reason}", err=True)
