"""The Draw page in a test: opening it, what it says and shows."""

import io
import json
import re
from pathlib import Path

from PIL import Image, ImageDraw
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from ui.draw.drawing import Drawing

APP = Path(__file__).resolve().parents[3] / "streamlit_app.py"


def line(x):
    """An upright stroke as the board sends it."""
    return {"type": "Path", "strokeWidth": 20, "path": [["M", x, 50], ["L", x, 250]]}


STROKES = [line(100), line(105)]


def draw_page(drawing=None, **query):
    app = AppTest.from_file(APP)
    app.switch_page("pages/draw.py")
    app.query_params.update(query)
    if drawing:
        app.session_state["drawing"] = drawing
    app.run()
    assert not app.exception
    return app


def a_drawing(strokes=STROKES):
    drawing = Drawing()
    drawing.receive(strokes)
    return drawing


def a_number():
    """Three digits."""
    return a_drawing([line(300), line(100), line(200)])


def picture(ink="white", paper="black"):
    image = Image.new("RGB", (200, 200), paper)
    ImageDraw.Draw(image).line([(100, 40), (100, 160)], fill=ink, width=16)
    content = io.BytesIO()
    image.save(content, format="png")
    return content.getvalue()


def upload(app, name, content, kind="image/png"):
    app.segmented_control(key="image_source").set_value("From a file").run()
    app.file_uploader[0].set_value((name, content, kind)).run()
    assert not app.exception
    return app


def words(app):
    return " ".join(element.value for element in [*app.markdown, *app.text])


def seen(app):
    """The HTML of the images: what the network sees, and the visitor's own picture."""
    return next(e.proto.body for e in app.get("html") if 'class="seen-image"' in e.proto.body)


def marks(app):
    """Text and left edge of each mark on the board."""
    html = next(e.proto.body for e in app.get("html") if 'class="board-marks"' in e.proto.body)
    found = re.findall(r"left:(\d+)px[^>]*><span>(.*?)</span>", html)
    return [(text, int(left)) for left, text in found]


def component(app, name):
    """The data that a component of ours is given."""
    element = next(e for e in app.get("bidi_component") if e.proto.component_name == name)
    return json.loads(element.proto.json)


def kept_by_tab(app, name):
    """What the page lets the browser keep under this name; None where it asks for it."""
    return next(data["text"] for _, data in _tab_memories(app) if data["name"] == name)


def recall(app, name, text):
    """Let the browser bring back what it kept under this name."""
    app._run(brought_back(app, {name: text}))
    assert not app.exception
    return app


def refuse(app, name, reason):
    """Let the browser tell that the upload widget refused a file."""
    states = app._tree.get_widget_states()
    for element in app.get("bidi_component"):
        if element.proto.component_name == "picture_upload":
            _trigger(states, element, "refused", {"name": name, "reason": reason})
    app._run(states)
    assert not app.exception
    return app


def brought_back(app, kept):
    """What the browser says as it brings back what it kept, texts by their names."""
    states = app._tree.get_widget_states()
    for element, data in _tab_memories(app):
        if data["name"] in kept:
            _trigger(states, element, "recalled", kept[data["name"]])
    return states


def _trigger(states, element, event, value):
    state = states.widgets.add(id=_make_trigger_id(element.proto.id, "events"))
    state.json_trigger_value = json.dumps([{"event": event, "value": value}])


def _tab_memories(app):
    for element in app.get("bidi_component"):
        if element.proto.component_name == "tab_memory":
            yield element, json.loads(element.proto.json)


def button(app, label):
    return next(button for button in app.button if button.label == label)
