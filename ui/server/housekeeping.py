"""Clearing away what visits leave behind, and deleted runs, beside the pages: seldom, all at once.

Streamlit would collect garbage in full after every run of a page or a fragment
(`runner.postScriptGC` in .streamlit/config.toml): with 20 visitors who watch a training that takes
more than half of the server's time, because each collection looks at the visits of all.
"""

import asyncio
import gc
import logging
import time

from ui.server.left_visits import forget_old
from ui.server.memory import give_back
from ui.shared.lately import forget_unasked

_log = logging.getLogger(__name__)

INTERVAL = 5.0
"""Seconds from one look to the next."""
LEFT_SECONDS, FROZEN_SECONDS = 60.0, 600.0
"""What was frozen is looked at again after so long, where a visit has ended and where none has;
that takes 0.1 s."""
SLOW_SECONDS = 0.02
"""A collection that takes longer looks at much that stays: it is frozen."""


async def keep_house() -> None:
    """Go on for ever; a task of the server's."""
    house = House()
    while True:
        await asyncio.sleep(INTERVAL)
        try:
            house.look()
            await asyncio.to_thread(_forget_deleted_runs)
        except Exception:  # of one visit that can't be closed; the others are not to stay for it
            _log.exception("Clearing away failed")


def _forget_deleted_runs() -> None:
    # They bring NumPy and all of nn/, which a server that starts can do without.
    from nn.runs import runs_folder
    from ui.runs.clearing import forget_deleted

    forget_deleted(runs_folder())


class House:
    """What has to be known from one look to the next."""

    def __init__(self) -> None:
        self._has_left = False
        self._thorough_at = time.monotonic()
        self._runs = -1

    def look(self) -> None:
        """Clear away what there is to clear away; what a visit leaves not before the next look,
        because its threads need a moment to end."""
        if forget_unasked():
            give_back()
        had_left, over = self._has_left, forget_old()
        self._has_left = had_left or bool(over)
        used = self._is_used()
        frozen = time.monotonic() - self._thorough_at
        if (had_left and frozen > LEFT_SECONDS) or (used and frozen > FROZEN_SECONDS):
            self._clear_thoroughly()
            self._has_left = bool(over)
        elif used:
            began = time.perf_counter()
            gc.collect()
            if time.perf_counter() - began > SLOW_SECONDS:
                gc.freeze()

    def _clear_thoroughly(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        give_back()
        self._thorough_at = time.monotonic()

    def _is_used(self) -> bool:
        """Whether anything was done since the last time, by Python's own collections."""
        before, self._runs = self._runs, gc.get_stats()[0]["collections"]
        return self._runs != before
