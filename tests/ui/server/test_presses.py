"""What a visitor has pressed, while the server is asked for another run already."""

from functools import partial
from types import SimpleNamespace

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunException
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests
from streamlit.runtime.state.safe_session_state import SafeSessionState

from ui.server import presses


@pytest.fixture
def look(monkeypatch):
    """How Streamlit looks whether another run is asked for, of which there is one: of the page
    Train. This run is of that page too, and has drawn the button "pause"."""
    for of, name in (
        (SafeSessionState, "on_script_will_rerun"),
        (ScriptRunner, "_maybe_handle_execution_control_request"),
        (ScriptRequests, "request_rerun"),
        (ScriptRequests, "request_stop"),
    ):
        monkeypatch.setattr(of, name, getattr(of, name))  # put back after it

    def goes_over(_):
        raise RerunException(RerunData(page_script_hash="train"))

    monkeypatch.setattr(presses, "_look", goes_over)
    drawn = SimpleNamespace(widget_ids_this_run={"pause"})
    context = SimpleNamespace(page_script_hash="train", shared=drawn, parallel_coordinator=object())
    monkeypatch.setattr(presses, "get_script_run_ctx", lambda **_: context)
    presses.finish_presses()
    return partial(ScriptRunner._maybe_handle_execution_control_request, None)


def begin(look, does=lambda: None, pressed=None):
    """Begin a run with what was pressed."""

    def begins(*_, **__):
        does()

    widgets = {
        name: SimpleNamespace(callback=print if name == "take" else None, callbacks=None)
        for name in ("start", "pause", "take", "slider")
    }
    state = SimpleNamespace(
        on_script_will_rerun=begins, _new_widget_state=SimpleNamespace(widget_metadata=widgets)
    )
    SafeSessionState(state, look).on_script_will_rerun(pressed)


def test_it_is_done_before_the_run_goes_over_to_another(look):
    done = []

    def stop():
        look()  # as each use of the session's state does
        done.append("stop")

    begin(look, stop)
    assert done == ["stop"]
    with pytest.raises(RerunException):
        look()


def test_after_one_that_fails_the_run_goes_over_as_ever(look):
    def fail():
        raise ValueError("no such training")

    with pytest.raises(ValueError, match="no such training"):
        begin(look, fail)
    with pytest.raises(RerunException):
        look()


def pressed(*buttons):
    states = WidgetStates()
    for button in buttons:
        states.widgets.add(id=button, trigger_value=True)
    states.widgets.add(id="slider", double_value=3)
    return states


def handed_on(look):
    """The buttons that the next run finds pressed."""
    with pytest.raises(RerunException) as over:
        look()
    states = over.value.rerun_data.replay_trigger_states
    return [] if states is None else [state.id for state in states.widgets]


def test_a_press_whose_button_the_run_has_not_drawn_is_handed_on(look, monkeypatch):
    monkeypatch.setattr(presses, "ANSWER_SECONDS", 0)
    begin(look, pressed=pressed("start", "pause"))
    assert handed_on(look) == ["start"]
    begin(look, pressed=pressed())
    assert handed_on(look) == []


def test_what_its_callback_has_done_is_not_done_twice(look):
    begin(look, pressed=pressed("start", "take"))
    assert handed_on(look) == ["start"]


def test_another_page_does_not_get_it(look, monkeypatch):
    begin(look, pressed=pressed("start"))
    monkeypatch.setattr(presses.get_script_run_ctx(), "page_script_hash", "home")
    assert handed_on(look) == []


def test_a_run_that_the_page_asks_for_does_not_have_it_again(look, monkeypatch):
    begin(look, pressed=pressed("start"))
    monkeypatch.setattr(presses.get_script_run_ctx(), "parallel_coordinator", object())
    assert handed_on(look) == []


@pytest.fixture
def clock(monkeypatch):
    """The time, which the tests set."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(presses, "time", SimpleNamespace(monotonic=lambda: clock.now))
    return clock


def test_what_the_page_does_where_it_draws_the_button_is_done_to_its_end(look, clock):
    begin(look, pressed=pressed("pause"))
    look()  # as it is drawn, and as it is done
    look()
    clock.now += presses.ANSWER_SECONDS  # others do not wait for ever
    assert handed_on(look) == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ScriptRequests().request_rerun(RerunData()),
        lambda: ScriptRequests().request_stop(),
    ],
)
def test_then_the_page_itself_may_ask_for_another_run_or_to_stop(look, clock, ask):
    begin(look, pressed=pressed("pause"))
    look()
    ask()
    assert handed_on(look) == []
    begin(look, pressed=pressed("pause"))
    look()
