"""Choosing a picture; a file that the browser refuses takes the one before away."""

import re
from pathlib import Path

import streamlit as st

from ui.draw.picture import forget_picture, refuse, session_picture, take_up
from ui.shared.url_text import plain

TYPES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "heic", "heif"]

_ROUND_KEY = "picture_round"
_WATCH_KEY = "picture_watch"
# How Streamlit tells that the server took no more, see ui/server/uploads.py.
_BUSY = re.compile(r"\b(408|503)\b")
_SCRIPT = Path(__file__).with_name("picture_upload.js")
_watch = st.components.v2.component(
    "picture_upload", js=_SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)

_STYLE = """<style>
/* Streamlit's bare plus beside a chosen file is to choose another one instead. */
.st-key-picture button[aria-label="Add files"] { width: auto; padding: 0 0.5rem; }
.st-key-picture button[aria-label="Add files"] > * { display: none; }
.st-key-picture button[aria-label="Add files"]::after { content: "Replace"; }
</style>"""


def picture_upload(label: str, *, help: str) -> None:
    """Let the visitor choose the picture that the session keeps, with a word about a file that
    cannot be used, or about the picture that it keeps from before.

    The widget keeps the file before one that is too large or of another kind, with its answer
    beside the error, and tells the server nothing. So the browser is watched, and the widget begins
    anew.
    """
    st.html(_STYLE)
    key = f"picture_{st.session_state.get(_ROUND_KEY, 0)}"
    with st.container(key="picture"):
        upload = st.file_uploader(
            label,
            type=TYPES,
            key=key,
            help=help,
            on_change=_changed,
            args=(key,),
        )
        _watch(key=_WATCH_KEY, height=1, on_refused_change=_refused)
    if upload is not None:
        take_up(upload)
    kept = session_picture()
    if kept and kept.refused:
        name, reason = map(plain, kept.refused)
        st.error(f"**{name}** cannot be used: {reason}", icon=":material/broken_image:")
    elif kept and upload is None:
        with st.container(horizontal=True, vertical_alignment="center", key="picture_kept"):
            st.markdown("Below is your picture from before.", width="content")
            st.button(
                "Remove",
                icon=":material/delete:",
                on_click=forget_picture,
                help="Take the picture away, also from the memory of your browser.",
            )


def _refused() -> None:
    refused = st.session_state[_WATCH_KEY]["refused"]
    name, reason = (str(refused.get(part)) for part in ("name", "reason"))
    if _BUSY.search(reason):
        reason = "the server is busy with other files. Please try again."
    refuse(name, reason)
    st.session_state[_ROUND_KEY] = st.session_state.get(_ROUND_KEY, 0) + 1


def _changed(key: str) -> None:
    if st.session_state[key] is None:  # the visitor took it away
        forget_picture()
