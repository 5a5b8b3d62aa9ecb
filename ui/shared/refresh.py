"""Parts of pages that renew themselves: the more of them there are, the seldomer each does.

A timer can't be changed from within its part. Where another pace is due the whole page runs once,
which begins the timer anew; paces are powers of two of the usual one, so that this is seldom.
"""

import threading
import time
from collections.abc import Callable
from functools import cache, wraps
from typing import NamedTuple, ParamSpec

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

RUNS_A_SECOND = 12.0
"""Of all parts of all visitors together; each takes some 10 ms."""
SLOWEST, LONGEST = 16, 10.0
"""At most so many times slower than usual, and so many seconds where that is not usual."""
SPARE = 1.3
"""It becomes faster again only where there is so much room to spare."""

_P = ParamSpec("_P")


def refreshing(
    draw: Callable[_P, None], usual: float | None, *args: _P.args, **kwargs: _P.kwargs
) -> None:
    """Draw a part of a page as a fragment that renews itself.

    Args:
        draw: draws it, and gets the further arguments.
        usual: seconds from one time to the next where few others do; None for never.
    """
    if usual is None:
        st.fragment(draw)(*args, **kwargs)
        return
    context = get_script_run_ctx()
    key = f"{context.session_id if context else ''} {draw.__module__}.{draw.__qualname__}"
    slower = watchers().slower(key, usual)

    @wraps(draw)
    def part(*args: _P.args, **kwargs: _P.kwargs) -> None:
        draw(*args, **kwargs)
        # Afterwards: a button in it that was just pressed is heard first.
        if watchers().slower(key, usual) != slower:
            st.rerun()

    seconds = max(usual, min(usual * slower, LONGEST))
    st.fragment(run_every=seconds)(part)(*args, **kwargs)


class _Watcher(NamedTuple):
    """A part of somebody's page: its usual seconds, how many times slower it is, last seen when."""

    usual: float
    slower: int
    seen: float


class Watchers:
    """All parts of a server that renew themselves; for all its threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._by_key: dict[str, _Watcher] = {}

    def slower(self, key: str, usual: float) -> int:
        """By how much a part is to be slower than usual; it counts from now on, until it has not
        asked again for a while.

        Args:
            key: names the part.
            usual: seconds from one time to the next.
        """
        with self._lock:
            now, before = self._clock(), self._by_key.pop(key, None)
            self._by_key = {
                name: one
                for name, one in self._by_key.items()
                if now - one.seen < 5 + 3 * one.usual * one.slower
            }
            wish = 1 / usual + sum(1 / one.usual for one in self._by_key.values())
            factor = _factor(wish)
            if before is not None and factor < before.slower:
                factor = min(_factor(wish * SPARE), before.slower)
            self._by_key[key] = _Watcher(usual, factor, now)
            return factor


def _factor(wish: float) -> int:
    """For so many runs a second that all would like: 1, 2, 4, ..."""
    factor = 1
    while wish / factor > RUNS_A_SECOND and factor < SLOWEST:
        factor *= 2
    return factor


@cache
def watchers() -> Watchers:
    """Those of this server."""
    return Watchers()
