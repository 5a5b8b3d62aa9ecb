"""Says when somebody comes back to the page, or reaches for a part of it: what is shown there may
be behind, and need not be asked for from time to time."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.components.fetched_script import fetched_script
from ui.components.unseen import unseen

_KEY = "looked_for"
_component = st.components.v2.component(
    _KEY,
    js=fetched_script(Path(__file__).with_name("looked_for.js")),
    isolate_styles=False,
)


def when_looked_for(part: str, do: Callable[[], None]) -> None:
    """Call `do` once somebody does; it shows nothing.

    Args:
        part: the key of the widget or container that is meant.
        do: may run the page again.
    """

    @st.fragment
    def watch() -> None:
        data = {"part": part}
        if _component(key=_KEY, data=data, height=1, on_looked_change=lambda: None).looked:
            do()

    with unseen(_KEY):
        watch()
