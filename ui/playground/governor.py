"""How much of the server's time each player of the Playground may train.

All trainings of all visitors run in this one process, of which Python lets one thread compute at a
time. A player trains only in answer to its browser, for a share of the time until the next answer;
the shares of all who play at this moment make half of a core at most. The other half is for what
is around them: drawing pages, and all other visitors.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST = 0.5
"""The share of a core that all players together may train."""
FORGOTTEN_AFTER = 2.0
"""Seconds after which a player that asks for nothing has stopped."""
MOST_CREDIT = MOST * FORGOTTEN_AFTER
"""Seconds that a player may train at once, who has not done so for a while."""


@dataclass
class _Player:
    """wanted: the share that it would need; asked: when it asked last; credit: seconds that it may
    train at once."""

    wanted: float
    asked: float
    credit: float


class Governor:
    """Shares the time out; for all threads of a process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._players: dict[str, _Player] = {}
        self._lock = threading.Lock()

    def share(self, player: str, wanted: float) -> float:
        """What a player may train of its time until the next answer, as a share of a core.

        Those who want little get it; what they leave is shared out evenly among the others. Who has
        trained more than there is for all, by asking again before the time is over, gets nothing.

        Args:
            player: any name that no other one has.
            wanted: the share that it needs; infinity for all there is.
        """
        with self._lock:
            now = self._clock()
            self._forget(now)
            before = self._players.get(player, _Player(0, now, MOST_CREDIT))
            credit = min(MOST_CREDIT, before.credit + MOST * (now - before.asked))
            self._players[player] = _Player(wanted, now, credit)
            if credit <= 0:
                return 0.0
            return min(wanted, _level([one.wanted for one in self._players.values()]))

    def spent(self, player: str, seconds: float) -> None:
        """It has trained for so long."""
        with self._lock:
            if player in self._players:
                self._players[player].credit -= seconds

    def stopped(self, player: str) -> None:
        """It asks for no more, for now."""
        with self._lock:
            if player in self._players:
                self._players[player].wanted = 0.0

    @property
    def players(self) -> int:
        """How many play."""
        with self._lock:
            self._forget(self._clock())
            return sum(one.wanted > 0 for one in self._players.values())

    def _forget(self, now: float) -> None:
        """Those who have asked for nothing for long."""
        self._players = {
            name: one for name, one in self._players.items() if now - one.asked < FORGOTTEN_AFTER
        }


def _level(wants: list[float]) -> float:
    """The most that one may have, so that all together have no more than there is."""
    left, others = MOST, len(wants)
    for wanted in sorted(wants):
        if wanted * others > left:
            break
        left -= wanted
        others -= 1
    return left / others if others else MOST


GOVERNOR = Governor()
"""Of this server."""
