"""How long it takes to read many digits, and one."""

from collections.abc import Callable

from benchmarks import images, markdown
from benchmarks.cases import Case
from benchmarks.child import Child
from benchmarks.competition import Outcome, Settings, compete, ratio
from benchmarks.contenders import EAGER, ENGINE, LABELS
from benchmarks.sections import Section


def inference(settings: Settings) -> Section:
    """All test images and one drawn digit through the classic network, beside PyTorch."""
    tests = 500 if settings.quick else 10_000
    source = images.write(settings.folder, 1000, tests)
    entrants = settings.entrants((ENGINE, EAGER), Case())
    outcomes = {
        order: compete(entrants, settings, _measure(order, settings.quick))
        for order in ("predict all", "predict one")
    }
    text = (
        f"Milliseconds from images to probabilities: {Case().network}. "
        f"{settings.medians_of}; in brackets the number of threads, the better one.\n\n"
        + markdown.table(
            ["", f"{tests:,} test images ({source})", "one drawn digit"],
            _rows(list(outcomes.values())),
        )
        + "\n"
        + markdown.left_out(outcomes["predict all"].left_out | outcomes["predict one"].left_out)
    )
    raw = {order: outcome.to_json() for order, outcome in outcomes.items()}
    return Section("Inference", text, {"images": source, "test_samples": tests, **raw})


def _measure(order: str, quick: bool) -> Callable[[Child], float]:
    def measure(child: Child) -> float:
        seconds: float = child.ask(order, seconds=0.02 if quick else 0.5)["seconds"]
        return seconds

    return measure


def _rows(outcomes: list[Outcome]) -> list[list[str]]:
    rows = []
    for contender in (ENGINE, EAGER):
        cells = []
        for outcome in outcomes:
            best, seconds = outcome.best(contender), outcome.median(contender)
            if best is None or seconds is None:
                cells.append(markdown.UNKNOWN)
            else:
                cells.append(f"{markdown.number(1000 * seconds)} ({best.threads})")
        if any(cell != markdown.UNKNOWN for cell in cells):
            rows.append([LABELS[contender], *cells])
    if len(rows) == 2:
        times = [ratio(outcome.median(EAGER), outcome.median(ENGINE)) for outcome in outcomes]
        rows.append(["times faster", *map(markdown.number, times)])
    return rows
