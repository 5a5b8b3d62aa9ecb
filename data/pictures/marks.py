"""The marks on a sheet: which of the ink is a digit, and what is dirt or belongs elsewhere."""

from functools import reduce
from typing import NamedTuple

import numpy as np

from data.drawing.thickness import stroke_width
from data.pictures.box import Box
from data.pictures.connected import Mark, connected
from data.pictures.form_lines import lines_around, without_lines_through
from data.pictures.ink import MIN_CONTRAST, Ink
from data.pictures.printed import printed
from data.pictures.rows import find_rows
from data.pictures.shade import with_marks_in_shade

# On a plain background fainter pixels at the rim of a stroke don't count.
_FAINT = 0.1
# On paper: what stands out less than this is shadow or grain. Pixels up to the first share of the
# ink's darkness join no marks; beside a mark those up to the second are paper, and from the third
# on ink: where a pen skips, a stroke is pale.
_MIN_PAPER_CONTRAST = 0.18
_PAPER, _PALE, _INK = 0.35, 0.2, 0.7
# Where less than this share of the picture is paler than that, there is no paper.
_LEAST_PAPER, _MOST_GRAIN = 0.4, 0.1
# Ink that covers half of it has strokes of this share of the longer side at least; grain is fine.
_LEAST_WIDTH = 0.03
# The darkness of the ink is looked for in steps: what runs together in one is apart in another.
_STEPS = (0.08, 0.12, 0.17, 0.25, 0.36, 0.5)
# Ink is dark nearly up to its rim, shadow is not: the share of it that is, times how dark. Of a
# thin stroke that is a half. At the edge of the picture there is more shadow.
_LEAST_CORE, _LEAST_CORE_AT_EDGE = 0.12, 0.25
# In each step so many of the most prominent marks are compared by how dark they are up to the rim
# and how sharply they end there, within so many pixels.
_CANDIDATES, _BESIDE = 3, 3
# The smallest digit on paper, as a share of the picture's longer side.
_MIN_SIZE = 0.03
# A digit that is cut off has less than this share of its outline at the edge, a table more.
_MOST_CONTACT = 0.4
# What is so much of the main one's height may be a digit too.
_DIGIT_HEIGHTS = (0.5, 2.0)
# Of a digit at the edge and the main one so much of the higher one's height is at one height.
_SAME_HEIGHT = 0.65
# Where the main one takes so much of the picture's height, it is a tight crop.
_CROPPED = 0.7
# Parts of one sign are not farther apart than this share of the larger one's size.
_FAR = 0.5
# A frame's lines are at most as thick as this share of its size, around something not smaller than
# that share of it.
_MOST_THICKNESS, _CONTENT = 0.06, 0.15
# More marks than this that are half as large as the main one, or digits: a texture or a page of
# writing.
_MOST_MARKS = 50
# So many of the largest marks are looked at as digits and parts of them.
_MOST_PARTS = 150

_REASONS = {
    "empty": "the picture is empty: there is nothing to recognise in it",
    "faint": "nothing on the picture stands out enough from the background",
    "scattered": "there is so much on the picture that no digit stands out",
}


class NoDigit(ValueError):
    """No digit was found on a picture; `reason` is one of "empty", "faint" and "scattered"."""

    def __init__(self, reason: str) -> None:
        super().__init__(_REASONS[reason])
        self.reason = reason


class Found(NamedTuple):
    """rows: from top to bottom, and in them from left to right each digit's ink (height, width)
        float32 in [0, 1] and where in `Ink.amount` it is.
    left_out: where something as large and dark is that is taken for no digit.
    """

    rows: list[list[tuple[np.ndarray, Box]]]
    left_out: list[Box]


