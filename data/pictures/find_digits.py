"""From a picture, drawn or photographed, to images like those of MNIST."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

import numpy as np
from PIL import Image

from data.drawing.centring import centre
from data.drawing.thickness import thickened
from data.pictures.box import Box
from data.pictures.ink import Ink, find_ink
from data.pictures.marks import NoDigit, find_marks
from data.pictures.touching import ways_to_part

# A sheet of paper on a table: at least this share of the picture's longer side in width and
# height, and of its box; and the share of it that is left out with its edges.
_LEAST_SHEET, _FULL, _SHEET_EDGE = 0.3, 0.8, 0.03
# The palest digit that is made full; so much of a digit's ink is its rim, and so much is paler than
# its darkest part.
_PALEST, _RIM, _DARK = 0.5, 0.1, 0.9
# Where a digit takes so much of the width and of the height of a square picture, it was cut out and
# stretched to that. It is made so much as wide as high, a narrow digit: one that was wide is read
# so too, but a 1 with an upstroke that stays wide is read as a 7.
_STRETCHED, _NARROW = 0.9, 0.6
# One picture at a time, in one thread, as in `read_image`.
_finder = ThreadPoolExecutor(1, "digit finder")


class Digit(NamedTuple):
    """A digit on a picture.

    image: (28, 28) float32 in [0, 1], 1 = full ink.
    box: where it was cut out, in pixels of the picture.
    row: in which it stands, from 0 on, from top to bottom.
    ways: the ways to see it as several digits that touch, from left to right; whoever can read
        them decides (`taken_apart`).
    certainty: that it was cut out rightly, in [0, 1], as far as whoever decided knows.
    """

    image: np.ndarray
    box: Box
    row: int = 0
    ways: "Sequence[Sequence[Digit]]" = ()
    certainty: float = 1.0


class Digits(list[Digit]):
    """Digits of a picture, and `left_out`: where on it something of their size and darkness is
    that was taken for none."""

    def __init__(self, digits: Sequence[Digit] = (), *, left_out: Sequence[Box] = ()) -> None:
        super().__init__(digits)
        self.left_out = tuple(left_out)


def find_digits(rgba: np.ndarray, *, several: bool = True, part: Box | None = None) -> Digits:
    """Finds the digits of numbers on a picture and makes images of them as MNIST's were made.

    Other things on it are left out: shadows, printed lines, dirt, what belongs to something else.

    Args:
        rgba: (H, W, 4) uint8, any size; light on dark, dark on light, or anything on a
            transparent background; also a photo of paper.
        several: False where the picture is of one sign that may have parts, such as a letter.
        part: where to look, in pixels of the picture; everywhere without it.

    Returns:
        The digits of each row from left to right, rows from top to bottom; at least one. Digits
        that touch are one, with the ways to part it.

    Raises:
        NoDigit: if there is none.
        ValueError: if `rgba` has another shape or type, or `part` is no part of it.
    """
    if rgba.ndim != 3 or rgba.shape[2] != 4 or rgba.dtype != np.uint8 or not rgba.size:
        raise ValueError(
            f"rgba must be uint8 of shape (height, width, 4), got {rgba.dtype} of {rgba.shape}"
        )
    whole = Box(0, 0, rgba.shape[1], rgba.shape[0])
    part = whole if part is None else part
    if part != part.within(whole) or min(part.width, part.height) < 1:
        raise ValueError(f"part must lie on the picture, {tuple(whole)}, got {tuple(part)}")
    return _finder.submit(_find, rgba, part, several).result()


def taken_apart(
    digits: Sequence[Digit],
    most_readable: Callable[[list[list[np.ndarray]]], tuple[int, float]],
) -> list[Digit]:
    """The digits of a picture, those that touch taken apart where that is read better.

    Args:
        most_readable: tells of the ways to see a digit, of each its images, the place of the best
            one, and of each of its images how certain it is that it was cut out rightly
            (`nn.most_readable` of a network).
    """
    apart: list[Digit] = []
    for digit in digits:
        ways = [[digit], *digit.ways]
        best, certainty = most_readable([[one.image for one in way] for way in ways])
        apart += [one._replace(certainty=certainty) for one in ways[best]]
    return apart


def _find(rgba: np.ndarray, part: Box, several: bool) -> Digits:
    """`find_digits` on a part that lies on the picture."""
    digits = _digits_within(rgba, part, several)
    sheet = _sheet(digits, part)
    if sheet is not None:
        with suppress(NoDigit):
            return _digits_within(rgba, sheet, several)
    return digits


def _digits_within(rgba: np.ndarray, part: Box, several: bool) -> Digits:
    """The digits in a part of a picture."""
    ink = find_ink(rgba[part.top : part.bottom, part.left : part.right])
    found = find_marks(ink, several=several)
    digits = Digits(left_out=[_place(box, ink, part) for box in found.left_out])
    stretched = several and _is_stretched([box for row in found.rows for _, box in row], ink)
    for row, marks in enumerate(found.rows):
        for faint, box in marks:
            cut = _full(faint)
            upright = _narrowed(cut) if stretched else cut
            digit = Digit(centre(thickened(upright)), _place(box, ink, part), row)
            digits.append(digit._replace(ways=_ways(cut, digit)) if several else digit)
    return digits


def _place(box: Box, ink: Ink, part: Box) -> Box:
    """Where a box in `ink.amount` of a part of a picture is on the picture."""
    left, right = (part.left + ink.factor * (ink.left + x) for x in (box.left, box.right))
    top, bottom = (part.top + ink.factor * (ink.top + y) for y in (box.top, box.bottom))
    return Box(left, top, min(right, part.right), min(bottom, part.bottom))


def _is_stretched(boxes: Sequence[Box], ink: Ink) -> bool:
    """Whether a picture is of one digit that was stretched to a square, as collections of digits
    hold them: how wide it was is not to be seen."""
    height, width = ink.amount.shape
    fills = min(boxes[0].height / height, boxes[0].width / width) > _STRETCHED
    return len(boxes) == 1 and height == width and fills


def _narrowed(cut: np.ndarray) -> np.ndarray:
    """A stretched digit's ink as wide as narrow digits are."""
    height, width = cut.shape
    narrow = max(1, round(_NARROW * width))
    return np.asarray(Image.fromarray(cut).resize((narrow, height), Image.Resampling.HAMMING))


