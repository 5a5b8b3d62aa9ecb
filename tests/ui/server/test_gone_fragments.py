"""Runs that Streamlit begins for fragments of a page that was left."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from ui.server import gone_fragments


@pytest.mark.parametrize(
    ("asked", "runs"),
    [([], True), (["board"], True), (["gone"], False), (["gone", "board"], True)],
)
def test_only_a_run_of_fragments_that_are_all_gone_does_not_begin(monkeypatch, asked, runs):
    begun = []
    monkeypatch.setattr(ScriptRunner, "_run_script", ScriptRunner._run_script)  # put back after it
    monkeypatch.setattr(gone_fragments, "_run_script", lambda _, data: begun.append(data))
    gone_fragments.run_none_that_is_gone()
    storage = MemoryFragmentStorage()
    monkeypatch.setattr(storage, "contains", lambda key: key == "board")
    data = RerunData(fragment_id_queue=asked)
    ScriptRunner._run_script(SimpleNamespace(_fragment_storage=storage), data)
    assert begun == [data] * runs
