"""Where an axis ends, so that a few huge values don't press all others to its bottom."""

import statistics
from collections.abc import Sequence

_ROOM = 3.0
_WORTH_IT = 2.5
_LEAST_VALUES = 5


def top_of_axis(values: Sequence[float], usual: float | None) -> float | None:
    """The upper end of an axis from 0 that cuts huge values off; None if there are none.

    It leaves room for three times what is usual. Most of the values may be huge: then that is what
    there is to see, and nothing is cut off.

    Args:
        values: what is drawn, all at least 0.
        usual: a value that is never huge, like the loss of guessing; None where that isn't known.
    """
    if len(values) < _LEAST_VALUES:
        return None
    top = _ROOM * max(statistics.median(values), usual or values[0])
    return top if max(values) > _WORTH_IT * top else None
