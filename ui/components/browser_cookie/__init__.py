"""A cookie by which the app knows a browser again.

The server can read a cookie when a page connects, and never set one: this does it in the browser.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

NAME = "scratch_nn_browser"
_KEY = "browser_cookie"
_SCRIPT = Path(__file__).with_name("browser_cookie.js")
_component = st.components.v2.component(
    "browser_cookie", js=_SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)


def browser_cookie(secret: str, *, on_other: Callable[[str], None]) -> None:
    """Keep `secret` in the browser for a year, unless it keeps another already.

    Args:
        secret: 22 to 64 letters, digits, "-" and "_".
        on_other: called with the secret that the browser keeps where that is not `secret`, and
            with "" where it keeps none, before the page runs once more.
    """

    def changed() -> None:
        on_other(str(st.session_state[_KEY]["cookie"] or ""))

    _component(key=_KEY, data={"name": NAME, "secret": secret}, height=1, on_cookie_change=changed)
