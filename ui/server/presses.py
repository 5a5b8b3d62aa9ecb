"""What was pressed is done, whatever else the page hears before it is.

A run of a page begins with what the visitor has pressed. Streamlit looks there too whether another
run is asked for meanwhile, and goes over to it at once: on a busy server a Stop was lost where the
visitor had gone on to another page, or moved a slider. What a page does where it draws a button, as
Start training, was lost where it had not come so far; it is handed on to the page's next run. Where
the button is drawn the run has some time to do it. (That what waits for a run is handed on too,
`runner.fastReruns` in .streamlit/config.toml sees to.)
"""

import threading
import time
from dataclasses import replace
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequests,
    _coalesce_replay_trigger_states,
)
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state.safe_session_state import SafeSessionState

_begin = SafeSessionState.on_script_will_rerun
_look = ScriptRunner._maybe_handle_execution_control_request
_request, _stop = ScriptRequests.request_rerun, ScriptRequests.request_stop
_this = threading.local()
"""Of the thread of a run: whether it is at its beginning; what was pressed, in which run, and since
when a button of that is drawn; whether the page itself has asked for another run, or to stop."""

ANSWER_SECONDS = 2.0
"""So long a run may do what a button asks for that it has drawn, before it goes over to another."""


def finish_presses() -> None:
    """Let nothing come between; once, when the server starts."""
    SafeSessionState.on_script_will_rerun = _begin_undisturbed  # type: ignore[method-assign]
    ScriptRunner._maybe_handle_execution_control_request = _look_later  # type: ignore[method-assign]
    ScriptRequests.request_rerun = _request_noted  # type: ignore[method-assign]
    ScriptRequests.request_stop = _stop_noted  # type: ignore[method-assign]


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
    _this.drawn_at, _this.has_asked = None, False
    try:
        _begin(self, fresh_widget_states, replay_trigger_states=replay_trigger_states, **named)
    finally:
        _this.is_beginning = False


def _without_callback(pressed: WidgetStates, state: SafeSessionState) -> WidgetStates:
    """What only the page's own run answers: callbacks are called where a run begins."""
    known = state._state._new_widget_state.widget_metadata

    def is_heard(name: str) -> bool:
        widget = known.get(name)
        return widget is not None and bool(widget.callback or widget.callbacks)

    return WidgetStates(widgets=[one for one in pressed.widgets if not is_heard(one.id)])


def _look_later(self: ScriptRunner) -> None:
    if getattr(_this, "is_beginning", False) or _is_answering():
        return
    try:
        _look(self)
    except RerunException as other:
        context = get_script_run_ctx()
        assert context is not None  # of the run that goes over
        raise RerunException(_with_unheard(other.rerun_data, context)) from None


def _is_answering() -> bool:
    """Whether the run may be doing what a button asks for. At the first look after it is drawn the
    page has not even been told that it was pressed."""
    context = get_script_run_ctx(suppress_warning=True)
    pressed = _pressed_in(context)
    if context is None or pressed is None or _this.has_asked:
        return False
    if _this.drawn_at is None:
        drawn = context.shared.widget_ids_this_run
        if not any(one.id in drawn for one in pressed.widgets):
            return False
        _this.drawn_at = time.monotonic()
    return time.monotonic() - _this.drawn_at < ANSWER_SECONDS


def _request_noted(self: ScriptRequests, new_data: RerunData) -> bool:
    _this.has_asked = True
    return _request(self, new_data)


def _stop_noted(self: ScriptRequests) -> None:
    _this.has_asked = True
    _stop(self)


def _pressed_in(context: ScriptRunContext | None) -> WidgetStates | None:
    """What was pressed, if it was in this run."""
    pressed: WidgetStates | None = getattr(_this, "pressed", None)
    return pressed if _run_of(context) is getattr(_this, "run", None) else None


def _run_of(context: ScriptRunContext | None) -> object:
    """What each run has of its own, also one that a page asks for: in that nothing was pressed."""
    return None if context is None else context.parallel_coordinator


def _with_unheard(data: RerunData, context: ScriptRunContext) -> RerunData:
    """The next run, with what was pressed in this one whose button it has not drawn yet."""
    pressed = _pressed_in(context)
    if pressed is None or data.page_script_hash != context.page_script_hash:
        return data
    drawn = context.shared.widget_ids_this_run
    unheard = WidgetStates(widgets=[one for one in pressed.widgets if one.id not in drawn])
    states = _coalesce_replay_trigger_states(unheard, data.replay_trigger_states)
    return replace(data, replay_trigger_states=states)
