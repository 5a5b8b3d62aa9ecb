"""What a tab of the browser keeps of a page, so that a reload does not lose it."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).with_name("tab_memory.js")
_component = st.components.v2.component(
    "tab_memory", js=_SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)


def tab_memory(key: str, text: str | None, *, on_recall: Callable[[str], None]) -> None:
    """Keep `text` in the browser until the tab is closed; it shows nothing.

    Args:
        key: its name, the same in every run and unique in the app.
        text: what to keep, in the place of what was kept before; None asks for that instead.
        on_recall: called with what was kept, if that was asked for and there is something, before
            the script or fragment runs once more. It comes from the browser: it may be anything.
    """

    def recalled() -> None:
        on_recall(str(st.session_state[key]["recalled"]))

    _component(key=key, data={"name": key, "text": text}, height=1, on_recalled_change=recalled)
