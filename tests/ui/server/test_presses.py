"""What a visitor has pressed, while the server is asked for another run already."""

from functools import partial
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.state.safe_session_state import SafeSessionState

from ui.server import presses


@pytest.fixture
def look(monkeypatch):
    """How Streamlit looks whether another run is asked for, of which there is one."""
    for of, name in (
        (SafeSessionState, "on_script_will_rerun"),
        (ScriptRunner, "_maybe_handle_execution_control_request"),
    ):
        monkeypatch.setattr(of, name, getattr(of, name))  # put back after it

    def goes_over(_):
        raise InterruptedError

    monkeypatch.setattr(presses, "_look", goes_over)
    presses.finish_presses()
    return partial(ScriptRunner._maybe_handle_execution_control_request, None)


def test_it_is_done_before_the_run_goes_over_to_another(look):
    done = []

    def stop(*_, **__):
        look()  # as each use of the session's state does
        done.append("stop")

    state = SafeSessionState(SimpleNamespace(on_script_will_rerun=stop), look)
    state.on_script_will_rerun(None)
    assert done == ["stop"]
    with pytest.raises(InterruptedError):
        look()


def test_after_one_that_fails_the_run_goes_over_as_ever(look):
    def fail(*_, **__):
        raise ValueError("no such training")

    state = SafeSessionState(SimpleNamespace(on_script_will_rerun=fail), look)
    with pytest.raises(ValueError, match="no such training"):
        state.on_script_will_rerun(None)
    with pytest.raises(InterruptedError):
        look()
