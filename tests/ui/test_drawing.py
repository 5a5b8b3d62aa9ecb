"""A session's drawing: strokes come and go, the image follows; pictures; the network's answer."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

import nn
from ui.drawing import Drawing, image_of_picture, recognise
from ui.verdict import verdict

STROKES = [{"type": "Path", "path": [["M", index, 0], ["L", index, 9]]} for index in range(3)]


def png(draw_something: bool = True, kind: str = "png") -> bytes:
    picture = Image.new("RGB", (320, 320), "#11161f")
    if draw_something:
        ImageDraw.Draw(picture).line([(160, 60), (160, 260)], fill="#f8fafc", width=22)
    content = io.BytesIO()
    picture.save(content, format=kind)
    return content.getvalue()


@pytest.fixture
def drawing() -> Drawing:
    drawing = Drawing()
    drawing.receive(STROKES, png())
    return drawing


def test_a_stroke_becomes_the_image_the_network_sees(drawing):
    assert drawing.image.shape == (28, 28)
    assert drawing.image.dtype == np.float32
    assert drawing.image[14, 14] > 0.8
    assert drawing.image[:, :4].max() == 0


def test_board_is_not_told_to_load_while_someone_draws(drawing):
    before = drawing.shown, drawing.revision
    drawing.receive([*STROKES, STROKES[0]], png())
    assert (drawing.shown, drawing.revision) == before


def test_undo_takes_the_last_stroke_from_the_board(drawing):
    drawing.undo()
    assert drawing.shown == drawing.strokes == STROKES[:2]
    assert drawing.image is not None


def test_undo_of_the_only_stroke_leaves_nothing_to_recognise(drawing):
    for _ in STROKES:
        drawing.undo()
    assert drawing.strokes == []
    assert drawing.image is None
    drawing.undo()
    assert drawing.strokes == []


def test_clearing_twice_makes_the_board_load_twice(drawing):
    drawing.clear()
    first = drawing.revision
    drawing.receive(STROKES, png())
    drawing.clear()
    assert drawing.shown == []
    assert drawing.revision > first
    assert drawing.image is None


def test_a_new_board_begins_with_the_strokes_made_so_far(drawing):
    drawing.show_again()
    assert drawing.shown == STROKES
    assert drawing.image is not None


def test_an_emptied_board_has_no_image(drawing):
    drawing.receive([], png(draw_something=False))
    assert drawing.image is None


@pytest.mark.parametrize("kind", ["png", "jpeg", "bmp", "webp"])
def test_picture_files_are_read(kind):
    image = image_of_picture(png(kind=kind))
    assert image.shape == (28, 28)
    assert image.max() > 0.8


def test_an_empty_picture_shows_nothing():
    assert image_of_picture(png(draw_something=False)) is None


def test_other_files_are_refused_in_words():
    with pytest.raises(ValueError, match="not a picture"):
        image_of_picture(b"PK\x03\x04 this is no picture")


def test_recognition_gives_one_probability_per_class():
    network = nn.Network.mlp([784, 16, 26])
    probabilities = recognise(network, np.zeros((28, 28), np.float32))
    assert probabilities.shape == (26,)
    assert probabilities.sum() == pytest.approx(1, abs=1e-5)


def test_network_is_never_said_to_be_certain():
    network = nn.Network.mlp([784, 2])
    network.parameters[:] = 0
    network.named_parameters()["0.bias"][:] = [0, 100]
    probabilities = recognise(network, np.zeros((28, 28), np.float32))
    assert verdict(probabilities[np.newaxis], ["a", "b"]) == ("b", ">99.9 % sure")


def test_network_for_other_images_is_refused_in_words():
    network = nn.Network.mlp([64, 16, 10])
    with pytest.raises(ValueError, match="64 numbers and not the 784"):
        recognise(network, np.zeros((28, 28), np.float32))
