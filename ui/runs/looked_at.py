"""What visitors look at is not cleared away under their eyes."""

import threading

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

_lock = threading.Lock()
_looks: dict[tuple[str, str], str] = {}
"""Which run each session looks at, of each kind."""


def looks_at(run_id: str | None, kind: str) -> None:
    """Keep a run for as long as this session lasts, or until it looks at another of the kind:
    "run" or "model"."""
    context = get_script_run_ctx()
    if context is None:
        return
    with _lock:
        if run_id is None:
            _looks.pop((context.session_id, kind), None)
        else:
            _looks[context.session_id, kind] = run_id


def looked_at() -> set[str]:
    """The runs that somebody looks at."""
    with _lock:
        for session, kind in [key for key in _looks if not _is_here(key[0])]:
            del _looks[session, kind]
        return set(_looks.values())


def _is_here(session: str) -> bool:
    return not runtime.exists() or runtime.get_instance().is_active_session(session)
