"""Files that visitors upload take memory only until they have been read."""

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec


def content_of(upload: UploadedFile) -> bytes:
    """What is in a file whose widget has a key, in memory once however many read it.

    A widget returns a copy of what the session keeps; that copy is empty from then on.
    """
    originals = _originals(upload)
    content = (originals or [upload])[0].getvalue()
    if originals:
        upload.truncate(0)
    return content


def drop_content(upload: UploadedFile) -> None:
    """Forget what is in such a file; for its widget it stays chosen, and is empty from then on."""
    for copy in (upload, *_originals(upload)):
        copy.truncate(0)
    context = get_script_run_ctx()
    manager = Runtime.instance().uploaded_file_mgr if Runtime.exists() else None
    if context is not None and isinstance(manager, MemoryUploadedFileManager):
        # An empty one in its place: without any the widget would take it for withdrawn.
        empty = UploadedFileRec(upload.file_id, upload.name, upload.type, b"")
        manager.add_file(context.session_id, empty)


def _originals(upload: UploadedFile) -> list[UploadedFile]:
    """What the session itself keeps of it."""
    return [
        kept
        for kept in st.session_state.values()
        if isinstance(kept, UploadedFile) and kept == upload and kept is not upload
    ]
