"""The Draw page: what it says before, during and after a drawing, and for every kind of model."""

import base64
import io
import json
import re

import numpy as np
import pytest
from PIL import Image, ImageDraw
from pillow_heif import register_heif_opener

import nn
from data.pictures.image_files import FORMATS
from nn.runs import RunWriter
from tests.ui.draw.draw_page import (
    STROKES,
    a_drawing,
    button,
    component,
    draw_page,
    picture,
    refuse,
    seen,
    upload,
    words,
)

pytestmark = pytest.mark.usefixtures("shipped")


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
    assert f"{100 * np.exp(5) / (np.exp(5) + 9):.1f}\xa0% sure" in words(app)
    assert "Draw a digit" not in words(app)


def test_answer_is_said_to_screen_readers(ship):
    ship(always="7")
    assert component(draw_page(), "announcement")["text"] == ""
    said = component(draw_page(a_drawing()), "announcement")["text"]
    assert said == f"7, {100 * np.exp(5) / (np.exp(5) + 9):.1f}\xa0% sure"


def test_one_is_told_that_the_network_must_choose(ship):
    ship()
    assert "must choose one of these" in draw_page().caption[0].value


def test_an_answer_that_may_well_be_wrong_is_not_called_sure(ship):
    ship(always="7", logit=3)
    app = draw_page(a_drawing())
    assert app.header[0].value == "7?"
    assert f"Not sure: {100 * np.exp(3) / (np.exp(3) + 9):.1f}\xa0%" in words(app)
    assert component(app, "announcement")["text"].startswith("7?, Not sure")


@pytest.mark.parametrize(("max_energy", "shown"), [(-4.0, "7"), (-5.2, "7?")])
def test_what_looks_stranger_than_the_training_is_hardly_a_digit(ship, max_energy, shown):
    ship(always="7", max_energy=max_energy)  # the energy is -log(e⁵ + 9), -5.06
    app = draw_page(a_drawing())
    assert app.header[0].value == shown
    assert ("Hardly a digit. If it is one: 7" in words(app)) == (shown == "7?")
    assert "calibrated on images kept back" in app.caption[0].value
    assert "On images like these" in app.caption[0].value


def test_a_wrong_answer_can_be_corrected_and_the_chart_follows(ship, monkeypatch):
    monkeypatch.setattr("ui.draw.lessons.SECONDS", 20)  # it ends when it has learned
    ship(always="7", logit=0.1)
    app = draw_page(a_drawing())
    next(g for g in app.get("button_group") if g.label == "What is it?").set_value(1).run()
    button(app, "Learn it").click().run()
    assert not app.exception
    assert "own copy" in words(app)
    assert app.header[0].value.rstrip("?") == "1"
    bars = json.loads(component(app, "live_chart")["figure"])["data"][0]["x"]
    assert int(np.argmax(bars)) == 1
    assert "not been calibrated" in app.caption[0].value
    assert app.selectbox[0].options[0].startswith("default, taught 1 digit by you · ")
    button(app, "Forget what it learned").click().run()
    assert app.header[0].value == "7?"
    assert app.selectbox[0].options[0].startswith("default · ")


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
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/draw.py").run()
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
    register_heif_opener()
    app = draw_page()
    app.segmented_control(key="image_source").set_value("From a file").run()
    offered = {Image.registered_extensions()[kind] for kind in app.file_uploader[0].proto.type}
    assert offered == set(FORMATS)


def test_file_that_is_no_picture_is_refused_in_words(ship):
    ship()
    app = upload(draw_page(), "seven.png", b"no picture at all")
    assert "not a picture" in app.error[0].value
    assert not app.header


def test_a_file_that_is_refused_leaves_nothing_of_the_picture_before(ship):
    ship(always="7")
    app = upload(draw_page(), "seven.png", picture("blue", "yellow"))
    assert app.header[0].value == "7"
    app = upload(app, "photo.heic", b"no picture at all", "image/heic")
    assert app.error
    assert not app.header
    assert "<img" not in seen(app)


def test_empty_picture_is_refused_in_words(ship):
    ship()
    app = upload(draw_page(), "empty.png", picture("white", "white"))
    assert "nothing on this picture" in app.warning[0].value
    assert not app.header
    assert "Choose another picture" in " ".join(one.value for one in app.markdown)


