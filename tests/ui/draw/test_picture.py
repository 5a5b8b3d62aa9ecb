import io

import numpy as np
import pytest
import streamlit as st
from PIL import Image, ImageDraw
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

import data
from ui.draw.picture import Picture, part_from_browser, session_picture, take_up
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

    take_up(upload)
    assert not upload.getvalue()
    assert [kept.data for kept in files.get_files("visit", ["one"])] == [b""]
    take_up(upload)  # as in each run of the page
    assert len(kept_picture().found_now(several=True).digits) == 2
    # Another model may want one sign of it.
    assert len(kept_picture().found_now(several=False).digits) == 1


def test_the_session_keeps_nothing_of_it_either() -> None:
    app = AppTest.from_function(a_page).run()
    app.file_uploader[0].set_value(("two.png", two_strokes(), "image/png")).run()
    assert app.text[0].value == "2"
    kept = app.session_state["the_file"]
    assert isinstance(kept, UploadedFile)
    assert kept.getvalue() == b""


def test_a_part_is_read_until_all_of_it_is_wanted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    upload = UploadedFile(UploadedFileRec("one", "two.png", "image/png", two_strokes()), None)
    take_up(upload)
    kept = kept_picture()
    whole = kept.found_now(several=True)
    kept.choose((0.45, 0.0, 1.0, 1.0))
    (digit,) = kept.found_now(several=True).digits
    # The strokes are at 100 and 160 of 300 pixels, on a picture that is shown with 280.
    assert digit.box.left == pytest.approx(145, abs=2)
    kept.choose((0.8, 0.0, 1.0, 1.0))
    assert kept.found_now(several=True).reason == "empty"
    kept.choose(None)
    assert kept.found_now(several=True) == whole
    # Another file is read whole.
    kept.choose((0.45, 0.0, 1.0, 1.0))
    take_up(UploadedFile(UploadedFileRec("two", "two.png", "image/png", two_strokes()), None))
    assert len(kept_picture().found_now(several=True).digits) == 2


def test_a_chosen_part_turns_with_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    take_up(UploadedFile(UploadedFileRec("one", "two.png", "image/png", two_strokes()), None))
    kept = kept_picture()
    kept.choose((0.45, 0.1, 1.0, 0.9))  # the right one of the strokes
    kept.turn()
    # What was at the right is at the top now.
    assert kept.part == pytest.approx((0.1, 0.0, 0.9, 0.55))
    (digit,) = kept.found_now(several=True).digits
    assert digit.box.width > 3 * digit.box.height
    for _ in range(3):
        kept.turn()
    assert kept.part == pytest.approx((0.45, 0.1, 1.0, 0.9))


def test_a_large_photo_takes_little_memory_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    content = io.BytesIO()
    grain = np.random.default_rng(0).integers(190, 230, (1500, 2000), np.uint8)
    Image.fromarray(grain).save(content, "JPEG")
    upload = UploadedFile(UploadedFileRec("one", "a.jpg", "image/jpeg", content.getvalue()), None)
    take_up(upload)
    assert len(kept_picture().file) < 500_000


def test_a_small_picture_is_kept_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    content = io.BytesIO()
    grain = np.random.default_rng(0).integers(0, 256, (90, 160, 3), np.uint8)
    Image.fromarray(grain).save(content, "PNG")
    upload = UploadedFile(UploadedFileRec("one", "a.png", "image/png", content.getvalue()), None)
    take_up(upload)
    np.testing.assert_array_equal(data.read_image(kept_picture().file)[..., :3], grain)


@pytest.mark.parametrize(
    ("edges", "part"),
    [
        ([0.1, 0.2, 0.3, 0.4], (0.1, 0.2, 0.3, 0.4)),
        ([-1, 0, 2, 1], (0.0, 0.0, 1.0, 1.0)),
        ([0, 0, 10**400, 1], (0.0, 0.0, 1.0, 1.0)),
        ([0.3, 0.2, 0.1, 0.4], None),
        ([0.1, 0.2, 0.3], None),
        ([0.1, 0.2, float("nan"), 0.4], None),
        ([0.1, 0.2, float("inf"), 0.4], None),
        ([0.1, 0.2, "0.3", 0.4], None),
        ({"left": 0}, None),
        (None, None),
    ],
)
def test_a_browser_may_send_anything(edges: object, part: object) -> None:
    assert part_from_browser(edges) == part


def a_page() -> None:
    import streamlit as st

    from ui.draw.picture import session_picture, take_up

    upload = st.file_uploader("File", key="the_file")
    if upload is not None:
        take_up(upload)
        st.text(len(session_picture().found_now(several=True).digits))


def kept_picture() -> Picture:
    kept = session_picture()
    assert kept is not None
    return kept


def two_strokes() -> bytes:
    image = Image.new("RGB", (300, 200), "white")
    for x in (100, 160):
        ImageDraw.Draw(image).line((x, 40, x, 160), fill="black", width=10)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