def find_marks(ink: Ink, *, several: bool = True) -> Found:
    """The digits on a picture, in rows; without `several` all of it is one sign.

    The main one is the largest and darkest that lies well inside the picture. With it goes what
    is as dark: parts of the same digit, and others in the same row or other ones.

    Raises:
        NoDigit: if there is none.
    """
    level = _level_on_paper(ink.amount) if ink.photographed else float(ink.amount.max())
    if level < (_MIN_PAPER_CONTRAST if ink.photographed else MIN_CONTRAST):
        raise NoDigit("faint" if level > _STEPS[0] else "empty")
    share = ink.amount / level
    threshold = _PAPER if ink.photographed else _FAINT
    labels, marks = _unframed(share, threshold)
    cleared = without_lines_through(share, labels, marks) if several else None
    if cleared is not None:
        share = cleared
        labels, marks = _unframed(share, threshold)
    main = _most_prominent(marks, share.shape)
    share, labels, marks = with_marks_in_shade(share, labels, marks, level=level, main=main)
    if ink.photographed:
        share = np.clip((share - _PALE) / (_INK - _PALE), 0, 1)
        core = (_own(share, labels, main) == 1).mean()
        if core * level < (_LEAST_CORE_AT_EDGE if main.contact else _LEAST_CORE):
            raise NoDigit("faint")
    near = [mark for mark in marks if mark is main or _is_like(mark, main, len(share))]
    if sum(mark.box.size > main.box.size / 2 for mark in near) > _MOST_MARKS:
        raise NoDigit("scattered")
    # Dirt is small; joining it takes as long as there are pairs.
    near = sorted(near, key=lambda mark: (mark is not main, -mark.box.size))[:_MOST_PARTS]
    words = printed(near, main, lambda mark: _cut(share, labels, mark)) if several else []
    near = [mark for mark in near if not any(mark in word for word in words)]
    rows = _rows(main, near) if several else [[_whole(main, near)]]
    if sum(map(len, rows)) > _MOST_MARKS:
        raise NoDigit("scattered")
    return Found(
        [[(_cut(share, labels, sign), sign.box) for sign in row] for row in rows],
        _left_out(main, marks, rows, words) if several else [],
    )


def _level_on_paper(amount: np.ndarray) -> float:
    """How dark the ink on paper is; 0 where nothing looks like any."""
    if np.quantile(amount, _LEAST_PAPER) > _MOST_GRAIN:
        raise NoDigit("scattered")
    if np.median(amount) > _MOST_GRAIN and stroke_width(amount) < _LEAST_WIDTH * max(amount.shape):
        raise NoDigit("scattered")
    best, level = 0.0, 0.0
    for step in _STEPS:
        labels, marks = connected(amount, step)
        order = sorted(marks, key=lambda mark: -_prominence(mark, amount.shape))
        for mark in order[:_CANDIDATES]:
            ink = _own(amount, labels, mark)
            dark = float(np.percentile(ink, 80))
            core = float((ink > _INK * dark).mean())
            evidence = _prominence(mark, amount.shape) * core * _sharpness(amount, labels, mark)
            if evidence > best:
                best, level = evidence, dark
    return level


def _sharpness(amount: np.ndarray, labels: np.ndarray, mark: Mark) -> float:
    """The share of a mark's darkness that is gone a few pixels beside it; shadow fades slowly."""
    from scipy import ndimage  # here, because it takes 0.4 s and 20 MB

    left, top, right, bottom = mark.box
    rows = slice(max(0, top - _BESIDE), bottom + _BESIDE)
    columns = slice(max(0, left - _BESIDE), right + _BESIDE)
    near = ndimage.maximum_filter(
        (labels[rows, columns] == mark.labels[0]).view(np.uint8), 2 * _BESIDE + 1, mode="constant"
    )
    beside = amount[rows, columns][(near > 0) & (labels[rows, columns] == 0)]
    return max(0.0, 1 - float(beside.mean() / mark.darkness)) if beside.size else 0.0


def _own(values: np.ndarray, labels: np.ndarray, mark: Mark) -> np.ndarray:
    """Of (h, w) the values at the pixels of a mark that is one piece: (n,)."""
    place = slice(mark.box.top, mark.box.bottom), slice(mark.box.left, mark.box.right)
    own: np.ndarray = values[place][labels[place] == mark.labels[0]]
    return own


def _prominence(mark: Mark, shape: tuple[int, ...]) -> float:
    """How much a mark looks like what the picture was taken for."""
    if mark.contact > _MOST_CONTACT or mark.box.size < _MIN_SIZE * max(shape):
        return 0.0
    y = (mark.box.top + mark.box.bottom) / 2 / shape[0] - 0.5
    x = (mark.box.left + mark.box.right) / 2 / shape[1] - 0.5
    central = 1 - (x * x + y * y)
    frames = mark.box.height > 0.75 * shape[0] and mark.box.width > 0.75 * shape[1]
    doubtful = mark.contact or frames  # something cut off; the rim of a sheet
    doubt = 0.15 if mark.spans else 0.4 if doubtful else 1
    return mark.box.size * mark.darkness * central * doubt


