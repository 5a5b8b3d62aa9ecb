"""Seconds per epoch beside PyTorch and scikit-learn, and the share of the matrix peak."""

from collections.abc import Callable
from dataclasses import dataclass

import click

from benchmarks import images, markdown
from benchmarks.cases import Case
from benchmarks.child import Child
from benchmarks.competition import (
    Outcome,
    Settings,
    compete,
    epoch_seconds,
    fastest,
    peak_memory,
    ratio,
)
from benchmarks.contenders import COMPILED, EAGER, ENGINE, LABELS, PEAK, SKLEARN, STEP
from benchmarks.memory import Memory
from benchmarks.pictures import training_picture
from benchmarks.sections import Section

NARROW = [Case(batch_size=size) for size in (32, 64, 128, 256)]
WIDE = [Case((800,), 128), Case((1024, 1024), 128)]
CONVOLUTIONAL = [Case((128,), size, convolutions=(16, 32)) for size in (64, 128)]

TRAINERS = (ENGINE, EAGER, COMPILED, STEP, SKLEARN)


@dataclass
class Result:
    """What was measured for one case."""

    case: Case
    samples: int
    outcome: Outcome
    memory: dict[str, Memory | None]
    step_parts: dict[str, float]
    """Seconds of the parts of a step of our engine, by `benchmarks.step_parts.PARTS`; of one layer
    by layer, as with convolutions, none are known."""

    @property
    def times_pytorch(self) -> float | None:
        """How many times faster than the better of PyTorch eager and compiled."""
        pytorch = fastest(self.outcome.median(EAGER), self.outcome.median(COMPILED))
        return ratio(pytorch, self.outcome.median(ENGINE))

    @property
    def times_step(self) -> float | None:
        """How many times faster than PyTorch where its whole training step is compiled."""
        return ratio(self.outcome.median(STEP), self.outcome.median(ENGINE))

    @property
    def times_sklearn(self) -> float | None:
        return ratio(self.outcome.median(SKLEARN), self.outcome.median(ENGINE))

    @property
    def gflops(self) -> float | None:
        """Nominal operations of our engine in 10⁹ a second."""
        return ratio(self.case.gflop_per_epoch(self.samples), self.outcome.median(ENGINE))

    @property
    def share_of_peak(self) -> float | None:
        return ratio(self.gflops, self.outcome.median(PEAK))


def training(settings: Settings) -> Section:
    """The classic network at several batch sizes."""
    return _section(settings, "Training", "speed", NARROW, lambda case: f"batch {case.batch_size}")


def wide(settings: Settings) -> Section:
    """Two wide networks, where nearly all is matrix products."""
    return _section(settings, "Training, wide", "speed-wide", WIDE, lambda case: case.network)


def convolutional(settings: Settings) -> Section:
    """A network of convolutions, which scikit-learn doesn't have."""
    return _section(
        settings,
        *("Training, convolutions", "speed-convolutions", CONVOLUTIONAL),
        lambda case: f"batch {case.batch_size}",
    )


def _section(
    settings: Settings, title: str, picture: str, cases: list[Case], name: Callable[[Case], str]
) -> Section:
    samples = 60_000
    if settings.quick:
        cases, samples = cases[:1], 1000
    source = images.write(settings.folder, samples, 100)
    results = [measure(case, samples, settings) for case in cases]
    names = [name(case) for case in cases]
    networks = cases[0].network if len({case.network for case in cases}) == 1 else "wide networks"
    batch = "" if networks == cases[0].network else f", batch {cases[0].batch_size}"
    about = f"{networks}{batch}, ReLU, SGD, float32, {samples:,} images ({source}) in memory"
    rows = table_rows(results)
    left_out = {who: why for result in results for who, why in result.outcome.left_out.items()}
    text = (
        f"Seconds per epoch: {about}. {settings.medians_of}; in brackets the number of threads, "
        f"the better of {' and '.join(map(str, settings.thread_counts))}. "
        '"PyTorch compiled" is torch.compile(model); in "whole step compiled" update and all '
        "are one function of tensors, written for it. "
        "Memory is the most in any column, of all processes together, programs and data too.\n\n"
        + markdown.table(["", *names, "peak memory (MB)"], rows)
        + "\n"
        + markdown.left_out(left_out)
    )
    if results[0].step_parts:
        text += "\nMicroseconds of our step, in the first process, with clocks in it:\n\n"
        text += markdown.table(["", *names], parts_rows(results))
    raw = {"images": source, "cases": [to_json(result) for result in results]}
    outcomes = [result.outcome for result in results]
    floors = [
        ratio(result.case.gflop_per_epoch(samples), result.outcome.median(PEAK))
        for result in results
    ]
    figure = training_picture(about, names, outcomes, floors)
    return Section(title, text, raw, {picture: figure})


