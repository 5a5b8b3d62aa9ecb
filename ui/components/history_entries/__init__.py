"""What becomes an entry of the browser's history: one act of the visitor, at most one."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script
from ui.components.unseen import unseen

_KEY = "history_entries"
_SCRIPT = Path(__file__).with_name("history_entries.js")
_component = st.components.v2.component(
    "history_entries", js=fetched_script(_SCRIPT), isolate_styles=False
)


def watch_early() -> None:
    """Let the browser watch over its history before there is anything to click; it shows nothing.

    What is clicked before the script has come would make no entry of its own.
    """
    with unseen(f"{_KEY}_early"):
        # Without a key, which would stand in each visitor's session: its data never change.
        _component(data={"asked": None}, height=1)


def history_entries(*, asked: str, on_watching: Callable[[], None]) -> None:
    """Let the browser watch over its history from now on; it shows nothing.

    Streamlit makes an entry of each change that the server makes to the address. From now on one
    that comes without an act of the visitor replaces the entry there is, and of those that come
    with one the first is an entry.

    Args:
        asked: the page for which the browser is to say that it does, "" for none. Its word for one
            page may be lost where the visitor goes on to another, so it is asked by each.
        on_watching: called when it says so, before the script or fragment runs once more.
    """
    with unseen(_KEY):
        _component(key=_KEY, data={"asked": asked}, height=1, on_watching_change=on_watching)
