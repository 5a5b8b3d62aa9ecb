"""What fragments of a page that was left still ask for."""

from types import SimpleNamespace

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

from ui.server import gone_fragments


@pytest.fixture
def put_back(monkeypatch):
    """After the test Streamlit is as it was."""
    for of, name in ((ScriptRunner, "_run_script"), (ScriptRequests, "_request_rerun_locked")):
        monkeypatch.setattr(of, name, getattr(of, name))


@pytest.mark.parametrize(
    ("asked", "runs"),
    [([], True), (["board"], True), (["gone"], False), (["gone", "board"], True)],
)
def test_only_a_run_of_fragments_that_are_all_gone_does_not_begin(
    monkeypatch, put_back, asked, runs
):
    begun = []
    monkeypatch.setattr(gone_fragments, "_run_script", lambda _, data: begun.append(data))
    gone_fragments.run_none_that_is_gone()
    storage = MemoryFragmentStorage()
    monkeypatch.setattr(storage, "contains", lambda key: key == "board")
    data = RerunData(fragment_id_queue=asked)
    ScriptRunner._run_script(SimpleNamespace(_fragment_storage=storage), data)
    assert begun == [data] * runs


def requested(*requests):
    """What Streamlit makes of requests that come before it looks."""
    gone_fragments.run_none_that_is_gone()
    waiting = ScriptRequests()
    for request in requests:
        waiting.request_rerun(request)
    return waiting.on_scriptrunner_ready().rerun_data


def test_the_page_that_is_asked_for_comes_though_the_one_before_still_says_something(put_back):
    press = WidgetStates()
    press.widgets.add(id="stop", trigger_value=True)
    data = requested(
        RerunData(page_script_hash="home", query_string="a=1"),
        RerunData(
            page_script_hash="train", query_string="run=2", fragment_id="view", widget_states=press
        ),
    )
    assert (data.page_script_hash, data.query_string) == ("home", "a=1")
    assert data.widget_states == press


def test_back_stays_back_though_a_fragment_says_something(put_back):
    back = RerunData(page_script_hash="train", query_string="a=1", is_history_navigation=True)
    word = RerunData(page_script_hash="train", query_string="a=1", fragment_id="view")
    assert requested(back, word).is_history_navigation


def test_what_a_fragment_has_written_into_the_address_stays(put_back):
    page = RerunData(page_script_hash="train", query_string="a=1")
    data = requested(
        page, RerunData(page_script_hash="train", query_string="a=2", fragment_id="view")
    )
    assert data.query_string == "a=2"
    assert not data.fragment_id_queue


def test_a_page_that_is_asked_for_later_comes(put_back):
    word = RerunData(page_script_hash="train", query_string="run=2", fragment_id="view")
    data = requested(word, RerunData(page_script_hash="home", query_string="a=1"))
    assert (data.page_script_hash, data.query_string) == ("home", "a=1")


@pytest.fixture
def train_runs(put_back, monkeypatch):
    """All is asked for while Train runs, by itself: with `st.rerun` it asks so."""
    context = SimpleNamespace(page_script_hash="train")
    monkeypatch.setattr(gone_fragments, "get_script_run_ctx", lambda **_: context)


@pytest.mark.parametrize("queue", [[], ["view"]])
def test_the_page_that_is_asked_for_comes_though_the_one_before_asks_for_itself(train_runs, queue):
    home = RerunData(page_script_hash="home", query_string="a=1")
    own = RerunData(page_script_hash="train", query_string="run=2", fragment_id_queue=queue)
    data = requested(home, own)
    assert (data.page_script_hash, data.query_string) == ("home", "a=1")
    assert not data.fragment_id_queue


def test_back_stays_back_though_the_page_asks_for_itself(train_runs):
    back = RerunData(page_script_hash="train", query_string="a=1", is_history_navigation=True)
    data = requested(back, RerunData(page_script_hash="train", query_string="a=2"))
    assert (data.query_string, data.is_history_navigation) == ("a=1", True)


def test_a_page_that_asks_for_itself_has_written_into_its_address(train_runs):
    slider = RerunData(page_script_hash="train", query_string="a=1")
    data = requested(slider, RerunData(page_script_hash="train", query_string="a=2"))
    assert data.query_string == "a=2"


def test_a_page_that_the_one_before_leads_to_comes(train_runs):
    slider = RerunData(page_script_hash="train", query_string="a=1")
    data = requested(slider, RerunData(page_script_hash="runs", query_string="b=1"))
    assert (data.page_script_hash, data.query_string) == ("runs", "b=1")
