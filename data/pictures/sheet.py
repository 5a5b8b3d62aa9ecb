"""Where on a picture the sheet is: without transparent margins, and without a border around it."""

from typing import NamedTuple

import numpy as np

_OPAQUE = 128
# A window with rounded corners fills this share of its box; of the digits at most a 1 does.
_FILLED = 0.9
# Colours that differ by less, of 255, are the same but for JPEG.
_SAME = 24
# With less than this share of a sheet in another colour nothing is written on it.
_LEAST_WRITING = 0.001
# A border is no wider than this share of the picture's longer side, and differs from this share of
# each side of what it surrounds. Of the sides of a digit's box less is ink.
_WIDEST_BORDER, _SURROUNDED = 0.1, 0.75
# So far inside, in pixels, the background shows too where a printed line runs along the edge.
_DEEPER = 3
# So many pixels where a border ends are partly of its colour.
_RIM = 2

Place = tuple[slice, slice]
"""Rows and columns."""


class Sheet(NamedTuple):
    """rgb: (h, w, 3) uint8, nothing of it transparent.
    left, top: where it begins on the picture, in pixels.
    """

    rgb: np.ndarray
    left: int
    top: int


def find_sheet(rgb: np.ndarray, alpha: np.ndarray) -> Sheet | None:
    """The sheet on a picture: what is opaque, without a border of one colour all around.

    Transparent corners get the colour of the sheet's edge.

    Args:
        rgb: (h, w, 3) uint8.
        alpha: (h, w) uint8.

    Returns:
        None if there is no sheet, but something drawn on a transparent background.
    """
    place: Place = slice(None), slice(None)
    if alpha.min() < 255:
        opaque = alpha >= _OPAQUE
        if not opaque.any():
            return None
        place = _box(opaque)
        cover = alpha[place]
        paper = np.median(edge(rgb[place])[edge(cover) >= _OPAQUE], axis=0)
        share = cover[..., None] / np.float32(255)
        rgb = np.rint(rgb[place] * share + paper.astype(np.float32) * (1 - share)).astype(np.uint8)
        is_window = opaque[place].mean() > _FILLED and _is_written_on(rgb, paper)
        if np.median(edge(alpha)) < _OPAQUE and not is_window:
            return None
    left, top = place[1].start or 0, place[0].start or 0
    while (inner := _within_border(rgb)) is not None:
        rgb, left, top = rgb[inner], left + inner[1].start, top + inner[0].start
    return Sheet(rgb, left, top)


def is_plain(values: np.ndarray) -> bool:
    """Whether most of the rim of (h, w) uint8 has one and the same brightness."""
    brightness = rim(values).astype(int)
    near = np.abs(brightness - np.median(brightness)) < 4
    return bool(np.count_nonzero(near) > len(near) / 2)


def edge(values: np.ndarray) -> np.ndarray:
    """The outermost pixels of (h, w, ...): (2 (h + w), ...)."""
    return np.concatenate((values[0], values[-1], values[:, 0], values[:, -1]))


def rim(values: np.ndarray) -> np.ndarray:
    """Pixels of (h, w, ...) at the edge and near it: (n, ...)."""
    inner = values[_DEEPER:-_DEEPER, _DEEPER:-_DEEPER]
    return np.concatenate((edge(values), edge(inner))) if inner.size else edge(values)


def _within_border(rgb: np.ndarray) -> Place | None:
    """What the outermost border surrounds, None without one."""
    height, width = rgb.shape[:2]
    other = _differs(rgb, rgb[0, 0])
    if edge(other).any() or not other.any():
        return None
    rows, columns = _box(other)
    margins = rows.start, columns.start, height - rows.stop, width - columns.stop
    box = other[rows, columns]
    surrounded = min(side.mean() for side in (box[0], box[-1], box[:, 0], box[:, -1]))
    if max(margins) > _WIDEST_BORDER * max(height, width) or surrounded < _SURROUNDED:
        return None
    # A thin frame on a page of the colour that it surrounds is a border with a rim.
    paper = np.median(rgb[rows, columns], axis=(0, 1))
    for width_of_rim in range(_RIM, round(_WIDEST_BORDER * min(box.shape)), _RIM):
        inner = _shrunk(rows, width_of_rim), _shrunk(columns, width_of_rim)
        within = rgb[inner]
        if np.abs(np.median(edge(within), axis=0) - paper).max() < _SAME:
            # Of a thick digit with straight sides most is in the colour of its rim as well, but
            # then nothing is written in it.
            other = _differs(within, paper)
            return inner if _LEAST_WRITING < other.mean() < 0.5 else None
    inner = _shrunk(rows, _RIM), _shrunk(columns, _RIM)
    return None if min(box.shape) <= 2 * _RIM or is_plain(rgb[inner].mean(axis=2)) else inner


def _shrunk(extent: slice, by: int) -> slice:
    return slice(extent.start + by, extent.stop - by)


def _is_written_on(rgb: np.ndarray, paper: np.ndarray) -> bool:
    return bool(_differs(rgb, paper).mean() > _LEAST_WRITING)


def _differs(rgb: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """(h, w) bool: which pixels have another colour."""
    return np.abs(rgb - np.asarray(colour, np.int16)).max(axis=2) > _SAME


def _box(marked: np.ndarray) -> Place:
    """The smallest part of (h, w) bool with all that is marked."""
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