def measure(case: Case, samples: int, settings: Settings) -> Result:
    """Let all train the case, and look at the memory of each with its best number of threads."""
    click.echo(f"{case.network}, batch {case.batch_size}", err=True)
    measure = epoch_seconds(0.02) if settings.quick else epoch_seconds()
    contenders = [who for who in (*TRAINERS, PEAK) if who != SKLEARN or not case.convolutions]
    outcome = compete(settings.entrants(contenders, case), settings, measure)
    memory: dict[str, Memory | None] = {}
    for contender in TRAINERS:
        best = outcome.best(contender)
        if best is not None:
            memory[contender] = peak_memory(best, settings)
    parts = {} if case.convolutions else step_parts(outcome, settings)
    return Result(case, samples, outcome, memory, parts)


def step_parts(outcome: Outcome, settings: Settings) -> dict[str, float]:
    """Where the time of our engine's step goes, with its best number of threads."""
    best = outcome.best(ENGINE)
    assert best is not None  # `compete` raises an exception without it
    child = Child(best, settings.folder)
    try:
        child.ask("train", epochs=1)
        parts: dict[str, float] = child.ask("step parts", epochs=1 if settings.quick else 3)[
            "seconds"
        ]
        return parts
    finally:
        child.close()


def parts_rows(results: list[Result]) -> list[list[str]]:
    """A row for each part of a step, and the whole, in microseconds."""
    columns = [result.step_parts | {"whole": sum(result.step_parts.values())} for result in results]
    return [
        [part, *(markdown.number(1e6 * column[part]) for column in columns)] for part in columns[0]
    ]


def table_rows(results: list[Result]) -> list[list[str]]:
    """A row for each contender that took part, and those of the derived figures."""
    rows: list[list[str]] = []
    for contender in TRAINERS:
        if all(result.outcome.best(contender) is None for result in results):
            continue
        cells = []
        for result in results:
            best = result.outcome.best(contender)
            seconds = markdown.number(result.outcome.median(contender))
            cells.append(f"{seconds} ({best.threads})" if best else markdown.UNKNOWN)
        peaks = [memory.total for result in results if (memory := result.memory.get(contender))]
        most = markdown.number(max(peaks, default=None))
        rows.append([LABELS[contender], *cells, most])
    derived: list[tuple[str, list[float | None]]] = [
        ("times faster than PyTorch", [result.times_pytorch for result in results]),
        ("times faster than its whole step", [result.times_step for result in results]),
        ("times faster than scikit-learn", [result.times_sklearn for result in results]),
        ("GFLOP/s", [result.gflops for result in results]),
        ("matrix peak (GFLOP/s)", [result.outcome.median(PEAK) for result in results]),
        ("share of the matrix peak", [result.share_of_peak for result in results]),
    ]
    for label, values in derived:
        if any(value is not None for value in values):
            rows.append([label, *map(markdown.number, values), ""])
    return rows


def to_json(result: Result) -> dict[str, object]:
    """All figures of a result, the derived ones too."""
    return {
        "network": result.case.network,
        "batch_size": result.case.batch_size,
        "samples": result.samples,
        "gflop_per_epoch": result.case.gflop_per_epoch(result.samples),
        **result.outcome.to_json(),
        "peak_memory_mb": {
            contender: memory and {"total": memory.total, "private": memory.private}
            for contender, memory in result.memory.items()
        },
        "step_parts": result.step_parts,
        "times_pytorch": result.times_pytorch,
        "times_step": result.times_step,
        "times_sklearn": result.times_sklearn,
        "gflops": result.gflops,
        "share_of_peak": result.share_of_peak,
    }
