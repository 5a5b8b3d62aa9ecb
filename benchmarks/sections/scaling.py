"""Time as batch, network or data grow, and memory as data grow."""

import dataclasses

import click

from benchmarks import images, markdown
from benchmarks.cases import Case
from benchmarks.competition import Settings, compete, epoch_seconds, peak_memory
from benchmarks.contenders import EAGER, ENGINE, LABELS
from benchmarks.pictures import scaling_picture
from benchmarks.point import Point
from benchmarks.sections import Section

BATCH_SIZES: tuple[int, ...] = (16, 32, 64, 128, 256, 512, 1024)
WIDTHS: tuple[int, ...] = (64, 128, 256, 512, 1024)
SAMPLES: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)

CURVE_SAMPLES = 20_000
"""Images for the curves against batch size and width."""


def scaling(settings: Settings) -> Section:
    """Three curves, on synthetic images."""
    batch_sizes, widths, sizes, samples = BATCH_SIZES, WIDTHS, SAMPLES, CURVE_SAMPLES
    if settings.quick:
        batch_sizes, widths, sizes, samples = (16, 256), (64, 256), (1_000, 10_000), 1_000
    images.write_synthetic(settings.folder, samples, 100)
    both = (ENGINE, EAGER)
    batch = [_point(size, samples, Case(batch_size=size), both, settings) for size in batch_sizes]
    width = [_point(wide, samples, Case((wide,), 128), both, settings) for wide in widths]
    growing = []
    for size in sizes:
        images.write_synthetic(settings.folder, size, 100)
        point = _point(size, size, Case(), (ENGINE,), settings)
        best = point.outcome.best(ENGINE)
        if best is not None:
            point.memory = peak_memory(best, settings, whole_life=True)
        growing.append(point)

    curves = {
        f"batch size ({Case().network})": batch,
        "hidden width (784-width-10, batch 128)": width,
        f"number of images ({Case().network}, batch {Case().batch_size})": growing,
    }
    text = (
        "Microseconds of training for one image (synthetic, uint8, mapped from a file). "
        f"{settings.medians_of}, with the better number of threads. Private memory is the most "
        "that training takes from its start, without what is mapped from files.\n"
    )
    for title, points in curves.items():
        text += f"\n{_table(title, points)}\n"
    text += markdown.left_out(
        {who: why for point in (*batch, *width, *growing) for who, why in _left_out(point)}
    )
    raw = {title: [_to_json(point) for point in points] for title, points in curves.items()}
    return Section("Scaling", text, raw, {"speed-scaling": scaling_picture(batch, width, growing)})


def _point(
    x: int, samples: int, case: Case, contenders: tuple[str, ...], settings: Settings
) -> Point:
    click.echo(f"{case.network}, batch {case.batch_size}, {samples:,} images", err=True)
    measure = epoch_seconds(0.02) if settings.quick else epoch_seconds()
    return Point(x, samples, compete(settings.entrants(contenders, case), settings, measure))


def _table(title: str, points: list[Point]) -> str:
    contenders = [name for name in (ENGINE, EAGER) if any(p.outcome.best(name) for p in points)]
    rows = [
        [LABELS[name], *(markdown.number(point.microseconds(name)) for point in points)]
        for name in contenders
    ]
    if any(point.memory for point in points):
        private = [point.memory.private if point.memory else None for point in points]
        rows.append(["private memory (MB)", *map(markdown.number, private)])
    return markdown.table([title, *(f"{point.x:,}" for point in points)], rows)


def _left_out(point: Point) -> list[tuple[str, str]]:
    return list(point.outcome.left_out.items())


def _to_json(point: Point) -> dict[str, object]:
    return {
        "x": point.x,
        "samples": point.samples,
        **point.outcome.to_json(),
        "peak_memory_mb": point.memory and dataclasses.asdict(point.memory),
    }
