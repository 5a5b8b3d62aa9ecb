"""A session's drawing: strokes come and go, and what is written is found in them."""

import numpy as np
import pytest

from data import MOST_STROKES
from ui.draw import drawing as drawing_module
from ui.draw.drawing import Drawing


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
    (character,) = drawing.writing(several=True).characters
    assert character.image.shape == (28, 28)
    assert character.image.dtype == np.float32
    assert character.image[14, 14] > 0.8
    assert character.image[:, :4].max() == 0


def test_digits_are_found_from_left_to_right_with_their_boxes(drawing):
    drawing.receive([STROKES[2], STROKES[0], stroke((60, 50), (100, 50))])
    flag_and_stem, stem = drawing.writing(several=True).characters
    # The pen's middle, and half of its width around it.
    assert flag_and_stem.box == (50, 40, 110, 260)
    assert stem.box == (170, 40, 190, 260)
    assert (flag_and_stem.image != stem.image).any()


def test_a_decimal_point_stands_among_the_digits_of_its_row(drawing):
    first = [
        stroke((100, 20), (100, 100)),
        stroke((150, 97), (152, 97)),
        stroke((200, 20), (200, 100)),
    ]
    below = [stroke((60, 150), (60, 230)), stroke((120, 150), (120, 230))]
    drawing.receive(below + first)
    writing = drawing.writing(several=True)
    assert [character.row for character in writing.characters] == [0, 0, 1, 1]
    assert [point.place for point in writing.points] == [1]


def test_where_one_character_is_expected_all_strokes_are_of_it(drawing):
    (character,) = drawing.writing(several=False).characters
    assert character.box == (90, 40, 190, 260)


def test_strokes_of_any_pen_look_the_same(drawing):
    thick = drawing.writing(several=False).characters[0].image
    drawing.receive([{**one, "strokeWidth": 8} for one in STROKES])
    np.testing.assert_array_equal(drawing.writing(several=False).characters[0].image, thick)


@pytest.mark.parametrize("several", [True, False])
@pytest.mark.parametrize("strokes", [[], [{}], [None, {"type": "Path", "path": "odd"}]])
def test_nothing_is_written_on_an_empty_board(strokes, several):
    drawing = Drawing()
    drawing.receive(strokes)
    assert drawing.writing(several=several).characters == []


def test_board_is_not_told_to_load_while_someone_draws(drawing):
    before = drawing.shown, drawing.revision
    drawing.receive([*STROKES, STROKES[0]])
    assert (drawing.shown, drawing.revision) == before


def test_undo_takes_the_last_stroke_from_the_board(drawing):
    drawing.undo()
    assert drawing.shown == drawing.strokes == STROKES[:2]
    assert len(drawing.writing(several=True).characters) == 2


def test_undo_of_the_only_stroke_leaves_nothing_to_recognise(drawing):
    for _ in STROKES:
        drawing.undo()
    assert drawing.strokes == []
    assert drawing.writing(several=True).characters == []
    drawing.undo()
    assert drawing.strokes == []


def test_clearing_twice_makes_the_board_load_twice(drawing):
    drawing.clear()
    first = drawing.revision
    drawing.receive(STROKES)
    drawing.clear()
    assert drawing.shown == []
    assert drawing.revision > first
    assert drawing.writing(several=True).characters == []


def test_a_new_board_begins_with_the_strokes_made_so_far(drawing):
    drawing.show_again()
    assert drawing.shown == STROKES


def row_of_strokes(count):
    """Upright ones beside each other, with room between them."""
    return [
        {"type": "Path", "strokeWidth": 2, "path": [["M", 8 * n, 50], ["L", 8 * n, 90]]}
        for n in range(1, count + 1)
    ]


def test_more_strokes_than_a_number_has_are_one_character_and_that_is_told():
    drawing = Drawing()
    drawing.receive(row_of_strokes(MOST_STROKES))
    number = drawing.writing(several=True)
    assert (len(number.characters), number.is_number) == (MOST_STROKES, True)
    drawing.receive(row_of_strokes(MOST_STROKES + 1))
    one = drawing.writing(several=True)
    assert (len(one.characters), one.is_number, one.complete) == (1, False, True)


def test_more_strokes_than_are_looked_at_are_told():
    drawing = Drawing()
    drawing.receive(row_of_strokes(501))
    assert not drawing.writing(several=False).complete


def test_strokes_are_parted_once_and_again_when_there_are_others(drawing, monkeypatch):
    first = drawing.writing(several=True)
    with monkeypatch.context() as parting_fails:
        parting_fails.setattr(drawing_module.data, "split_digits", None)
        assert drawing.writing(several=True) is first
    assert len(drawing.writing(several=False).characters) == 1
    assert len(drawing.writing(several=True).characters) == 3
    drawing.undo()
    assert len(drawing.writing(several=True).characters) == 2
