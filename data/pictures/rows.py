"""Which marks on a sheet are parts of one digit, and which digits stand in one row."""

from collections.abc import Sequence
from typing import NamedTuple

from data.pictures.box import Box

# Marks beside one another with this share of the taller one's height are digits of their own,
# unless their boxes have this share of the narrower one's width in common.
_TALL, _COMMON = 0.6, 0.3
# Parts of one digit are not farther apart than this share of the larger one's size; above one
# another of the main digit's height, if both are no higher than that, but for two dashes.
_NEAR = 0.2
_HIGH = 1.25
# A decimal point has no larger share of the digit's height, is no longer than wide by this, or as a
# comma no higher than wide by that, and its middle lies so far down, or under a digit that
# leans over it so far.
_DOT, _ROUND, _COMMA, _LOW, _LOWER = 0.3, 1.8, 3.0, 0.65, 0.8
# A dash is so much wider than high, and lower than this share of the main digit.
_DASH, _FLAT = 2.5, 0.4
# Of the main digit's height, the lowest digit beside another one, and of its neighbour's; and of
# the taller one's that of one far from all others.
_LOWEST, _LOWEST_ALONE = 0.35, 0.55
# A smaller digit has paper between it and its neighbour. Where one of them is a bare stroke, so
# narrow compared with its height, it may be the stem of a 4 or 9 or the end of a stroke: there has
# to be more of it, this share of the larger one's height.
_BARE, _PAPER = 0.4, 0.1
# Digits in one row have so much of the lower one's height in common, and are not farther apart than
# so many heights of the main digit.
_LEVEL, _FARTHEST = 0.5, 4.0


class Sign(NamedTuple):
    """box: around a digit.
    parts: which of the marks it is made of.
    """

    box: Box
    parts: tuple[int, ...]


def find_rows(boxes: Sequence[Box], main: int) -> list[list[Sign]]:
    """The digits that marks make up, in rows.

    Args:
        boxes: of the marks.
        main: which of them is one surely. What is much lower than its digit is none, nor are
            decimal points and dashes.

    Returns:
        The rows from top to bottom, their digits from left to right.
    """
    signs = [sign for sign in _joined(boxes, main) if not _is_dash(sign.box, boxes[main])]
    height = next(s.box.height for s in signs if main in s.parts)
    signs = [s for s in signs if s.box.height >= _LOWEST * height or main in s.parts]
    linked = _linked(signs, height)
    own = next(row for row in linked if any(main in s.parts for s in row))
    # What is level with the main row and no part of it is no row of its own.
    rows = [
        row
        for row in linked
        if row is own or (max(s.box.height for s in row) >= height / 2 and not _is_level(row, own))
    ]
    return sorted(rows, key=lambda row: sum(s.box.top + s.box.bottom for s in row) / len(row))


def _joined(boxes: Sequence[Box], main: int) -> list[Sign]:
    """Marks with the parts of one digit made one, without decimal points."""
    signs = [Sign(box, (place,)) for place, box in enumerate(boxes)]
    signs = [sign for sign in signs if main in sign.parts or not _is_point(sign, signs)]
    joined: list[Sign] = []
    while signs:
        # The smallest first, each to what is nearest.
        sign = min(signs, key=lambda one: one.box.size)
        signs.remove(sign)
        fitting = [
            other for other in signs + joined if _one_digit(sign.box, other.box, boxes[main])
        ]
        if not fitting:
            joined.append(sign)
            continue
        part = min(fitting, key=lambda other: max(sign.box.gap(other.box)))
        (signs if part in signs else joined).remove(part)
        signs.append(Sign(sign.box.around(part.box), sign.parts + part.parts))
    return joined


def _is_point(sign: Sign, signs: Sequence[Sign]) -> bool:
    """Whether a mark is a decimal point or comma: small, round or upright, and at the right foot of
    a digit."""
    box = sign.box
    if box.width > _ROUND * box.height or box.height > _COMMA * box.width:
        return False
    return any(
        box.size < _DOT * other.box.height
        and box.right >= other.box.right
        and box.left - other.box.right < other.box.height
        and (box.top + box.bottom) / 2
        > other.box.top + _depth_of_point(box, other.box) * other.box.height
        for other in signs
    )


def _depth_of_point(box: Box, digit: Box) -> float:
    """How far down beside a digit a point lies at least, as a share of the digit's height."""
    return _LOW if box.left >= digit.right - 0.3 * box.width else _LOWER


def _is_dash(box: Box, main: Box) -> bool:
    return box.width > _DASH * box.height and box.height < _FLAT * main.height


def _one_digit(a: Box, b: Box, main: Box) -> bool:
    """Whether two marks are parts of one digit: the bar of a 5, the two ends of a broken stroke."""
    across, down = a.gap(b)
    largest = max(a.height, b.height)
    beside = down < -0.5 * min(a.height, b.height)
    if beside and min(a.height, b.height) > _TALL * largest:
        return across < -_COMMON * min(a.width, b.width)
    bare = min(a.width / a.height, b.width / b.height) < _BARE
    paper = _PAPER * largest if bare else 0
    if beside and across >= paper and min(a.height, b.height) > _LOWEST * largest:
        return False  # a smaller digit
    above = across < -_COMMON * min(a.width, b.width)
    dashes = _is_dash(a, main) and _is_dash(b, main)
    if above and a.around(b).height < _HIGH * main.height and not dashes:
        largest = max(largest, main.height)
    return max(across, down) < _NEAR * largest


def _linked(signs: Sequence[Sign], height: int) -> list[list[Sign]]:
    """The signs in rows: each with the next one to the right that stands level with it."""
    row_of: dict[int, list[Sign]] = {}
    rows: list[list[Sign]] = []
    order = sorted(signs, key=lambda sign: sign.box.left)
    for place, sign in enumerate(order):
        before = [i for i in range(place) if _stands_beside(order[i].box, sign.box, height)]
        if before:
            row = row_of[max(before, key=lambda i: order[i].box.right)]
        else:
            row = []
            rows.append(row)
        row.append(sign)
        row_of[place] = row
    return rows


def _is_level(row: Sequence[Sign], other: Sequence[Sign]) -> bool:
    """Whether all of a row is level with some digit of another one."""
    return all(any(_level(a.box, b.box) for b in other) for a in row)


def _level(a: Box, b: Box) -> bool:
    return a.gap(b)[1] <= -_LEVEL * min(a.height, b.height)


def _stands_beside(left: Box, right: Box, height: int) -> bool:
    """Whether two digits are neighbours in a row."""
    across, lower = left.gap(right)[0], min(left.height, right.height)
    if not _level(left, right) or across > _FARTHEST * height:
        return False
    taller = max(left.height, right.height, height)
    return across < height or lower >= _LOWEST_ALONE * taller
