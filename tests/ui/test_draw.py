"""The Draw page: what it says before, during and after a drawing, and for every kind of model."""

import base64
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

import nn
from data.image_files import FORMATS
from nn.runs import RunWriter
from ui import models
from ui.drawing import Drawing

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"


def line(x):
    """An upright stroke as the board sends it."""
    return {"type": "Path", "strokeWidth": 20, "path": [["M", x, 50], ["L", x, 250]]}


STROKES = [line(100), line(105)]


@pytest.fixture(autouse=True)
def shipped(tmp_path, monkeypatch):
    """An empty folder for shipped models, and no runs."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr(models, "SHIPPED_FOLDER", folder)
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path / "runs"))
    st.cache_resource.clear()
    return folder


@pytest.fixture
def ship(shipped):
    def save(name="default", labels="0123456789", always=None, inputs=784, logit=5, **options):
        """Save a model; with `always` it gives this label whatever it is shown."""
        metadata = {"dataset": "mnist", "labels": json.dumps(list(labels))}
        network = nn.Network.mlp([inputs, len(labels)], metadata=metadata, **options)
        if always is not None:
            network.parameters[:] = 0
            network.named_parameters()["0.bias"][list(labels).index(always)] = logit
        nn.save(network, shipped / f"{name}.safetensors")

    return save


def draw_page(drawing=None, **query):
    app = AppTest.from_file(APP, default_timeout=30)
    app.switch_page("app_pages/draw.py")
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


def button(app, label):
    return next(button for button in app.button if button.label == label)


def test_empty_board_says_what_to_do(ship):
    ship()
    app = draw_page()
    assert "Draw a digit from 0 to 9, or a number" in words(app)
    assert not app.header
    assert button(app, "Undo").disabled
    assert button(app, "Clear").disabled


def test_drawing_is_answered_with_label_and_probability(ship):
    ship(always="7")
    app = draw_page(a_drawing())
    assert app.header[0].value == "7"
    # softmax of one logit of 5 and nine of 0
    assert f"{100 * np.exp(5) / (np.exp(5) + 9):.1f} % sure" in words(app)
    assert "Draw a digit" not in words(app)


def test_answer_is_said_to_screen_readers(ship):
    ship(always="7")
    assert component(draw_page(), "announcement")["text"] == ""
    said = component(draw_page(a_drawing()), "announcement")["text"]
    assert said == f"7, {100 * np.exp(5) / (np.exp(5) + 9):.1f} % sure"


def test_number_is_answered_as_one(ship):
    ship(always="7")
    app = draw_page(a_number())
    assert [header.value for header in app.header] == ["777"]
    # All three must be right, each as sure as a single one.
    sure = f"777, {100 * (np.exp(5) / (np.exp(5) + 9)) ** 3:.1f} % sure"
    assert sure.split(", ")[1] in words(app)
    assert component(app, "announcement")["text"] == sure
    assert component(app, "live_chart")["alt"].endswith(f"with a row for each digit: {sure}")


def test_every_digit_of_a_number_is_explained(ship):
    ship(always="7")
    app = draw_page(a_number())
    chart = json.loads(component(app, "live_chart")["figure"])
    assert np.shape(chart["data"][0]["z"]) == (3, 10)
    assert seen(app).count('alt="Digit ') == seen(app).count("<figcaption>7<") == 3
    assert marks(app) == [("7", left) for left in (86, 186, 286)]


def test_single_digit_has_no_marks(ship):
    ship(always="7")
    assert marks(draw_page(a_drawing())) == []


@pytest.mark.parametrize("labels", ["ABCDEFGHIJ", "01234"])
def test_other_models_read_all_strokes_as_one(ship, labels):
    ship(labels=labels, always=labels[4])
    app = draw_page(a_number())
    assert app.header[0].value == labels[4]
    assert "or a number" not in words(draw_page())
    assert seen(app).count("<img") == 1
    assert marks(app) == []


def test_one_is_told_that_the_network_must_choose(ship):
    ship()
    assert "must choose one of these" in draw_page().caption[0].value


def test_an_answer_that_may_well_be_wrong_is_not_called_sure(ship):
    ship(always="7", logit=3)
    app = draw_page(a_drawing())
    assert app.header[0].value == "7?"
    assert f"Not sure: {100 * np.exp(3) / (np.exp(3) + 9):.1f} %" in words(app)
    assert component(app, "announcement")["text"].startswith("7?, Not sure")


@pytest.mark.parametrize(("max_energy", "shown"), [(-4.0, "7"), (-6.0, "?")])
def test_what_looks_stranger_than_the_training_is_hardly_a_digit(ship, max_energy, shown):
    ship(always="7", max_energy=max_energy)  # the energy is -log(e⁵ + 9), -5.06
    app = draw_page(a_drawing())
    assert app.header[0].value == shown
    assert ("Hardly a digit. If it is one: 7" in words(app)) == (shown == "?")
    assert "calibrated on images kept back" in app.caption[0].value


def test_a_wrong_answer_can_be_corrected_and_the_chart_follows(ship):
    ship(always="7", logit=0.1)
    app = draw_page(a_drawing())
    next(g for g in app.get("button_group") if g.label == "What is it?").set_value(1).run()
    button(app, "Learn it").click().run()
    assert not app.exception
    assert "own copy" in words(app)
    assert app.header[0].value.rstrip("?") == "1"
    bars = json.loads(component(app, "live_chart")["figure"])["data"][0]["x"]
    assert int(np.argmax(bars)) == 1
    button(app, "Forget what it learned").click().run()
    assert app.header[0].value == "7?"


def test_what_the_network_sees_is_empty_until_there_is_a_drawing(ship):
    ship()
    assert "Still empty" in seen(draw_page())
    assert "<img" not in seen(draw_page())
    drawn = seen(draw_page(a_drawing()))
    assert "Still empty" not in drawn
    assert drawn.count("<img") == 1


def test_without_a_pointer_one_is_told_to_choose_a_file(ship):
    ship()
    app = draw_page()
    assert "choose **From a file**" in words(app)
    assert "choose “From a file”" in component(app, "drawing_board")["label"]


def test_clear_empties_the_board(ship):
    ship(always="7")
    app = draw_page(a_drawing())
    button(app, "Clear").click().run()
    assert not app.header
    assert "Draw a digit" in words(app)
    assert app.session_state["drawing"].shown == []


def test_undo_leaves_the_earlier_strokes(ship):
    ship(always="7")
    app = draw_page(a_drawing())
    button(app, "Undo").click().run()
    assert app.session_state["drawing"].shown == STROKES[:1]
    button(app, "Undo").click().run()
    assert "Draw a digit" in words(app)


def test_drawing_is_still_there_after_another_page(ship):
    ship(always="7")
    app = draw_page(a_drawing())
    app.switch_page("app_pages/home.py").run()
    app.switch_page("app_pages/draw.py").run()
    assert app.header[0].value == "7"
    assert app.session_state["drawing"].shown == STROKES


def test_pen_width_keeps_the_drawing(ship):
    ship(always="7")
    app = draw_page(a_drawing())
    app.slider[0].set_value(12).run()
    assert app.header[0].value == "7"
    assert app.session_state["drawing"].revision == 0


def test_letters_are_answered_with_letters(ship):
    ship(labels="ABCDEF", always="E")
    assert "a character from A to F" in words(draw_page())
    assert draw_page(a_drawing()).header[0].value == "E"


def test_named_classes_are_in_the_chart(ship):
    ship(labels=["Trouser", "Bag"])
    assert "one of the chart’s classes" in words(draw_page())


def test_another_model_can_be_chosen(ship):
    ship(always="7")
    ship("second", always="2")
    app = draw_page(a_drawing(), model="second")
    assert app.header[0].value == "2"
    app.selectbox[0].set_value("default").run()
    assert app.header[0].value == "7"


def test_unknown_model_in_the_url_gives_a_notice(ship):
    ship(always="7")
    app = draw_page(a_drawing(), model="lost")
    assert "lost" in app.warning[0].value
    assert app.header[0].value == "7"


@pytest.mark.parametrize("drawing", [None, a_drawing()])
def test_model_for_other_images_is_refused_in_words(ship, drawing):
    ship(inputs=64)
    app = draw_page(drawing)
    assert "64 numbers and not the 784" in app.error[0].value


def test_damaged_model_of_a_run_is_refused_in_words(tmp_path):
    folder = tmp_path / "runs" / "run-a"
    with RunWriter(folder, nn.TrainingConfig().to_dict()):
        (folder / "model.safetensors").write_bytes(b"cut off")
    app = draw_page(a_drawing())
    assert "cannot be used" in app.error[0].value
    assert not app.header


def test_without_any_model_one_is_told_to_train():
    app = draw_page()
    assert app.title[0].value == "Draw"
    assert "Train" in app.info[0].value


@pytest.mark.parametrize(("ink", "paper"), [("white", "black"), ("black", "white")])
def test_picture_from_a_file_is_answered(ship, ink, paper):
    ship(always="7")
    app = upload(draw_page(), "seven.png", picture(ink, paper))
    assert app.header[0].value == "7"


def test_picture_from_a_file_is_shown_beside_what_the_network_sees(ship):
    ship()
    images = re.findall(
        r'<img class="(\w+)" src="data:image/png;base64,([^"]+)"',
        seen(upload(draw_page(), "seven.png", picture("blue", "yellow"))),
    )
    assert [name for name, _ in images] == ["yours", "seen"]
    shown = Image.open(io.BytesIO(base64.b64decode(images[0][1]))).convert("RGB")
    assert shown.getpixel((10, 10)) == (255, 255, 0)
    assert shown.getpixel((100, 100)) == (0, 0, 255)


def test_every_format_that_can_be_read_can_be_chosen(ship):
    ship()
    app = draw_page()
    app.segmented_control(key="image_source").set_value("From a file").run()
    offered = {Image.registered_extensions()[kind] for kind in app.file_uploader[0].proto.type}
    assert offered == set(FORMATS)


def test_file_that_is_no_picture_is_refused_in_words(ship):
    ship()
    app = upload(draw_page(), "seven.png", b"no picture at all")
    assert "not a picture" in app.error[0].value
    assert not app.header


def test_empty_picture_is_refused_in_words(ship):
    ship()
    app = upload(draw_page(), "empty.png", picture("white", "white"))
    assert "nothing on this picture" in app.warning[0].value
    assert not app.header


def test_every_control_explains_itself(ship):
    ship()
    app = draw_page()
    for control in [*app.button, *app.slider, *app.selectbox, *app.segmented_control]:
        assert control.help, control.label
