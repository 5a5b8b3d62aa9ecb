"""After a reload an uploaded picture is there again: the browser brings it back."""

import base64
import io
import json

import pytest
from PIL import Image, ImageDraw

from tests.ui.draw.draw_page import (
    a_drawing,
    button,
    component,
    draw_page,
    kept_by_tab,
    picture,
    recall,
    refuse,
    seen,
    upload,
    words,
)

NAME = "kept_picture"


def kept(app):
    return kept_by_tab(app, NAME)


def reload(text):
    """A new visit in a tab that has kept this."""
    app = draw_page()
    assert kept(app) is None
    return recall(app, NAME, text)


def two_digits():
    image = Image.new("RGB", (300, 200), "white")
    for x in (100, 200):
        ImageDraw.Draw(image).line([(x, 40), (x, 160)], fill="black", width=16)
    content = io.BytesIO()
    image.save(content, format="png")
    return content.getvalue()


def source(app):
    return app.segmented_control(key="image_source").value


def test_the_picture_and_its_part_are_there_again(ship):
    ship(always="7")
    app = upload(draw_page(), "two.png", two_digits())
    app.session_state["picture_found"].choose((0.5, 0.0, 1.0, 1.0))
    app.run()
    before = kept(app)
    app = reload(before)
    assert source(app) == "From a file"
    assert app.header[0].value == "7"
    assert component(app, "picture_part")["part"] == [0.5, 0.0, 1.0, 1.0]
    assert "your picture from before" in words(app)
    assert kept(app) == before
    button(app, "Whole picture").click().run()
    assert app.header[0].value == "77"


def test_it_can_be_removed_and_is_forgotten_by_the_browser_too(ship):
    ship(always="7")
    app = reload(kept(upload(draw_page(), "seven.png", picture())))
    button(app, "Remove").click().run()
    assert not app.header
    assert "Choose a picture" in words(app)
    assert json.loads(kept(app))["file"] == ""
    app = reload(kept(app))
    assert source(app) == "From a file"
    assert not app.header


def test_another_picture_takes_its_place(ship):
    ship(always="7")
    app = reload(kept(upload(draw_page(), "seven.png", picture())))
    upload(app, "two.png", two_digits())
    assert app.header[0].value == "77"
    assert "your picture from before" not in words(app)


def test_a_picture_taken_away_is_forgotten_by_the_browser_too(ship):
    ship(always="7")
    app = upload(draw_page(), "seven.png", picture())
    assert json.loads(kept(app))["file"]
    app.file_uploader[0].set_value(None).run()  # by the widget's own cross
    assert not app.header
    assert "your picture from before" not in words(app)
    assert json.loads(kept(app))["file"] == ""


def test_what_the_browser_brings_late_does_not_replace_an_upload(ship):
    ship(always="7")
    text = kept(upload(draw_page(), "seven.png", picture()))
    app = recall(upload(draw_page(), "two.png", two_digits()), NAME, text)
    assert app.header[0].value == "77"
    assert json.loads(kept(app))["file"] != json.loads(text)["file"]


def test_what_the_visitor_turned_back_is_not_turned_again(ship):
    ship(always="7")
    app = upload(draw_page(), "two.png", two_digits())
    button(app, "Turn").click().run()
    turned = component(app, "picture_part")["source"]
    app = reload(kept(app))
    assert component(app, "picture_part")["source"] == turned
    assert app.session_state["picture_found"].is_looked_at


def test_it_is_kept_while_one_draws_and_shown_when_one_comes_back(ship):
    ship(always="7")
    app = upload(draw_page(a_drawing()), "two.png", two_digits())
    app.segmented_control(key="image_source").set_value("By hand").run()
    assert app.header[0].value == "7"
    app = reload(kept(app))
    assert source(app) == "By hand"
    app.segmented_control(key="image_source").set_value("From a file").run()
    assert app.header[0].value == "77"


def test_it_is_kept_before_it_was_read(ship, monkeypatch):
    """So that it is there again after a reload meanwhile, too."""
    ship(always="7")
    app = draw_page()
    app.segmented_control(key="image_source").set_value("From a file").run()
    with monkeypatch.context() as patch:
        patch.setattr("data.find_digits", None)  # the page gets no further
        app.file_uploader[0].set_value(("two.png", two_digits(), "image/png")).run()
        assert app.exception
    app = reload(kept(app))
    assert app.header[0].value == "77"


def test_a_large_photo_is_read_the_same_again(ship):
    """The smaller copy is what is read in the first place."""
    ship(always="7")
    photo = Image.new("RGB", (1900, 1200), "white")
    ImageDraw.Draw(photo).line([(903, 311), (1017, 888)], fill="black", width=77)
    photo.paste(Image.effect_noise((1900, 300), 40), (0, 900))
    content = io.BytesIO()
    photo.save(content, format="jpeg")
    app = upload(draw_page(), "photo.jpg", content.getvalue(), "image/jpeg")
    assert seen(reload(kept(app))) == seen(app)


def test_that_a_file_was_refused_is_said_again(ship):
    ship(always="7")
    app = upload(draw_page(), "seven.png", picture())
    app = reload(kept(upload(app, "seven.heic", b"no picture at all", "image/heic")))
    assert source(app) == "From a file"
    assert not app.header
    assert "**seven.heic** cannot be used: the file is not a picture" in app.error[0].value
    app = reload(kept(refuse(app, "notes.txt", "text/plain files are not allowed.")))
    assert "**notes.txt** cannot be used: text/plain files" in app.error[0].value
    upload(app, "two.png", two_digits())
    assert not app.error
    assert json.loads(kept(app))["refused"] is None


def test_a_visitor_who_only_draws_lets_the_browser_keep_no_picture(ship):
    ship(always="7")
    assert kept(draw_page(a_drawing())) is None


def text_with(**changes):
    kept = {
        "file": base64.b64encode(picture()).decode(),
        "part": None,
        "is_looked_at": True,
        "is_set_upright": False,
        "refused": None,
        "is_source": True,
    }
    return json.dumps(kept | changes)


def large():
    content = io.BytesIO()
    Image.new("L", (1200, 10)).save(content, format="png")
    return content.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[" * 100_000,
        "[]",
        "{}",
        text_with(file="!"),
        text_with(file=7),
        text_with(file=base64.b64encode(b"no picture").decode()),
        text_with(file=base64.b64encode(large()).decode()),
        text_with(file="AAAA" * 600_000),
        text_with(file="", refused="no"),
        text_with(file="", refused=[{}, 7, None]),
    ],
)
def test_what_cannot_be_used_is_left_out(ship, text):
    ship(always="7")
    app = reload(text)
    assert not app.header
    app.segmented_control(key="image_source").set_value("From a file").run()
    assert not app.exception
    assert not app.header


@pytest.mark.parametrize("part", ["all", [0.9, 0, 0.1, 1], {"left": 0}])
def test_a_part_that_is_none_is_all_of_it(ship, part):
    ship(always="7")
    app = reload(text_with(part=part))
    assert app.header[0].value == "7"
    assert component(app, "picture_part")["part"] is None
