"""Waiting for what others do, and going on meanwhile."""

from concurrent.futures import Future
from types import SimpleNamespace

import pytest

from ui.shared import waiting


class GoneOnError(Exception):
    """As Streamlit interrupts a run."""


def looks(monkeypatch, does):
    monkeypatch.setattr(waiting, "LOOK_SECONDS", 0)
    context = SimpleNamespace(yield_check=does)
    monkeypatch.setattr(waiting, "get_script_run_ctx", lambda: context)


def test_what_comes_is_given_once_it_is_there(monkeypatch):
    future = Future()
    looks(monkeypatch, lambda: future.set_result("seven"))
    assert waiting.result_of(future) == "seven"


def test_what_fails_fails_here_too(monkeypatch):
    future = Future()
    looks(monkeypatch, lambda: future.set_exception(ValueError("no picture")))
    with pytest.raises(ValueError, match="no picture"):
        waiting.result_of(future)


def test_who_goes_on_does_not_wait_and_it_is_not_begun(monkeypatch):
    def go_on():
        raise GoneOnError

    looks(monkeypatch, go_on)
    future = Future()
    with pytest.raises(GoneOnError):
        waiting.result_of(future)
    assert future.cancelled()
