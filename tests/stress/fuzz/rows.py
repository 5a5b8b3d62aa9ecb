"""What came of campaigns, as rows of the table."""

from collections.abc import Sequence

from tests.stress.fuzz.campaign import try_many
from tests.stress.part import Row, at_most, none_of

CASES = 100_000
SLOWEST_SECONDS = 2.0
GROWTH_MB = 150.0


def rows_of(kinds: Sequence[str], quick: bool) -> list[Row]:
    """The rows of some kinds: a row each, and how long and how much memory a case took at most."""
    count = CASES // 100 if quick else CASES
    rows, slowest, growth = [], 0.0, 0.0
    for kind in kinds:
        outcome = try_many(kind, count)
        promise = f"{count:,} damaged {kind}: read, or refused in words; other errors"
        rows.append(none_of(promise, outcome.faults))
        slowest, growth = max(slowest, outcome.slowest), max(growth, outcome.growth)
    names = ", ".join(kinds)
    rows.append(at_most(f"The slowest of these ({names})", slowest, SLOWEST_SECONDS, "s"))
    rows.append(at_most("The most memory that they took", growth, GROWTH_MB, "MB", 0))
    return rows
