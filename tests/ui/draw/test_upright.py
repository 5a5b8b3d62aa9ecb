"""A picture of a number that lies on its side is turned; one that cannot be read is left alone."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image, ImageDraw
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

import nn
from ui.draw.picture import Picture, session_picture, take_up
from ui.draw.reading import read_apart, recognise
from ui.draw.upright import set_upright
from ui.figures.png import png

MODEL = Path(__file__).resolve().parents[3] / "models/small.safetensors"
SHAPES = {
    "7": [[(0, 0), (40, 0), (15, 70)]],
    "4": [[(28, 0), (0, 45), (45, 45)], [(34, 22), (34, 75)]],
    "2": [[(0, 14), (14, 0), (34, 8), (34, 26), (0, 70), (45, 70)]],
    "5": [[(40, 0), (5, 0), (3, 30), (30, 30), (40, 50), (25, 70), (0, 65)]],
}


@cache
def network() -> nn.Network:
    return nn.load(MODEL)


def kept(text: str, quarters: int, monkeypatch: pytest.MonkeyPatch) -> Picture:
    """What is kept of a picture of a number that is turned."""
    image = Image.new("RGB", (120 * len(text), 200), "white")
    for place, digit in enumerate(text):
        for stroke in SHAPES[digit]:
            line = [(40 + 120 * place + x, 60 + y) for x, y in stroke]
            ImageDraw.Draw(image).line(line, fill="black", width=7, joint="curve")
    file = png(Image.fromarray(np.rot90(np.asarray(image), quarters)))
    monkeypatch.setattr(st, "session_state", {})
    take_up(UploadedFile(UploadedFileRec("one", "number.png", "image/png", file), None))
    picture = session_picture()
    assert picture
    return picture


def text_of(picture: Picture) -> str:
    digits = read_apart(network(), picture.found_now(several=True).digits)
    best = recognise(network(), [digit.image for digit in digits]).probabilities.argmax(axis=1)
    return "".join(map(str, best))


@pytest.mark.parametrize("quarters", [0, 1, 3])
def test_it_is_read_however_it_lies(quarters: int, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = kept("74252", quarters, monkeypatch)
    assert set_upright(picture, network()) == (quarters > 0)
    assert text_of(picture) == "74252"
    # It is told again, and not turned again.
    assert set_upright(picture, network()) == (quarters > 0)
    assert text_of(picture) == "74252"


def test_it_is_turned_where_half_of_its_digits_are_read_on_their_side_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A 7 on its right side is read as a 4.
    picture = kept("77742", 3, monkeypatch)
    assert "444" in text_of(picture)
    assert set_upright(picture, network())
    assert text_of(picture) == "77742"


def test_a_visitor_turns_what_has_too_few_digits_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = kept("25", 1, monkeypatch)
    assert not set_upright(picture, network())
    for _ in range(3):
        picture.turn()
    assert text_of(picture) == "25"
