"""Moments of a training that are kept, so that one can go back to them."""

from bisect import bisect_left
from collections.abc import Iterator

from nn.plane.learner import State

MOST = 200
MOST_BYTES = 3_000_000


class Moments:
    """States in the order of their steps, at most `MOST` and about `MOST_BYTES`.

    Where there are too many, they stay close to each other at the end and become rarer with the
    distance from it, though nowhere so rare that it takes long to get from one to the next. The
    first one always stays.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[int, int, State]] = []

    def __iter__(self) -> Iterator[State]:
        return (state for _, _, state in self._kept)

    @property
    def first(self) -> State:
        return self._kept[0][2]

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, state: State, changes: int) -> None:
        """Keep this state, which lies after so many changes by hand; not before the last kept."""
        self._kept.append((state.step, changes, state))
        if len(self._kept) > max(4, min(MOST, MOST_BYTES // state.size)):
            self._thin()

    def before(self, step: int) -> tuple[State, int]:
        """The last one before this step, else the first one, and its changes."""
        place = bisect_left(self._kept, step, key=lambda kept: kept[0])
        _, changes, state = self._kept[max(0, place - 1)]
        return state, changes

    def forget(self, step: int, changes: int) -> None:
        """Drop those after this step, or after more changes."""
        self._kept = [kept for kept in self._kept if kept[0] <= step and kept[1] <= changes]

    def _thin(self) -> None:
        """Drop a quarter: those that leave the smallest gap for their distance from the end."""
        steps = [step for step, _, _ in self._kept]
        end = steps[-1]
        # About half of them become rarer with the distance, the others are spread over all.
        everywhere = 8 / (end - steps[0] + 1)
        gaps = {
            place: (steps[place + 1] - steps[place - 1])
            * (1 / (end - steps[place] + 500) + everywhere)
            for place in range(1, len(steps) - 1)
        }
        # No two neighbours at once: their gap would be larger than counted.
        dropped: set[int] = set()
        for place in sorted(gaps, key=gaps.__getitem__):
            if len(dropped) >= len(steps) / 4:
                break
            if not {place - 1, place + 1} & dropped:
                dropped.add(place)
        self._kept = [kept for place, kept in enumerate(self._kept) if place not in dropped]
