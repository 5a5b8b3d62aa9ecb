"""Text that screen readers say as soon as it changes."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).resolve().parent
# As a component, because its element stays: Streamlit puts a new one in the place of an old one
# whose text has changed, and that is not announced everywhere.
_component = st.components.v2.component(
    "announcement",
    html='<div role="status"></div>',
    css="div { position: absolute; width: 1px; height: 1px; overflow: hidden; "
    "clip-path: inset(50%); }",
    js=(_FOLDER / "announcement.js").read_text(encoding="utf-8"),
)


def announce(text: str, *, key: str, pause_seconds: float = 0) -> None:
    """Let screen readers say `text`, politely; nothing of it is seen.

    Args:
        text: plain text, empty where there is nothing to say.
        key: name of the announcement, the same in every run and unique on the page.
        pause_seconds: between two announcements at least; of texts that come faster, the last one
            is said then.
    """
    _component(key=key, data={"text": text, "pause": 1000 * pause_seconds}, height=1)
