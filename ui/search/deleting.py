"""The searches that this browser has deleted a moment ago, and bringing them back."""

from pathlib import Path

import streamlit as st

from nn.runs.deleted import UNDO_SECONDS, bring_back
from nn.search import Search, searches_folder
from ui.runs.own_deleted import minutes_left, own_deleted
from ui.search.text import called
from ui.shared.url_text import plain


def undo_notice() -> None:
    """Say which search was deleted last, with a button that undoes it, as long as it can be."""
    own = own_deleted(searches_folder())
    if not own:
        return
    seconds, place = max(own)
    try:
        what = plain(called(Search(place)))
    except (OSError, ValueError):  # it has just been removed, or was spoilt
        return
    left = minutes_left(seconds + UNDO_SECONDS)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":material/delete: {what} was deleted; its trials are still there. For {left} you can "
            "have it back.",
            width="stretch",
        )
        st.button(
            "Undo",
            icon=":material/undo:",
            key="search_undo",
            help="Bring back the search, exactly as it was.",
            on_click=_undo,
            args=(place,),
        )


def _undo(place: Path) -> None:
    try:
        bring_back(place)
    except OSError:
        st.toast("It could not be brought back: it is gone for good.", icon=":material/error:")
