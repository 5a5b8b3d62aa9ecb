"""Which browser a visitor has: so that what is theirs is theirs again after a tab was closed.

Each browser keeps one random secret in a cookie. A page hears of it when it connects, therefore
the session keeps it too. Only a hash of it is ever written into a run's folder. Where cookies are
switched off a session has a secret of its own, and the tokens of its runs stay in the address.
"""

import hashlib
import re
import secrets
from contextlib import suppress

import streamlit as st

from nn import runs
from nn.search.folder import searches_folder
from ui.components.browser_cookie import NAME, browser_cookie
from ui.runs import owners

SECRET_KEY = "browser_secret"
_FORGETS_KEY = "browser_forgets"
_VALID = re.compile(r"[\w-]{22,64}", re.ASCII)


def this_browser() -> str:
    """The name under which this visitor's browser stands in the folders of its runs."""
    return browser_name(_secret())


def browser_name(secret: str) -> str:
    """The same of the browser that keeps this secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def valid_secret(kept: str) -> str:
    """What a browser keeps as its secret if it can be one, else a new one."""
    return kept if _VALID.fullmatch(kept) else secrets.token_urlsafe(32)


def keeps_cookies() -> bool:
    """Whether the browser knows its secret when it comes again. So it is until it says no."""
    return not st.session_state.get(_FORGETS_KEY, False)


def remember_browser() -> None:
    """Let the browser keep its secret. Call it at the end of a page; it shows nothing."""
    browser_cookie(_secret(), on_other=_hear)


def cookie() -> str:
    """What the browser sent as its secret when the page connected; "" for nothing."""
    return st.context.cookies.get(NAME, "")


def _secret() -> str:
    secret: str | None = st.session_state.get(SECRET_KEY)
    if secret is None:
        secret = st.session_state[SECRET_KEY] = valid_secret(cookie())
    return secret


def _hear(kept: str) -> None:
    """The browser keeps another secret than this session has, or none."""
    if not kept:
        st.session_state[_FORGETS_KEY] = True
    elif _VALID.fullmatch(kept):
        before = this_browser()
        st.session_state[SECRET_KEY] = kept
        st.session_state.pop(_FORGETS_KEY, None)
        for place in (runs.runs_folder(), searches_folder()):
            for folder in owners.owned_by(place, before):
                with suppress(OSError):  # the token in the session steers it still
                    owners.rename_browser(folder, before, this_browser())
