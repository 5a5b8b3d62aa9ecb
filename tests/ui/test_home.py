"""The home page, inside the app."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

PROJECT = Path(__file__).resolve().parents[2]


def test_home_says_what_this_is_and_where_to_go():
    app = AppTest.from_file(str(PROJECT / "streamlit_app.py")).run()
    assert not app.exception
    assert "neural network" in app.title[0].value
    links = app.get("page_link")
    assert [link.proto.page for link in links] == [
        *("draw", "train", "evaluate", "inside", "playground", "how_it_works"),
    ]
    assert all(link.proto.label for link in links)
    frames = [html for html in app.get("html") if "st-key-action_link_" in html.proto.body]
    assert len(frames) == len(links)


def test_home_calls_the_button_of_train_by_its_name():
    app = AppTest.from_file(str(PROJECT / "streamlit_app.py")).run()
    first = next(text.value for text in app.markdown if text.value.startswith("Choose a network"))
    named = first.split("**")[1]
    app.switch_page("pages/train.py").run()
    assert named in [button.label for button in app.button]


def test_picture_says_what_it_shows():
    app = AppTest.from_file(str(PROJECT / "streamlit_app.py")).run()
    components = [e for e in app.main if e.type == "bidi_component"]
    picture = next(e for e in components if e.proto.component_name == "network_picture")
    assert "<title" in picture.proto.html_content
    assert 'role="img"' in picture.proto.html_content
