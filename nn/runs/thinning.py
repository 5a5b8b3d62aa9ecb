"""Which events of a long training are kept: the older they are, the fewer."""

import math
from collections.abc import Sequence

from nn.runs.schema import RunEvent

MOST_BYTES = 1_200_000
"""The events are thinned when they take more: some 6,000, which are read in a tenth of a second."""
_NEWEST = 500
"""Events that are all kept."""
_MOST = {"progress": 1000, "epoch": 1000}
"""Older ones of these types, at most, evenly spread over the training; of epochs also the best."""
_MOST_OTHERS = 300
"""Others, the newest, and the first of all."""
_NO_USE = ("checkpoint", "validating")
"""Of these types none."""
_BEST = (("val_loss", -1), ("val_accuracy", 1), ("test_accuracy", 1), ("train_loss", -1))
"""The fields of epochs of which there is a best, and the sign of better."""


def thinned(events: Sequence[RunEvent]) -> list[RunEvent]:
    """Those that are kept of the events of a run that count, in their order."""
    older, newest = events[:-_NEWEST], events[-_NEWEST:]
    kept = {id(event) for event in _others(older)}
    for kind, most in _MOST.items():
        of_kind = [event for event in older if event["type"] == kind]
        kept |= {id(event) for event in _spread(of_kind, most)}
        if kind == "epoch":
            kept |= {id(event) for event in _best(of_kind)}
    return [event for event in older if id(event) in kept] + list(newest)


def _others(events: Sequence[RunEvent]) -> list[RunEvent]:
    others = [event for event in events if event["type"] not in (*_MOST, *_NO_USE)]
    return others[:1] + others[1:][-_MOST_OTHERS:]


def _spread(events: Sequence[RunEvent], most: int) -> list[RunEvent]:
    """Between half of `most` and all of them.

    The first in each piece of the training of 2^n steps: those that were kept before are, too, and
    are as evenly spread as if all were still there.
    """
    if len(events) <= most:
        return list(events)
    steps = max(event["step"] for event in events)
    piece = 2 ** math.ceil(math.log2(max(1.0, steps / most)))
    first_of = {event["step"] // piece: event for event in reversed(events)}
    return list(first_of.values())


def _best(epochs: Sequence[RunEvent]) -> list[RunEvent]:
    found = []
    for field, sign in _BEST:
        measured = [event for event in epochs if event.get(field) is not None]
        if measured:
            found.append(max(measured, key=lambda event: sign * event[field]))
    return found
