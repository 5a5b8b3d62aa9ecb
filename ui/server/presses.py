"""What was pressed is done, whatever else the page hears before it is.

A run of a page begins with what the visitor has pressed. Streamlit looks there too whether another
run is asked for meanwhile, and goes over to it at once: on a busy server a Stop was lost where the
visitor had gone on to another page, or moved a slider. (That what waits for a run is handed on to
the next one too, `runner.fastReruns` in .streamlit/config.toml sees to.)
"""

import threading
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.safe_session_state import SafeSessionState

_begin = SafeSessionState.on_script_will_rerun
_look = ScriptRunner._maybe_handle_execution_control_request
_this = threading.local()


def finish_presses() -> None:
    """Let nothing come between; once, when the server starts."""
    SafeSessionState.on_script_will_rerun = _begin_undisturbed  # type: ignore[method-assign]
    ScriptRunner._maybe_handle_execution_control_request = _look_later  # type: ignore[method-assign]


def _begin_undisturbed(self: SafeSessionState, *arguments: Any, **named: Any) -> None:
    _this.is_beginning = True
    try:
        _begin(self, *arguments, **named)
    finally:
        _this.is_beginning = False


def _look_later(self: ScriptRunner) -> None:
    if not getattr(_this, "is_beginning", False):
        _look(self)
