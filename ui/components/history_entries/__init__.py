"""What becomes an entry of the browser's history: one act of the visitor, at most one; and what is
pressed on a page that is about to be left.

Until the server has begun the page that Back or a link leads to, Streamlit's browser says of
whatever is pressed that it was on the page before, and the server would show that one again. So the
page hears nothing meanwhile, and the pointer tells.
"""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_module
from ui.components.unseen import unseen

_KEY = "history_entries"
_SCRIPT = Path(__file__).with_name("history_entries.js")
_component = st.components.v2.component(
    "history_entries", js=fetched_module(_SCRIPT), isolate_styles=False
)


def watch_early(*, opened: int) -> None:
    """Let the browser watch over its history before there is anything to click; it shows nothing.

    What is clicked before the script has come would make no entry of its own.

    Args:
        opened: how many pages this visit has opened. With another one than before the page that
            the visitor has gone to is there.
    """
    with unseen(f"{_KEY}_early"):
        # Without a key, which would stand in each visitor's session: it keeps nothing.
        _component(data={"opened": opened}, height=1)


def history_entries(*, asked: str, shown: int, on_watching: Callable[[], None]) -> None:
    """Let the browser watch over its history from now on; it shows nothing.

    Streamlit makes an entry of each change that the server makes to the address. From now on one
    that comes without an act of the visitor replaces the entry there is, and of those that come
    with one the first is an entry.

    Args:
        asked: the page for which the browser is to say that it does, "" for none. Its word for one
            page may be lost where the visitor goes on to another, so it is asked by each.
        shown: how often this visit has gone to a page, or Back on the one it was on. With another
            number than before that is shown, whole.
        on_watching: called when it says so, before the script or fragment runs once more.
    """
    data = {"asked": asked, "shown": shown}
    with unseen(_KEY):
        _component(key=_KEY, data=data, height=1, on_watching_change=on_watching)
