"""What was pressed is done, whatever else the page hears before it is.

A run of a page begins with what the visitor has pressed. Streamlit looks there too whether another
run is asked for meanwhile, and goes over to it at once: on a busy server a Stop was lost where the
visitor had gone on to another page, or moved a slider. What a page does where it draws a button, as
Start training, was lost where it had not come so far; it is handed on to the page's next run. (That
what waits for a run is handed on too, `runner.fastReruns` in .streamlit/config.toml sees to.)
"""

import threading
from dataclasses import replace
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    _coalesce_replay_trigger_states,
)
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.safe_session_state import SafeSessionState

_begin = SafeSessionState.on_script_will_rerun
_look = ScriptRunner._maybe_handle_execution_control_request
_this = threading.local()
"""Of the thread of a run: whether it is at its beginning; what was pressed, and in which run."""


def finish_presses() -> None:
    """Let nothing come between; once, when the server starts."""
    SafeSessionState.on_script_will_rerun = _begin_undisturbed  # type: ignore[method-assign]
    ScriptRunner._maybe_handle_execution_control_request = _look_later  # type: ignore[method-assign]


def _begin_undisturbed(
    self: SafeSessionState,
    fresh_widget_states: WidgetStates | None,
    *,
    replay_trigger_states: WidgetStates | None = None,
    **named: Any,
) -> None:
    _this.is_beginning = True
    pressed = _coalesce_replay_trigger_states(replay_trigger_states, fresh_widget_states)
    _this.pressed = None if pressed is None else _without_callback(pressed, self)
    _this.run = _run_of(get_script_run_ctx())
    try:
        _begin(self, fresh_widget_states, replay_trigger_states=replay_trigger_states, **named)
    finally:
        _this.is_beginning = False


def _without_callback(pressed: WidgetStates, state: SafeSessionState) -> WidgetStates:
    """What only the page's own run answers: callbacks are called where a run begins, and would be
    called again."""
    known = state._state._new_widget_state.widget_metadata
    heard = {name for name, widget in known.items() if widget.callback or widget.callbacks}
    return WidgetStates(widgets=[one for one in pressed.widgets if one.id not in heard])


def _look_later(self: ScriptRunner) -> None:
    if getattr(_this, "is_beginning", False):
        return
    try:
        _look(self)
    except RerunException as other:
        context = get_script_run_ctx()
        assert context is not None  # of the run that goes over
        raise RerunException(_with_unheard(other.rerun_data, context)) from None


def _run_of(context: ScriptRunContext | None) -> object:
    """What each run has of its own, also one that a page asks for: in that nothing was pressed."""
    return None if context is None else context.parallel_coordinator


def _with_unheard(data: RerunData, context: ScriptRunContext) -> RerunData:
    """The next run, with what was pressed in this one whose button it has not drawn yet."""
    is_of_run = _run_of(context) is getattr(_this, "run", None)
    pressed = _this.pressed if is_of_run else None
    if pressed is None or data.page_script_hash != context.page_script_hash:
        return data
    drawn = context.shared.widget_ids_this_run.snapshot()
    unheard = WidgetStates(widgets=[one for one in pressed.widgets if one.id not in drawn])
    states = _coalesce_replay_trigger_states(unheard, data.replay_trigger_states)
    return replace(data, replay_trigger_states=states)
