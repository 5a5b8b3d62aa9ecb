"""The operator, who may steer all runs: whoever knows the secret that the app was started with."""

import hmac
import logging
import threading
import time

import streamlit as st

from ui.runs.visitor import this_browser
from ui.shared.operator_secret import operator_secret

SIGNED_IN_SECONDS = 12 * 3600.0
MOST_PAUSE_SECONDS = 5.0
"""After wrong secrets one has to wait for up to so long before the next one is looked at."""

_log = logging.getLogger(__name__)


def is_operator() -> bool:
    """Whether this visitor's browser has signed in as the operator."""
    return operator_secret() is not None and _office().knows(this_browser())


def sign_in(secret: str) -> str | None:
    """Make this visitor's browser the operator's for some hours; why not, if it is not."""
    right = operator_secret()
    if right is None:
        return "There is no operator here."
    return _office().sign_in(this_browser(), secret, right)


def sign_out() -> None:
    """Make this visitor's browser one like all others."""
    _office().sign_out(this_browser())


class Office:
    """Who has signed in, and how soon the next try is allowed. For all visitors of a server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}
        self._pause = 0.0
        self._next_try = 0.0

    def sign_in(self, browser: str, secret: str, right: str) -> str | None:
        """Sign a browser in; why not, if the secret is wrong or soon after a wrong one."""
        with self._lock:
            now = time.monotonic()
            if now < self._next_try:
                return "Somebody has just tried a wrong secret. Please try again in a few seconds."
            if not hmac.compare_digest(secret.encode(), right.encode()):
                quiet = not self._pause or now > self._next_try + 60
                self._pause = 1.0 if quiet else min(2 * self._pause, MOST_PAUSE_SECONDS)
                self._next_try = now + self._pause
                _log.warning("somebody tried a wrong operator's secret")
                return "This is not the operator's secret."
            self._until[browser] = now + SIGNED_IN_SECONDS
            return None

    def sign_out(self, browser: str) -> None:
        """Forget that a browser has signed in."""
        with self._lock:
            self._until.pop(browser, None)

    def knows(self, browser: str) -> bool:
        """Whether a browser has signed in, not too long ago."""
        return time.monotonic() < self._until.get(browser, float("-inf"))


@st.cache_resource(show_spinner=False)
def _office() -> Office:
    return Office()
