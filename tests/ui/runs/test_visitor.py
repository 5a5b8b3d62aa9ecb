"""Which browser a visitor has, as the session hears of it from the browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from nn import runs
from ui.runs import owners, visitor

KEPT = "k" * 43


def page() -> None:
    import streamlit as st

    from ui.runs import visitor

    st.text(visitor.this_browser())
    visitor.remember_browser()
    st.text(visitor.this_browser())


def test_a_run_that_cannot_be_written_keeps_no_other_from_its_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path))
    monkeypatch.setattr(visitor, "browser_cookie", lambda secret, on_other: None)
    app = AppTest.from_function(page).run()
    before = app.text[0].value
    for name in "abc":
        runs.write_config(tmp_path / name, {})
        owners.write_owner(tmp_path / name, owners.Owner((before,), "Mia"))
    rename = owners.rename_browser

    def rename_but_one(folder: Path, before: str, after: str) -> None:
        if folder.name == "b":
            raise OSError("read-only")
        rename(folder, before, after)

    monkeypatch.setattr(owners, "rename_browser", rename_but_one)
    monkeypatch.setattr(visitor, "browser_cookie", lambda secret, on_other: on_other(KEPT))
    app.run()
    assert not app.exception
    after = app.text[1].value
    assert after != before
    assert app.session_state[visitor.SECRET_KEY] == KEPT
    browsers = [owners.read_owner(tmp_path / name).browsers for name in "abc"]
    assert browsers == [(after,), (before,), (after,)]


def test_what_is_no_secret_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "browser_cookie", lambda secret, on_other: on_other("short"))
    app = AppTest.from_function(page).run()
    assert app.text[0].value == app.text[1].value
