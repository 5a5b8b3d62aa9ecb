"""After a reload drawing and lessons are there again: the browser brings them back."""

import base64
import json

import numpy as np
import pytest

from nn.training import fine_tune
from tests.ui.draw.draw_page import (
    STROKES,
    a_drawing,
    a_number,
    button,
    draw_page,
    kept_by_tab,
    line,
    recall,
    words,
)

NAME = "drawing_and_lessons"


@pytest.fixture(autouse=True)
def time_to_learn(monkeypatch):
    """A lesson ends when it has been learned, however busy the computer is; which is soon."""
    monkeypatch.setattr("ui.draw.lessons.SECONDS", 20)
    monkeypatch.setattr(fine_tune, "LEARNING_RATE", 0.01)


def kept(app):
    """What the page lets the browser keep."""
    return kept_by_tab(app, NAME)


def reload(text, **query):
    """A new visit in a tab that has kept this."""
    app = draw_page(**query)
    assert kept(app) is None
    return recall(app, NAME, text)


def teach(app, label):
    next(g for g in app.get("button_group") if g.label == "What is it?").set_value(label).run()
    button(app, "Learn it").click().run()
    assert not app.exception
    return app


def test_the_drawing_is_there_again(ship):
    ship(always="7")
    app = reload(kept(draw_page(a_drawing())))
    assert app.header[0].value == "7"
    assert app.session_state["drawing"].shown == STROKES
    assert json.loads(kept(app))["strokes"] == STROKES
    button(app, "Clear").click().run()
    assert json.loads(kept(app))["strokes"] == []


def test_what_the_browser_brings_late_does_not_replace_a_drawing(ship):
    ship(always="7")
    text = kept(draw_page(a_number()))
    app = recall(draw_page(a_drawing()), NAME, text)
    assert app.header[0].value == "7"
    assert json.loads(kept(app))["strokes"] == STROKES


def test_lessons_are_learned_again(ship):
    ship(always="7", logit=0.1)
    before = teach(draw_page(a_drawing()), 1)
    app = reload(kept(before))
    assert "you taught it 1 drawing" in words(app)
    assert app.header[0].value == before.header[0].value
    assert kept(app) == kept(before)


def test_lessons_wait_for_the_model_they_were_given_to(ship):
    ship(always="7", logit=0.1)
    ship("other", always="4")
    text = kept(teach(draw_page(a_drawing()), 1))
    app = reload(text, model="other")
    assert "own copy" not in words(app)
    lessons = json.loads(text)["lessons"]
    assert json.loads(kept(app))["lessons"] == lessons  # the browser goes on to keep them
    app.selectbox[0].select("default").run()
    assert "you taught it 1 drawing" in words(app)


def test_lessons_that_cannot_be_learned_now_wait_and_are_told(ship, monkeypatch):
    ship(always="7", logit=0.1)
    text = kept(teach(draw_page(a_drawing()), 1))
    with monkeypatch.context() as patch:
        patch.setattr("ui.draw.lessons.rehearsal_dataset", lambda choice, network: None)
        app = reload(text)
        assert "cannot be learned again right now" in app.warning[0].value
        assert "own copy" not in words(app)
        assert json.loads(kept(app))["lessons"] == json.loads(text)["lessons"]
    app.run()
    assert not app.warning
    assert "you taught it 1 drawing" in words(app)


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[" * 100_000,
        json.dumps({"strokes": [line(100)] * 30_000, "lessons": None}),
        "[]",
        "{}",
        json.dumps({"strokes": "ink", "lessons": 7}),
        json.dumps({"strokes": [7], "lessons": {"model": "default", "images": "!", "labels": [1]}}),
        json.dumps(
            {"strokes": [], "lessons": {"model": "default", "images": "AAAA", "labels": [-1]}}
        ),
        json.dumps({"strokes": [], "lessons": {"model": [], "images": "", "labels": []}}),
    ],
)
def test_what_cannot_be_used_is_left_out(ship, text):
    ship(always="7")
    app = reload(text)
    assert not app.header
    assert "own copy" not in words(app)


def test_a_label_that_the_model_does_not_have_is_left_out(ship):
    ship(always="7")
    images = np.zeros((1, 28, 28), np.uint8)
    text = kept(draw_page(a_drawing()))
    lessons = {
        "model": "default",
        "images": base64.b64encode(images.tobytes()).decode(),
        "labels": [12],
    }
    app = reload(json.dumps(json.loads(text) | {"lessons": lessons}))
    assert app.header[0].value == "7"
    assert "own copy" not in words(app)
