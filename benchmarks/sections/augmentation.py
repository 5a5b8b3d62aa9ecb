"""What distorting the images costs beside the training steps it feeds."""

import click

from benchmarks import images, markdown
from benchmarks.cases import Case
from benchmarks.competition import Settings, compete, epoch_seconds
from benchmarks.contenders import ENGINE
from benchmarks.sections import Section

CASES = (
    Case(),
    Case(batch_size=128, optimizer="adam"),
    Case(hidden=(1024, 1024), batch_size=256, optimizer="adam"),
)
"""The classic set-up, the small recipe's and the default recipe's."""


def augmentation(settings: Settings) -> Section:
    """Seconds per epoch of our engine, with the images as they are and distorted."""
    samples, tests = (1000, 100) if settings.quick else (60_000, 10_000)
    source = images.write(settings.folder, samples, tests)
    rows: list[list[str]] = []
    raw: list[dict[str, object]] = []
    for plain in CASES[:1] if settings.quick else CASES:
        augmented = Case(plain.hidden, plain.batch_size, plain.optimizer, augmented=True)
        click.echo(f"{plain.network}, batch {plain.batch_size}, distorted images", err=True)
        both = compete(
            settings.entrants([ENGINE], plain) + settings.entrants([ENGINE], augmented),
            settings,
            epoch_seconds(0.02) if settings.quick else epoch_seconds(),
        )
        medians = both.medians(ENGINE)
        raw += [
            {
                "network": plain.network,
                "batch_size": plain.batch_size,
                "threads": entrant.threads,
                "augmented": entrant.case.augmented,
                "values": values,
            }
            for entrant, values in both.values.items()
        ]
        for threads in settings.thread_counts:
            times = [
                next(s for e, s in medians.items() if (e.case, e.threads) == (case, threads))
                for case in (plain, augmented)
            ]
            rows.append(
                [
                    plain.network,
                    f"{plain.batch_size}, {plain.optimizer}",
                    str(threads),
                    *map(markdown.number, times),
                    markdown.number(times[1] / times[0] - 1),
                ]
            )
    head = ["network", "batch", "threads", "plain (s)", "distorted (s)", "cost / step"]
    text = (
        f"Seconds per epoch, {samples:,} images ({source}), distorted as in the default recipe. "
        f"{settings.medians_of}. The last column is what the distortions take, as a multiple of "
        "the plain training.\n\n" + markdown.table(head, rows)
    )
    return Section("Distorted images", text, {"images": source, "cases": raw})
