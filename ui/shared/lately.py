"""What was made lately is kept for all visitors, and goes when nobody asks for it any more."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Generic, NamedTuple, TypeVar
from weakref import WeakSet

Made = TypeVar("Made")

KEPT_SECONDS = 600.0
"""What nobody has asked for since goes: a visitor reads a page for some minutes."""


class _Thing(NamedTuple):
    made: object
    size: int
    asked: float


class Lately(Generic[Made]):
    """For many threads; what one makes the others wait for.

    Args:
        most: so large may all that is kept be together, but for the newest alone. Where sizes are
            not told each thing counts as 1.
        clock: seconds.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._lock, self._making = RLock(), RLock()
        self._things: OrderedDict[Hashable, _Thing] = OrderedDict()
        _all.add(self)

    def find(self, key: Hashable) -> Made | None:
        """What is kept under a key."""
        with self._lock:
            thing = self._things.get(key)
            if thing is None:
                return None
            self._things[key] = thing._replace(asked=self._clock())
            self._things.move_to_end(key)
            return thing.made  # type: ignore[return-value]

    def keep(self, key: Hashable, made: Made, size: int = 1) -> None:
        """Keep it, in the place of what was there; what was asked for longest ago makes room."""
        with self._lock:
            self._things.pop(key, None)
            self._things[key] = _Thing(made, size, self._clock())
            while len(self._things) > 1 and self._size() > self._most:
                self._things.popitem(last=False)

    def get(
        self, key: Hashable, make: Callable[[], Made], size: Callable[[Made], int] = lambda _: 1
    ) -> Made:
        """What is kept under a key, made if it is not there."""
        found = self.find(key)
        if found is None:
            with self._making:
                found = self.find(key)  # another thread may have made it meanwhile
                if found is None:
                    found = make()
                    self.keep(key, found, size(found))
        return found

    def drop(self, key: Hashable) -> None:
        """It counts no more."""
        with self._lock:
            self._things.pop(key, None)

    def forget_unasked(self, seconds: float) -> bool:
        """Let go what nobody has asked for since; returns whether there was any."""
        with self._lock:
            since = self._clock() - seconds
            gone = [key for key, thing in self._things.items() if thing.asked <= since]
            for key in gone:
                del self._things[key]
            return bool(gone)

    def _size(self) -> int:
        return sum(thing.size for thing in self._things.values())


_all: WeakSet[Lately] = WeakSet()


def forget_unasked(seconds: float = KEPT_SECONDS) -> bool:
    """The same for all that is kept so on the server."""
    gone = [kept.forget_unasked(seconds) for kept in list(_all)]
    return any(gone)
