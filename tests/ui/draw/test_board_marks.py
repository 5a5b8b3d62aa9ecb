"""Marks on the drawing board stand where the digits are."""

import re

from streamlit.testing.v1 import AppTest


def page(boxes, texts):
    from ui.draw.board_marks import board_marks

    board_marks(boxes, texts)


def marked(*boxes):
    app = AppTest.from_function(page, args=(boxes, ["<b>7"] * len(boxes))).run()
    assert not app.exception
    return app.get("html")[0].proto.body


def test_box_is_drawn_around_the_ink():
    html = marked((50, 100, 90, 250))
    left, top, width, height = map(int, re.findall(r"(?:left|top|width|height):(\d+)px", html)[-4:])
    assert 40 <= left < 50
    assert 90 <= top < 100
    assert 90 < left + width <= 100
    assert 250 < top + height <= 260


def test_text_is_no_html():
    assert "<b>" not in marked((50, 100, 90, 250))


def test_without_digits_there_is_no_mark():
    assert "<span>" not in marked()
