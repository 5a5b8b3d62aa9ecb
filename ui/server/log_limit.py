"""Tracebacks in the log, some a minute: whoever makes pages fail on purpose fills no disk."""

import logging
import time

from ui.shared.tally import LINES_A_MINUTE

_LOGGERS = (
    "streamlit.error_util",  # of pages; they are counted too, see `counting`
    "streamlit.web.server.starlette.starlette_websocket",  # of messages that are none
    "uvicorn.error",
)


class FewTracebacks(logging.Filter):
    """Lets through all other lines, and so many tracebacks a minute as refusals are logged; none of
    what was on its way to a tab that was closed, which is no error."""

    def __init__(self) -> None:
        super().__init__()
        self._minute, self._count = 0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is logged."""
        if not record.exc_info:
            return True
        if _has_left(record):
            return False
        minute = int(time.monotonic() // 60)
        self._count = self._count + 1 if minute == self._minute else 1
        self._minute = minute
        return self._count <= LINES_A_MINUTE


def _has_left(record: logging.LogRecord) -> bool:
    """Whether it tells of a connection that the visitor has closed."""
    error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
    # By its name: Starlette has had it only since 1.0.
    return type(error).__name__ == "WebSocketDisconnected"


def limit_tracebacks() -> None:
    """Once, when the server starts."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(FewTracebacks())
