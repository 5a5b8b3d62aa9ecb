"""The address: what the visitor chose, what the page adds, and when it may."""

import json

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.runtime.state.query_params import QueryParams
from streamlit.testing.v1 import AppTest

from ui.shared import address


@pytest.fixture
def _watched_history():
    """Here the browser says itself when it watches over its history."""


def page():
    import streamlit as st

    from ui.shared import address

    address.follow_visitor()
    if "wrong" in st.query_params:
        address.correct({"right": ["1"]})
    if address.get("run") is None:
        address.add({"run": "newest"})
    st.text(f"run {address.get('run')}")
    st.button("Other", on_click=address.put, args=({"run": "other", "token": None},))
    st.button("Moment", on_click=address.put, args=({"at": "5"},))
    st.text("arrived" if address.has_arrived() else "still here")
    address.watch_history()


def open_page(of=page, **query):
    app = AppTest.from_function(of)
    app.context["locale"] = "en"  # each message of a browser brings something like this
    app.query_params.update(query)
    return app.run()


def let_the_browser_watch(app):
    """Say so as the component does, and run what it runs."""
    component = next(e for e in app.get("bidi_component"))
    states = app._tree.get_widget_states()
    state = states.widgets.add(id=_make_trigger_id(component.proto.id, "events"))
    state.json_trigger_value = json.dumps([{"event": "watching", "value": True}])
    return app._run(states)


def texts(app):
    return [text.value for text in app.text]


def test_what_a_page_adds_waits_until_the_browser_watches_over_its_history():
    app = open_page()
    assert texts(app)[0] == "run newest"
    assert "run" not in app.query_params
    app.run()  # whatever runs it again before that
    assert texts(app)[0] == "run newest"
    let_the_browser_watch(app)
    assert app.query_params["run"] == "newest"
    assert texts(app)[0] == "run newest"


def test_what_the_visitor_chooses_is_written_at_once_and_not_written_over():
    app = open_page(token="secret", part="test")
    app.button[0].click().run()
    assert app.query_params["run"] in ("other", ["other"])
    assert app.query_params["part"] in ("test", ["test"])
    let_the_browser_watch(app)
    assert "token" not in app.query_params
    assert texts(app)[0] == "run other"


def test_a_link_is_corrected_before_anything_is_drawn():
    app = open_page(wrong="1")
    assert texts(app) == []
    let_the_browser_watch(app)
    assert "wrong" not in app.query_params
    assert "right" in app.query_params
    assert texts(app) == ["run newest", "arrived"]


def test_a_page_is_arrived_at_once():
    app = open_page()
    assert texts(app)[1] == "arrived"
    app.run()
    assert texts(app)[1] == "still here"


def test_the_browser_is_asked_only_where_something_waits():
    app = open_page(run="mine")
    assert not asked(app)
    app = open_page()
    assert asked(app)
    assert not asked(let_the_browser_watch(app))


def asked(app):
    return json.loads(app.get("bidi_component")[0].proto.json)["asked"]


def page_with_more_to_add_at_first():
    import streamlit as st

    from ui.shared import address

    address.follow_visitor()
    if "next_page" not in st.session_state:
        address.add({"epochs": "200"})
    address.watch_history()


def test_what_waited_on_one_page_is_not_written_on_the_next(monkeypatch):
    app = AppTest.from_function(page_with_more_to_add_at_first).run()
    app.session_state["next_page"] = True
    monkeypatch.setattr(address, "_page", lambda: "another page")
    let_the_browser_watch(app)
    assert "epochs" not in app.query_params


def page_with_a_slider():
    import streamlit as st

    from ui.shared import address

    address.follow_visitor()
    st.text(f"at {address.get('at')}")
    st.button("Move", on_click=address.hold, args=({"at": "3"},))
    st.button("Other", on_click=address.put, args=({"run": "other"},))


def test_what_is_moved_past_is_shown_and_written_with_the_next_choice():
    app = AppTest.from_function(page_with_a_slider)
    app.query_params["at"] = "1"
    app.run()
    move, other = app.button
    move.click().run()
    assert texts(app) == ["at 3"]
    assert app.query_params["at"] in ("1", ["1"])
    other.click().run()
    assert texts(app) == ["at 3"]
    assert app.query_params["at"] in ("3", ["3"])
    assert app.query_params["run"] in ("other", ["other"])


def test_after_back_what_was_moved_past_is_forgotten(monkeypatch):
    app = AppTest.from_function(page_with_a_slider)
    app.query_params["at"] = "1"
    app.run()
    app.button[0].click().run()
    monkeypatch.setattr(address, "_came_back", lambda: True)
    app.run()
    assert texts(app) == ["at 1"]


def behind(app, **query):
    """Run the page as for a message that the browser sent before it had the newest address."""
    app.query_params.clear()
    app.query_params.update(query)
    return app.run()


def test_what_was_chosen_is_kept_against_a_message_with_the_address_from_before():
    app = open_page(run="mine", part="test")
    app.button[0].click().run()
    behind(app, run="mine", part="test")
    assert texts(app)[0] == "run other"
    behind(app, run="third", part="test")  # what never stood there before is the visitor's
    assert texts(app)[0] == "run third"