def _full(cut: np.ndarray) -> np.ndarray:
    """A digit's ink with its darkest part as dark as can be, as that of MNIST's digits is."""
    darkest = np.quantile(cut[cut > _RIM * cut.max()], _DARK)
    return np.minimum(cut / np.float32(max(darkest, _PALEST)), 1)


def _ways(cut: np.ndarray, whole: Digit) -> list[list[Digit]]:
    """The ways to see a digit as several that touch."""
    ways = ways_to_part(cut)
    across, down = whole.box.width / cut.shape[1], whole.box.height / cut.shape[0]
    digits = {
        id(part): Digit(
            centre(thickened(part.ink)),
            Box(
                whole.box.left + round(across * part.box.left),
                whole.box.top + round(down * part.box.top),
                whole.box.left + round(across * part.box.right),
                whole.box.top + round(down * part.box.bottom),
            ),
            whole.row,
        )
        for way in ways
        for part in way
    }
    return [[digits[id(part)] for part in way] for way in ways]


def _sheet(digits: Sequence[Digit], whole: Box) -> Box | None:
    """The sheet that was taken for a digit, without its edges; None if none was.

    A sheet on a table stands out from it like ink, but is larger than a stroke can be wide, and
    full to the corners of its box.
    """
    box, image = digits[0].box, digits[0].image
    ink = image[image.any(axis=1)][:, image.any(axis=0)]
    if len(digits) > 1 or min(box.width, box.height) < _LEAST_SHEET * whole.size:
        return None
    if (ink > 0.5).mean() < _FULL:
        return None
    x, y = round(_SHEET_EDGE * box.width), round(_SHEET_EDGE * box.height)
    return Box(box.left + x, box.top + y, box.right - x, box.bottom - y)