def _most_prominent(marks: list[Mark], shape: tuple[int, ...]) -> Mark:
    return max(marks, key=lambda mark: (_prominence(mark, shape), mark.box.size))


def _is_like(mark: Mark, main: Mark, height: int) -> bool:
    """Whether a mark may belong to the same number as the main one, and is no dirt; on a picture of
    that height."""
    return (
        mark.darkness > main.darkness / 2
        and mark.box.size > 0.12 * main.box.size
        and (
            not mark.contact
            or (main.contact > 0 and not mark.spans)
            or _in_line(mark, main, height)
        )
    )


def _in_line(mark: Mark, main: Mark, height: int) -> bool:
    """Whether a mark at the edge is as high as the main one and at its height, as in a picture that
    is cropped to the number, and not what lies at the edge of a photo. Where the crop is tight, it
    may also be a part of a digit."""
    highest = max(mark.box.height, main.box.height)
    if main.box.height > _CROPPED * height:
        highest = mark.box.height
    return mark.contact < _MOST_CONTACT and mark.box.gap(main.box)[1] < -_SAME_HEIGHT * highest


def _left_out(
    main: Mark, marks: list[Mark], rows: list[list[Mark]], words: list[list[Mark]]
) -> list[Box]:
    """Where marks are that may be digits too, by how large and dark they are, but are not in any
    of the rows; and where words are."""
    signs = [sign for row in [*rows, *words] for sign in row]
    used = {label for sign in signs for label in sign.labels}
    low, high = (share * main.box.height for share in _DIGIT_HEIGHTS)
    alone = [
        mark.box
        for mark in marks
        if used.isdisjoint(mark.labels)
        and low < mark.box.height < high
        and mark.darkness > main.darkness / 2
        and mark.contact < _MOST_CONTACT
        and not mark.spans
    ]
    return alone + [reduce(Box.around, (letter.box for letter in word)) for word in words]


def _unframed(share: np.ndarray, threshold: float) -> tuple[np.ndarray, list[Mark]]:
    """What is connected in (h, w), numbers and marks, but for frames."""
    labels, marks = connected(share, threshold)
    return labels, _without_frames(marks, labels)


def _without_frames(marks: list[Mark], labels: np.ndarray) -> list[Mark]:
    """The marks but for those that are a frame around another."""
    boxes = np.array([mark.box for mark in marks])
    sizes = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    kept = []
    for mark in marks:
        left, top, right, bottom = mark.box
        # A frame is no smaller than the smallest digit.
        surrounds = mark.box.size > _MIN_SIZE * max(labels.shape) and np.any(
            (boxes > (left, top, -1, -1)).all(axis=1)
            & (boxes[:, 2:] < (right, bottom)).all(axis=1)
            & (sizes >= _CONTENT * min(mark.box.height, mark.box.width))
        )
        if not surrounds or not _is_frame(mark, labels):
            kept.append(mark)
    return kept


def _is_frame(mark: Mark, labels: np.ndarray) -> bool:
    """Whether a mark is four thin lines, as no 0 with a dot or a stroke in it is."""
    box = mark.box
    own = labels[box.top : box.bottom, box.left : box.right] == mark.labels[0]
    if own.sum() > _MOST_THICKNESS * min(own.shape) * 2 * sum(own.shape):
        return False
    return lines_around(own)


def _rows(main: Mark, marks: list[Mark]) -> list[list[Mark]]:
    """The digits that marks make up, in rows."""
    rows = find_rows([mark.box for mark in marks], marks.index(main))
    return [
        [
            main._replace(
                labels=tuple(label for part in sign.parts for label in marks[part].labels),
                box=sign.box,
            )
            for sign in row
        ]
        for row in rows
    ]


def _whole(main: Mark, marks: list[Mark]) -> Mark:
    """The main mark with all that is not far from it, as one: an i and its dot, a pair of shoes."""
    parts = [mark for mark in marks if max(main.box.gap(mark.box)) < _FAR * main.box.size]
    box, labels = main.box, tuple(label for part in parts for label in part.labels)
    for part in parts:
        box = box.around(part.box)
    return main._replace(labels=labels, box=box)


def _cut(share: np.ndarray, labels: np.ndarray, mark: Mark) -> np.ndarray:
    """The ink in a mark's box that is not another mark's, its own faint rim included."""
    place = slice(mark.box.top, mark.box.bottom), slice(mark.box.left, mark.box.right)
    return np.where(np.isin(labels[place], (0, *mark.labels)), share[place], np.float32(0))
