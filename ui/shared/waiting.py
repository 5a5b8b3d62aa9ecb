"""Waiting for what is done elsewhere, as long as the visitor waits for it too."""

from concurrent.futures import Future, wait
from typing import TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

LOOK_SECONDS = 0.05

_T = TypeVar("_T")


def result_of(future: "Future[_T]") -> _T:
    """What comes of it. Who goes on to something else meanwhile does not wait for it, and it is not
    begun if it has not been."""
    context = get_script_run_ctx()
    try:
        while not wait([future], LOOK_SECONDS).done:
            if context is not None:
                context.yield_check()
        return future.result()
    finally:
        future.cancel()
