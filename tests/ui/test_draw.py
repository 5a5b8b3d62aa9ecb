"""The Draw page: what it says before, during and after a drawing, and for every kind of model."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

import nn
from nn.runs import RunWriter
from ui import models
from ui.drawing import Drawing

APP = Path(__file__).resolve().parents[2] / "streamlit_app.py"
STROKES = [{"type": "Path"}, {"type": "Path"}]


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
    def save(name="default", labels="0123456789", always=None, inputs=784):
        """Save a model; with `always` it gives this label whatever it is shown."""
        metadata = {"dataset": "mnist", "labels": json.dumps(list(labels))}
        network = nn.Network.mlp([inputs, len(labels)], metadata=metadata)
        if always is not None:
            network.parameters[:] = 0
            network.named_parameters()["0.bias"][list(labels).index(always)] = 3
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


def a_drawing():
    drawing = Drawing()
    drawing.receive(STROKES, picture())
    return drawing


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


def button(app, label):
    return next(button for button in app.button if button.label == label)


def test_empty_board_says_what_to_do(ship):
    ship()
    app = draw_page()
    assert "Draw a digit from 0 to 9" in words(app)
    assert not app.header
    assert button(app, "Undo").disabled
    assert button(app, "Clear").disabled


def test_drawing_is_answered_with_label_and_probability(ship):
    ship(always="7")
    app = draw_page(a_drawing())
    assert app.header[0].value == "7"
    # softmax of one logit of 3 and nine of 0
    assert f"{100 * np.exp(3) / (np.exp(3) + 9):.1f} % sure" in words(app)
    assert "Draw a digit" not in words(app)


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
