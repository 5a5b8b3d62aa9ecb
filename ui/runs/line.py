"""The line of trainings: whose turn it is, and which place each has.

Turns go round between visitors: the next to begin is of the one who had a place longest ago. Who
never had one counts as one who had it when they came, so that nobody who waits is overtaken for
ever by others who come. Order is by count and not by time, for a clock may be set.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

KEPT_TURNS = 500
"""So many visitors' last turns are remembered."""


@dataclass(frozen=True)
class Entry:
    """A run that waits, or has a process.

    visitor: whose it is: the name of their browser, or the run's id where there is none.
    address: from where it was started; "" where that is not known (any more).
    goes_on: it had a process that ended without its owner's doing, and goes on by itself.
    restarts: how often in a row that was because the server ended.
    learning_rate: with which it is to go on; None for that which it had.
    """

    run_id: str
    visitor: str
    address: str = ""
    goes_on: bool = False
    restarts: int = 0
    learning_rate: float | None = None


class TrainingLine:
    """The runs that wait and those that have a process. Not safe to use from several threads."""

    def __init__(self) -> None:
        self._waiting: list[Entry] = []
        self._under_way: dict[str, Entry] = {}
        self._turns: dict[str, int] = {}
        """When each visitor had a place last, or came; by count."""
        self._count = 0
        self._fixed: dict[str, int] = {}
        """Runs that were given a place, and which, 1 for the first."""
        self._order: list[Entry] | None = None

    @property
    def waiting(self) -> Sequence[Entry]:
        """All that wait, the next to begin first."""
        if self._order is None:
            self._order = self._ordered()
        return self._order

    @property
    def under_way(self) -> Sequence[Entry]:
        """All that have a process, as long as it lives."""
        return list(self._under_way.values())

    @property
    def turns(self) -> dict[str, int]:
        """When each visitor had a place last, by count."""
        return dict(self._turns)

    @property
    def fixed(self) -> dict[str, int]:
        """The places that runs were given, whosoever turn it is."""
        return dict(self._fixed)

    def place(self, run_id: str) -> int | None:
        """The place of a run that waits, 1 for the next; None for others."""
        for place, entry in enumerate(self.waiting, 1):
            if entry.run_id == run_id:
                return place
        return None

    def entry(self, run_id: str) -> Entry | None:
        """What is known of a run that waits."""
        place = self.place(run_id)
        return None if place is None else self.waiting[place - 1]

    def with_another(self, visitor: str) -> "TrainingLine":
        """The same line if another run of this visitor waited too; its name is ""."""
        other = TrainingLine()
        other._waiting, other._under_way = list(self._waiting), dict(self._under_way)
        other._turns, other._fixed = dict(self._turns), dict(self._fixed)
        other._count = self._count
        other.join(Entry("", visitor))
        return other

    def visitor(self, run_id: str) -> str:
        """Whose a run is that has a process; "" where it has none."""
        entry = self._under_way.get(run_id)
        return "" if entry is None else entry.visitor

    def holds(self, visitor: str, but: Collection[str] = ()) -> int:
        """How many of a visitor's runs have a process, but those of these names."""
        under_way = self._under_way.values()
        return sum(entry.visitor == visitor and entry.run_id not in but for entry in under_way)

    def join(self, entry: Entry) -> None:
        """A run comes to wait; one that goes on before its visitor's others."""
        self._turns.setdefault(entry.visitor, self._next_count())
        self._waiting.insert(0 if entry.goes_on else len(self._waiting), entry)
        self._changed()

    def leave(self, run_id: str) -> Entry | None:
        """A run waits no more; None if it didn't."""
        place = self.place(run_id)
        if place is None:
            return None
        entry = self.waiting[place - 1]
        self._waiting.remove(entry)
        self._fixed.pop(run_id, None)
        for other, fixed in self._fixed.items():
            if fixed > place:
                self._fixed[other] = fixed - 1
        self._changed()
        return entry

    def move(self, run_id: str, place: int) -> None:
        """Give a run that waits this place, whosoever turn it is."""
        entry = self.leave(run_id)
        if entry is not None:
            self.join(entry)
            place = min(max(1, place), len(self._waiting))
            for other, fixed in self._fixed.items():
                if fixed >= place:
                    self._fixed[other] = fixed + 1
            self._fixed[run_id] = place
            self._changed()

    def begin(self, entry: Entry) -> None:
        """A run that waited has a process now, which has been told its learning rate: when it goes
        on after that, it is with the one it has then."""
        self.leave(entry.run_id)
        self._turns[entry.visitor] = self._next_count()
        self._under_way[entry.run_id] = replace(entry, learning_rate=None)
        self._changed()

    def wait_again(self, run_id: str) -> None:
        """A run whose process is about to end so that others have its place."""
        self.join(replace(self._under_way[run_id], goes_on=True, restarts=0))

    def end(self, run_id: str) -> None:
        """The process of a run has ended."""
        entry = self._under_way.pop(run_id, None)
        if entry is not None:
            self._turns[entry.visitor] = self._next_count()
            self._changed()

    def next(self, running_each: int, is_ready: Callable[[str], bool]) -> Entry | None:
        """The next to begin, of those that are ready and whose visitor has fewer than so many
        under way; None if there is none."""
        for entry in self.waiting:
            if self.holds(entry.visitor) < running_each and is_ready(entry.run_id):
                return entry
        return None

    def remember(self, turns: dict[str, int]) -> None:
        """Take over the turns of a line that was: they were before all of this one."""
        before = max(turns.values(), default=0)
        self._count += before
        own = {visitor: turn + before for visitor, turn in self._turns.items()}
        self._turns = turns | own
        self._changed()

    def _next_count(self) -> int:
        self._count += 1
        return self._count

    def _changed(self) -> None:
        self._order = None
        if len(self._turns) > KEPT_TURNS:
            here = {entry.visitor for entry in (*self._waiting, *self._under_way.values())}
            newest = sorted(self._turns, key=self._turns.__getitem__)[-KEPT_TURNS // 2 :]
            self._turns = {
                one: turn for one, turn in self._turns.items() if one in {*newest, *here}
            }

    def _ordered(self) -> list[Entry]:
        """Those that wait in the order of their turns, but each that was given a place there."""
        turns, count = dict(self._turns), self._count
        for entry in self._under_way.values():  # they have their place now
            count += 1
            turns[entry.visitor] = count
        left = [entry for entry in self._waiting if entry.run_id not in self._fixed]
        order = []
        while left:
            entry = min(left, key=lambda one: turns[one.visitor])
            left.remove(entry)
            order.append(entry)
            count += 1
            turns[entry.visitor] = count
        fixed = [entry for entry in self._waiting if entry.run_id in self._fixed]
        for entry in sorted(fixed, key=lambda one: self._fixed[one.run_id]):
            order.insert(self._fixed[entry.run_id] - 1, entry)
        return order
