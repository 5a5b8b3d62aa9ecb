"""What it costs to look inside: a run's history, and the answers of the page Inside."""

import statistics
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import click

from benchmarks import images, markdown
from benchmarks.competition import Settings
from benchmarks.history_cost import measure
from benchmarks.sections import Section
from benchmarks.view_answers import ViewAnswers, view_answers
from nn.training.config import TrainingConfig
from ui.inside.views import VIEWS


@dataclass(frozen=True)
class Watched:
    """A training whose history is measured: in how many pairs, at least."""

    title: str
    settings: dict[str, Any] = field(default_factory=dict)
    pairs: int = 3


CASES = (
    Watched("784-128-64-10, 50 epochs", pairs=7),
    Watched(
        "the same with batch normalisation and dropout, 10 epochs of Adam",
        {
            "batch_norm": True,
            "dropout": 0.2,
            "optimizer": "adam",
            "learning_rate": 0.001,
            "epochs": 10,
        },
    ),
    Watched(
        "784-16C5-32C5-128-10, 4 epochs of AdamW",
        {
            "convolutions": [16, 32],
            "hidden": [128],
            "optimizer": "adamw",
            "learning_rate": 0.003,
            "batch_size": 128,
            "epochs": 4,
        },
    ),
)


def views(settings: Settings) -> Section:
    """What a history takes of a training, and how soon the views answer."""
    samples, tests = (1000, 100) if settings.quick else (60_000, 10_000)
    source = images.write(settings.folder, samples, tests)
    costs = [_cost_of_history(case, settings) for case in CASES]
    text = (
        f"What keeping a history takes of a training with {settings.cores} threads, {samples:,} "
        f"images ({source}): medians of pairs, with and without it in turns.\n\n"
        + markdown.table(
            ["training", "pairs", "without (s)", "the history costs"],
            [cost.row for cost in costs],
        )
    )
    answers = list(_answers(settings))
    text += (
        "\n\nThe page Inside, in Chromium: milliseconds from a click on the next image until all "
        "of the page is about it, median and slowest, and of a frame while one draws.\n\n"
        + markdown.table(
            ["model, view", "median", "slowest", "a frame"],
            [
                [
                    f"{one.model}, {VIEWS[one.view].title}",
                    *(
                        markdown.number(1000 * seconds)
                        for seconds in (one.median, max(one.answers), one.frame)
                    ),
                ]
                for one in answers
            ],
        )
    )
    raw = {
        "images": source,
        "samples": samples,
        "history": [cost.raw for cost in costs],
        "answers": [asdict(one) for one in answers],
    }
    return Section("Views", text, raw)


def _answers(settings: Settings) -> Iterator[ViewAnswers]:
    for one in view_answers(settings.folder, *((2, 5) if settings.quick else (15, 60))):
        click.echo(f"  {one.model}, {one.view}: {1000 * one.median:.0f} ms", err=True)
        yield one


@dataclass(frozen=True)
class Cost:
    """Seconds of trainings `without` and `with_history`, in pairs."""

    title: str
    without: list[float]
    with_history: list[float]

    @property
    def share(self) -> float:
        """The median over the pairs of what the history takes, as a share of the training."""
        pairs = zip(self.with_history, self.without, strict=True)
        return statistics.median(kept / plain - 1 for kept, plain in pairs)

    @property
    def row(self) -> list[str]:
        plain = statistics.median(self.without)
        return [self.title, str(len(self.without)), markdown.number(plain), f"{self.share:.1%}"]

    @property
    def raw(self) -> dict[str, object]:
        return {
            "training": self.title,
            "without": self.without,
            "with_history": self.with_history,
            "share": self.share,
        }


def _cost_of_history(case: Watched, settings: Settings) -> Cost:
    quick = {"epochs": 1} if settings.quick else {}
    config = TrainingConfig.from_dict(case.settings | quick).to_dict()
    cost = Cost(case.title, [], [])
    for number in range(1 if settings.quick else max(case.pairs, settings.rounds)):
        click.echo(f"  {case.title}: pair {number + 1}", err=True)
        seconds = measure(config, settings.cores, settings.folder)
        cost.without.append(seconds["without"])
        cost.with_history.append(seconds["with_history"])
    return cost