def test_what_such_a_message_writes_takes_nothing_out_of_the_address():
    app = open_page(run="mine")
    app.button[0].click().run()
    app.query_params.clear()
    app.query_params["run"] = "mine"
    app.button[1].click().run()
    assert app.query_params["run"] in ("other", ["other"])
    assert app.query_params["at"] in ("5", ["5"])


def test_after_a_moment_the_address_alone_counts(monkeypatch):
    app = open_page(run="mine")
    app.button[0].click().run()
    now = address.time.monotonic() + address.BEHIND_SECONDS + 1
    monkeypatch.setattr(address.time, "monotonic", lambda: now)
    assert texts(behind(app, run="mine"))[0] == "run mine"


def test_what_a_message_from_before_lacks_is_put_back_into_the_address():
    app = open_page(run="mine")
    app.button[1].click().run()
    behind(app, run="mine")
    assert app.query_params["at"] in ("5", ["5"])


def test_once_the_browser_has_what_was_chosen_the_address_from_before_is_back():
    app = open_page(run="mine", part="test")
    app.button[0].click().run()
    app.run()  # the browser sends run=other
    assert texts(behind(app, run="mine", part="test"))[0] == "run mine"
    assert app.query_params["run"] in ("mine", ["mine"])


def page_that_runs_again():
    import streamlit as st

    from ui.shared import address

    address.follow_visitor()
    st.text(f"run {address.get('run')}")
    for run in ("mine", "other"):
        st.button(run, on_click=address.put, args=({"run": run},))
    if st.button("third", on_click=address.put, args=({"run": "third"},)):
        st.rerun()


def test_a_run_that_the_page_asks_for_does_not_tell_what_the_browser_has():
    app = open_page(page_that_runs_again, run="mine")
    app.button[2].click().run()
    assert texts(app) == ["run third"]
    assert texts(behind(app, run="mine")) == ["run third"]
    assert texts(behind(app, run="mine")) == ["run third"]  # what was put back was not sent either


def test_what_had_been_there_before_is_kept_though_a_message_from_then_has_it():
    app = open_page(page_that_runs_again, run="mine")
    app.button[1].click().run()
    app.query_params["run"] = "mine"
    app.button[0].click().run()
    behind(app, run="mine")  # from before both clicks
    assert texts(behind(app, run="other")) == ["run mine"]  # from between them


def test_an_address_without_parameters_is_the_pages_own_entry_in_the_menu():
    app = open_page(page_with_a_slider, at="1")
    app.button[1].click().run()
    behind(app)
    assert not app.query_params


def test_an_address_without_parameters_may_be_from_before_where_there_were_none():
    app = open_page(page_with_a_slider)
    app.button[1].click().run()
    behind(app)
    assert app.query_params["run"] in ("other", ["other"])


def page_that_adds():
    import streamlit as st

    from ui.shared import address

    address.follow_visitor()
    st.text(f"at {address.get('at')}")
    st.button("Choose", on_click=address.put, args=({"at": "100"},))
    st.button("Add", on_click=address.add, args=({"at": "128"},))
    address.watch_history()


def test_what_waits_is_not_lost_to_what_was_chosen_before():
    app = open_page(page_that_adds, run="mine", at="1")
    app.button[0].click().run()
    app.query_params.clear()
    app.query_params.update(run="mine", at="1")
    app.button[1].click().run()
    assert texts(app) == ["at 128"]
    assert texts(behind(app, run="mine", at="1")) == ["at 128"]
    assert app.query_params["at"] in ("1", ["1"])
    let_the_browser_watch(app)
    assert app.query_params["at"] in ("128", ["128"])


@pytest.fixture
def told(monkeypatch):
    """The addresses that the browser is told."""
    told = []
    tell = QueryParams._send_query_param_msg
    monkeypatch.setattr(
        QueryParams, "_send_query_param_msg", lambda self: (told.append(str(self)), tell(self))
    )
    return told


def test_what_a_page_that_was_left_has_written_late_is_put_right(monkeypatch, told):
    app = open_page(page_with_a_slider, at="1")
    app.run()
    assert told == []
    monkeypatch.setattr(address, "_page", lambda: "another page")
    app.run()
    assert told == ["{'at': '1'}"]


def test_back_is_told_again_what_it_went_to(monkeypatch, told):
    app = open_page(page_with_a_slider, at="1")
    monkeypatch.setattr(address, "_came_back", lambda: True)
    app.run()
    assert told == ["{'at': '1'}"]


def test_what_was_pressed_before_back_writes_nothing_into_the_address_it_went_to(monkeypatch):
    app = open_page(page_with_a_slider, at="1")
    monkeypatch.setattr(address, "_came_back", lambda: True)
    app.button[1].click().run()
    assert "run" not in app.query_params


def test_what_was_pressed_on_a_page_that_was_left_writes_nothing_into_the_address_of_the_next():
    app = open_page(page_with_a_slider, at="1")
    app.session_state[address._PAGE] = "the page before"
    app.button[1].click().run()
    assert "run" not in app.query_params
    app.button[1].click().run()  # of the page that is here
    assert app.query_params["run"] in ("other", ["other"])
