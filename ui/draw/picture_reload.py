"""An uploaded picture outlives a reload: the tab of the browser keeps the small copy."""

import base64
import json

import streamlit as st

from ui.components.tab_memory import tab_memory
from ui.draw.picture import part_from_browser, session_picture, take_back
from ui.draw.source import PICTURE, choose_picture

_KEY = "kept_picture"
_BEGUN_KEY = "picture_begun"
_MOST_CHARACTERS = 2_000_000
"""More is neither kept nor taken over: browsers have room for 5 MB, also for the drawing."""


def keep_picture_for_reload(source: str) -> None:
    """Let the tab keep the picture, and whether it is what is read now; at the beginning of a
    session ask it for what it kept. Call it at the end of the page's fragment."""
    picture, is_source = session_picture(), source == PICTURE
    if picture or is_source:
        st.session_state[_BEGUN_KEY] = True
    text = None
    if st.session_state.get(_BEGUN_KEY):
        kept = {
            "file": base64.b64encode(picture.file).decode() if picture else "",
            "part": picture and picture.part,
            "is_looked_at": bool(picture and picture.is_looked_at),
            "is_set_upright": bool(picture and picture.is_set_upright),
            "is_source": is_source,
        }
        text = json.dumps(kept)
        if len(text) > _MOST_CHARACTERS:
            text = ""
    tab_memory(_KEY, text, on_recall=_recall)


def _recall(text: str) -> None:
    """Take over what the tab kept; what cannot be that is left out."""
    if st.session_state.get(_BEGUN_KEY):
        return  # the visitor was faster
    st.session_state[_BEGUN_KEY] = True
    if len(text) > _MOST_CHARACTERS:
        return
    try:
        kept = json.loads(text)
        file = base64.b64decode(kept["file"])
        part = part_from_browser(kept["part"])
        is_looked_at, is_set_upright, is_source = (
            kept[name] is True for name in ("is_looked_at", "is_set_upright", "is_source")
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return
    if is_source:
        choose_picture()
    if file:
        take_back(file, part, is_looked_at=is_looked_at, is_set_upright=is_set_upright)