@pytest.mark.parametrize(
    ("grain", "words"), [(0, "nothing on this picture"), (9, "stands out"), (60, "too much")]
)
def test_picture_without_a_digit_says_what_would_help(ship, grain, words):
    """Paper lit from one side, with more and more grain."""
    ship()
    rng = np.random.default_rng(0)
    light = np.linspace(200, 150, 300)[:, None]
    grey = np.clip(light + rng.normal(0, grain, (300, 300)), 0, 255).astype(np.uint8)
    content = io.BytesIO()
    Image.fromarray(grey).save(content, format="png")
    app = upload(draw_page(), "paper.png", content.getvalue())
    assert words in app.warning[0].value
    assert not app.header


def test_picture_is_read_once_and_not_with_every_click(ship, monkeypatch):
    ship(always="7")
    app = upload(draw_page(), "seven.png", picture())
    shown = seen(app)
    with monkeypatch.context() as reading_fails:
        reading_fails.setattr("data.read_image", None)
        app.run()
        assert not app.exception
        assert (app.header[0].value, seen(app)) == ("7", shown)
    app.file_uploader[0].set_value(("empty.png", picture("white", "white"), "image/png")).run()
    assert "nothing on this picture" in app.warning[0].value
    assert not app.header


def test_digit_that_was_found_on_a_picture_is_framed(ship):
    ship()
    page = seen(upload(draw_page(), "seven.png", picture("black", "white")))
    shown = re.search(r'class="yours" src="data:image/png;base64,([^"]+)"', page)
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(shown[1]))).convert("RGB"))
    coloured = np.ptp(pixels.astype(int), axis=2) > 50
    rows, columns = np.nonzero(coloured)
    # The stroke goes from (92, 40) to (108, 160).
    assert not coloured[40:160, 93:107].any()
    assert rows.min() < 40
    assert rows.max() > 160
    assert columns.min() < 92
    assert columns.max() > 108


def test_a_part_of_a_picture_is_read_like_a_picture(ship):
    ship(always="7")
    image = Image.new("RGB", (300, 200), "white")
    for x in (100, 200):
        ImageDraw.Draw(image).line([(x, 40), (x, 160)], fill="black", width=16)
    content = io.BytesIO()
    image.save(content, format="png")
    app = upload(draw_page(), "two.png", content.getvalue())
    assert app.header[0].value == "77"
    marks = component(app, "picture_part")["marks"]
    np.testing.assert_allclose(
        [mark[:4] for mark in marks],
        [(92 / 300, 40 / 200, 109 / 300, 161 / 200), (192 / 300, 40 / 200, 209 / 300, 161 / 200)],
        atol=0.01,
    )
    assert [mark[4] for mark in marks] == ["7", "7"]
    assert button(app, "Whole picture").disabled

    app.session_state["picture_found"].choose((0.5, 0.0, 1.0, 1.0))
    app.run()
    assert app.header[0].value == "7"
    assert component(app, "picture_part")["part"] == [0.5, 0.0, 1.0, 1.0]
    app.session_state["picture_found"].choose((0.8, 0.0, 1.0, 1.0))
    app.run()
    assert not app.header
    assert "in this part of the picture" in app.warning[0].value
    button(app, "Whole picture").click().run()
    assert app.header[0].value == "77"


def test_what_was_left_out_of_a_picture_is_told_and_framed(ship):
    ship(always="7")
    image = Image.new("RGB", (600, 400), "white")
    for box in ((100, 150, 160, 250), (400, -40, 460, 60)):
        ImageDraw.Draw(image).ellipse(box, outline="black", width=10)
    content = io.BytesIO()
    image.save(content, format="png")
    app = upload(draw_page(), "cut.png", content.getvalue())
    assert app.header[0].value == "7"
    (left_out,) = component(app, "picture_part")["leftOut"]
    np.testing.assert_allclose(left_out, (400 / 600, 0, 461 / 600, 61 / 400), atol=0.01)
    assert "was left out: it has a dashed frame" in app.warning[0].value


def test_every_control_explains_itself(ship):
    ship()
    app = draw_page()
    for control in [*app.button, *app.slider, *app.selectbox, *app.segmented_control]:
        assert control.help, control.label


def test_a_file_that_the_server_has_no_room_for_is_refused_in_words(ship):
    ship()
    app = upload(draw_page(), "seven.png", picture())
    refuse(app, "seven.png", "Request failed with status code 503")
    assert "**seven.png** cannot be used: the server is busy" in app.error[0].value
