"""A session's drawing: strokes come and go, and what is written is found in them."""

import numpy as np
import pytest

from ui.drawing import Drawing


def stroke(*points):
    """A Fabric.js path of lines, as the board sends it."""
    path = [["M", *points[0]], *(["L", *point] for point in points[1:])]
    return {"type": "Path", "strokeWidth": 20, "path": path}


STROKES = [stroke((100 + 40 * index, 50), (100 + 40 * index, 250)) for index in range(3)]


@pytest.fixture
def drawing() -> Drawing:
    drawing = Drawing()
    drawing.receive(STROKES)
    return drawing


def test_a_stroke_becomes_the_image_the_network_sees():
    drawing = Drawing()
    drawing.receive(STROKES[:1])
    (character,) = drawing.characters(several=True)
    assert character.image.shape == (28, 28)
    assert character.image.dtype == np.float32
    assert character.image[14, 14] > 0.8
    assert character.image[:, :4].max() == 0


def test_digits_are_found_from_left_to_right_with_their_boxes(drawing):
    drawing.receive([STROKES[2], STROKES[0], stroke((60, 50), (100, 50))])
    flag_and_stem, stem = drawing.characters(several=True)
    # The pen's middle, and half of its width around it.
    assert flag_and_stem.box == (50, 40, 110, 260)
    assert stem.box == (170, 40, 190, 260)
    assert (flag_and_stem.image != stem.image).any()


def test_where_one_character_is_expected_all_strokes_are_of_it(drawing):
    (character,) = drawing.characters(several=False)
    assert character.box == (90, 40, 190, 260)


def test_strokes_of_any_pen_look_the_same(drawing):
    thick = drawing.characters(several=False)[0].image
    drawing.receive([{**one, "strokeWidth": 8} for one in STROKES])
    np.testing.assert_array_equal(drawing.characters(several=False)[0].image, thick)


@pytest.mark.parametrize("several", [True, False])
@pytest.mark.parametrize("strokes", [[], [{}], [None, {"type": "Path", "path": "odd"}]])
def test_nothing_is_written_on_an_empty_board(strokes, several):
    drawing = Drawing()
    drawing.receive(strokes)
    assert drawing.characters(several=several) == []


def test_board_is_not_told_to_load_while_someone_draws(drawing):
    before = drawing.shown, drawing.revision
    drawing.receive([*STROKES, STROKES[0]])
    assert (drawing.shown, drawing.revision) == before


def test_undo_takes_the_last_stroke_from_the_board(drawing):
    drawing.undo()
    assert drawing.shown == drawing.strokes == STROKES[:2]
    assert len(drawing.characters(several=True)) == 2


def test_undo_of_the_only_stroke_leaves_nothing_to_recognise(drawing):
    for _ in STROKES:
        drawing.undo()
    assert drawing.strokes == []
    assert drawing.characters(several=True) == []
    drawing.undo()
    assert drawing.strokes == []


def test_clearing_twice_makes_the_board_load_twice(drawing):
    drawing.clear()
    first = drawing.revision
    drawing.receive(STROKES)
    drawing.clear()
    assert drawing.shown == []
    assert drawing.revision > first
    assert drawing.characters(several=True) == []


def test_a_new_board_begins_with_the_strokes_made_so_far(drawing):
    drawing.show_again()
    assert drawing.shown == STROKES
