"""Numbers beside one another are told apart by the gap between them."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from tests.ui.draw.draw_page import a_drawing, component, draw_page, line, upload
from ui.draw.spaces import spaces

Box = tuple[float, float, float, float]


def row(gaps: Sequence[float], widths: Sequence[float] | None = None, top: float = 0) -> list[Box]:
    """Digits 100 high and, without `widths`, 60 wide, with these gaps between them."""
    widths = widths or [60.0] * (len(gaps) + 1)
    boxes, left = [], 0.0
    for width, gap in zip(widths, [*gaps, 0], strict=True):
        boxes.append((left, top, left + width, top + 100))
        left += width + gap
    return boxes


@pytest.mark.parametrize(
    ("gaps", "places"),
    [
        ([15, 20, 10, 25, 180, 15, 20, 20, 10], [5]),
        ([20, 120, 20, 110, 20], [2, 4]),
        ([10, -5, 100, 5], [3]),  # digits that nearly touch
        ([20, 120], [2]),
        ([120, 20], [1]),
        ([20, 35, 60, 30], []),  # written unevenly
        ([90, 110, 130, 100], []),  # written wide
        ([200, 200], []),
        ([-10, 120, 130, 110, 125], []),  # a digit was taken for two
        ([200], []),  # nothing to compare it with
        ([], []),
    ],
)
def test_a_gap_much_wider_than_others_is_a_space(gaps: list[float], places: list[int]) -> None:
    boxes = row(gaps)
    assert spaces(boxes, [0] * len(boxes)) == places


def test_ones_have_more_room_around_them_and_are_no_numbers_of_their_own() -> None:
    # 0 1 0 0 written with one digit in every 80 pixels.
    boxes = row([45, 45, 10], [60, 10, 60, 60])
    assert spaces(boxes, [0] * 4) == []


def test_each_row_has_spaces_of_its_own() -> None:
    boxes = row([150, 150, 150]) + row([10, 150, 10], top=200)
    assert spaces(boxes, [0] * 4 + [1] * 4) == [6]


def test_numbers_on_the_board_are_answered_with_a_space(ship) -> None:
    ship(always="7")
    strokes = [line(x) for x in (30, 70, 110, 400, 440)]
    app = draw_page(a_drawing(strokes))
    assert app.header[0].value == "777 77?"
    assert component(app, "announcement")["text"].startswith("777 77?, ")
    # A decimal point has a gap, and is no space.
    dot = {"type": "Path", "strokeWidth": 20, "path": [["M", 150, 245], ["L", 150.1, 245]]}
    assert draw_page(a_drawing([*strokes, dot])).header[0].value == "777.77?"


def test_numbers_on_a_picture_are_answered_with_a_space(ship) -> None:
    ship(always="7")
    image = Image.new("RGB", (900, 400), "white")
    for y, places in ((50, (60, 140, 220, 560, 640)), (220, (60, 220, 380, 540, 700))):
        for x in places:
            seven = [(x, y), (x + 50, y), (x + 20, y + 100)]
            ImageDraw.Draw(image).line(seven, fill="black", width=9, joint="curve")
    content = io.BytesIO()
    image.save(content, "PNG")
    app = upload(draw_page(), "numbers.png", content.getvalue())
    assert component(app, "announcement")["text"].startswith("777 77 / 77777?, ")
