import io

import pytest
import streamlit as st
from PIL import Image, ImageDraw
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from ui.draw.picture import find_on_picture
from ui.shared import upload_content


def test_a_file_takes_no_memory_once_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    files = MemoryUploadedFileManager("")
    record = UploadedFileRec("one", "seven.png", "image/png", two_strokes())
    files.add_file("visit", record)
    runtime = type("", (), {"uploaded_file_mgr": files})
    monkeypatch.setattr(Runtime, "exists", lambda: True)
    monkeypatch.setattr(Runtime, "instance", lambda: runtime)
    visit = type("", (), {"session_id": "visit"})
    monkeypatch.setattr(upload_content, "get_script_run_ctx", lambda: visit)
    monkeypatch.setattr(st, "session_state", {})
    upload = UploadedFile(record, None)

    assert len(find_on_picture(upload, several=True).digits) == 2
    assert not upload.getvalue()
    assert [kept.data for kept in files.get_files("visit", ["one"])] == [b""]
    # Another model may want one sign of it.
    assert len(find_on_picture(upload, several=False).digits) == 1


def test_the_session_keeps_nothing_of_it_either() -> None:
    app = AppTest.from_function(a_page).run()
    app.file_uploader[0].set_value(("two.png", two_strokes(), "image/png")).run()
    assert app.text[0].value == "2"
    kept = app.session_state["the_file"]
    assert isinstance(kept, UploadedFile)
    assert kept.getvalue() == b""


def a_page() -> None:
    import streamlit as st

    from ui.draw.picture import find_on_picture

    upload = st.file_uploader("File", key="the_file")
    if upload is not None:
        st.text(len(find_on_picture(upload, several=True).digits))


def two_strokes() -> bytes:
    image = Image.new("RGB", (300, 200), "white")
    for x in (100, 160):
        ImageDraw.Draw(image).line((x, 40, x, 160), fill="black", width=10)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
