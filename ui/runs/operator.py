"""The operator, who may steer all runs: whoever knows the secret that the app was started with."""

import hmac
import threading
import time
from typing import NamedTuple

import streamlit as st

from ui.runs.visitor import this_browser
from ui.shared.operator_secret import operator_secret
from ui.shared.tally import Trouble, note

SIGNED_IN_SECONDS = 12 * 3600.0
MOST_PAUSE_SECONDS = 5.0
"""After wrong secrets a browser has to wait for up to so long before its next one is looked at."""
FORGOTTEN_SECONDS = 60.0
"""So long after such a pause the next one is short again."""
GAP_SECONDS = 0.2
"""Between wrong secrets from one address, of browsers that have not signed in before: to guess 8
random digits takes months."""
TOTAL_GAP_SECONDS = 0.02
"""The same for all addresses together, as some can be made up: it takes weeks."""
_WRONG = "This is not the operator's secret."


def is_operator() -> bool:
    """Whether this visitor's browser has signed in as the operator."""
    return is_operators_browser(this_browser())


def is_operators_browser(browser: str) -> bool:
    """The same of the browser with this name, see `ui.runs.visitor`."""
    return operator_secret() is not None and _office().knows(browser)


def sign_in(secret: str) -> str | None:
    """Make this visitor's browser the operator's for some hours; why not, if it is not."""
    return sign_in_browser(this_browser(), st.context.ip_address or "", secret)


def sign_in_browser(browser: str, address: str, secret: str) -> str | None:
    """The same of the browser with this name, which comes from this address."""
    right = operator_secret()
    if right is None:
        return "There is no operator here."
    return _office().sign_in(browser, address, secret, right)


def sign_out() -> None:
    """Make this visitor's browser one like all others."""
    _office().sign_out(this_browser())


class _Pause(NamedTuple):
    """How long a browser has to wait, and until when."""

    seconds: float
    end: float


class Office:
    """Who has signed in, and how soon the next try is allowed. For all visitors of a server.

    Each browser waits for its own wrong secrets alone. As anybody can come with ever new browsers,
    there is also a gap between the wrong secrets from one address, and a shorter one between those
    of all. In a flood of wrong secrets most tries fall into a gap, right or wrong: a teacher at an
    address of their own is hardly hindered, one who shares it with the flood (behind a router or
    proxy, or where the server knows no addresses) may have to try dozens of times. A browser that
    has signed in before never has to wait for others.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}
        self._known: set[str] = set()
        self._pauses: dict[str, _Pause] = {}
        self._gaps: dict[str, float] = {}
        """Until when there is one, by address."""
        self._total_gap = float("-inf")

    def sign_in(self, browser: str, address: str, secret: str, right: str) -> str | None:
        """Sign a browser in; why not, if the secret is wrong or soon after a wrong one."""
        refused = self._try(browser, address, secret, right)
        if refused == _WRONG:  # when others need not wait for the log
            note(Trouble.SECRET, "somebody tried to sign in")
        return refused

    def _try(self, browser: str, address: str, secret: str, right: str) -> str | None:
        with self._lock:
            now = time.monotonic()
            own = self._pauses.get(browser)
            if own is not None and now < own.end:
                return "That was a wrong secret. Please try again in a few seconds."
            is_stranger = browser not in self._known
            if is_stranger and now < max(self._total_gap, self._gaps.get(address, now)):
                return "Others are trying secrets right now. Please try again."
            if not hmac.compare_digest(secret.encode(), right.encode()):
                self._note_wrong(browser, own, now)
                if is_stranger:
                    self._gaps = {one: end for one, end in self._gaps.items() if now < end}
                    self._gaps[address] = now + GAP_SECONDS
                    self._total_gap = now + TOTAL_GAP_SECONDS
                return _WRONG
            self._pauses.pop(browser, None)
            self._until[browser] = now + SIGNED_IN_SECONDS
            self._known.add(browser)
            return None

    def _note_wrong(self, browser: str, before: _Pause | None, now: float) -> None:
        """Let a browser wait, longer than `before`, and forget whom that was long ago."""
        forgotten = now - FORGOTTEN_SECONDS
        self._pauses = {one: kept for one, kept in self._pauses.items() if kept.end > forgotten}
        seconds = (
            1.0
            if before is None or before.end <= forgotten
            else min(2 * before.seconds, MOST_PAUSE_SECONDS)
        )
        self._pauses[browser] = _Pause(seconds, now + seconds)

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
