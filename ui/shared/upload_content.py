"""Files that visitors upload take memory only until they have been read."""

from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec


def drop_content(upload: UploadedFile) -> None:
    """Forget what is in a file; for its widget it stays chosen, and is empty from then on."""
    upload.truncate(0)
    context = get_script_run_ctx()
    manager = Runtime.instance().uploaded_file_mgr if Runtime.exists() else None
    if context is not None and isinstance(manager, MemoryUploadedFileManager):
        # An empty one in its place: without any the widget would take it for withdrawn.
        empty = UploadedFileRec(upload.file_id, upload.name, upload.type, b"")
        manager.add_file(context.session_id, empty)
