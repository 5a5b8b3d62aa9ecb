"""Visits that are over are forgotten, whether or not another visitor comes."""

import time
from collections.abc import Callable

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

KEPT_SECONDS = 90.0
"""So long after its connection broke a visit can go on where it was. Below Streamlit's own time
(server.disconnectedSessionTTL), after which it forgets visits only when another one ends."""
MOST_KEPT = 50
"""Of those without a connection, the newest."""

_last_seen: dict[str, float] = {}


def note_visit() -> None:
    """That a page is run for a visit; call it in each run."""
    if (context := get_script_run_ctx()) is not None:
        _last_seen[context.session_id] = time.monotonic()


def forget_old(now: Callable[[], float] = time.monotonic) -> int:
    """Close the visits that are over; returns how many. In the server's own thread, and often:
    a visit counts as over from the last time that it was seen here."""
    runtime, gone = Runtime.instance(), []
    for visit, seen in tuple(_last_seen.items()):
        if runtime.is_active_session(visit):
            _last_seen[visit] = now()
        else:
            gone.append((seen, visit))
    gone.sort(reverse=True)
    over = [
        visit
        for place, (seen, visit) in enumerate(gone)
        if place >= MOST_KEPT or now() - seen > KEPT_SECONDS
    ]
    for visit in over:
        del _last_seen[visit]
        runtime.close_session(visit)
    return len(over)
