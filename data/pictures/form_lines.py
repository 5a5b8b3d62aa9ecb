"""Single lines printed on paper, of a form or of a few large squares, and how to take them out."""

from collections.abc import Sequence

import numpy as np

from data.pictures.connected import Mark
from data.pictures.ruling import MOST_TILT, TILTS, tilted_rows

_SAMPLES = 96
# A line is no paler than this, in so many of the columns and at both ends, which are so much of
# the width.
_FAINTEST, _SEEN, _END = 0.05, 0.85, 0.03
# It is no thicker than this share of the height or so many pixels.
_THICKEST, _THICKEST_PIXELS = 0.04, 5
# What is darker than that and this share of its darkest row is its rim.
_LEAST_RIM, _RIM = 0.02, 0.15
# A picture so much wider than high holds a number: no bar of a digit goes through all of it.
_WIDE = 1.5
# A frame's lines run along this share of each side of its box, no farther from it than this share
# of its size.
_FRAMED, _FRAME_DEPTH = 0.75, 0.03
# A line that joins digits makes them so many times as wide as high: two 4 with their bars in one
# are narrower.
_JOINED = 1.8
# Digits joined by a line are no lower than so many pixels, and at least so much of their ink is not
# the line's: a 0 with straight sides is no frame.
_LOWEST_NUMBER, _LEAST_LEFT = 8, 0.2
# On all others a line is paler than this share of what is written, the darkest part of the rest.
_PALE, _WRITTEN = 0.5, 0.995
# Lines that are parallel on paper slope in no more ways than that on a photo of it.
_MOST_SLOPES = 3
# In so many rows above and below a line it shows whether a stroke crosses it.
_BESIDE = 2


def without_form_lines(ink: np.ndarray) -> np.ndarray:
    """Ink (h, w) float32 in [0, 1] without single straight lines from edge to edge of the picture.

    As staff lines are taken out of music: a line stays where there is ink right above or below it
    too, which are strokes that cross it or end on it. Dalitz et al. 2008, "A comparative study of
    staff removal algorithms". It also stays where it is darker than it is elsewhere.

    A line across a picture of several digits may be as dark as these. All others must be paler
    than what is written.
    """
    is_number = ink.shape[1] > _WIDE * ink.shape[0]
    return _without_lines_across(_without_lines_across(ink, dark=is_number).T, dark=False).T


def without_lines_through(
    share: np.ndarray, labels: np.ndarray, marks: Sequence[Mark]
) -> np.ndarray | None:
    """Ink (h, w) float32 in [0, 1] without the lines and frames that join digits to one mark, from
    edge to edge of it; None where no mark has any.

    Args:
        share: the ink.
        labels, marks: what is connected in it.
    """
    cleared = None
    for mark in marks:
        box = mark.box
        if min(box.height, box.width) < _LOWEST_NUMBER:
            continue
        place = slice(box.top, box.bottom), slice(box.left, box.right)
        own = labels[place] == mark.labels[0]
        is_frame = lines_around(own)
        if not is_frame and box.width < _JOINED * box.height:
            continue
        ink = np.where(own, share[place], np.float32(0))
        without = _without_lines_across(ink, dark=True)
        if is_frame:
            without = _without_lines_across(without.T, dark=True).T
        if _LEAST_LEFT * ink.sum() < without[own].sum() < ink.sum():
            cleared = share.copy() if cleared is None else cleared
            cleared[place][own] = without[own]
    return cleared


def lines_around(own: np.ndarray) -> bool:
    """Whether lines run along all four sides of (h, w) bool."""
    depth = max(2, round(_FRAME_DEPTH * max(own.shape)))
    sides = own[:depth], own[-depth:], own[:, :depth].T, own[:, -depth:].T
    return bool(min(side.any(axis=0).mean() for side in sides) > _FRAMED)


def _without_lines_across(ink: np.ndarray, *, dark: bool) -> np.ndarray:
    """The same for lines across; `dark` is whether they may be as dark as the writing."""
    for _ in range(_MOST_SLOPES):
        cleared = _without_parallels(ink, dark=dark)
        if cleared is None:
            break
        ink = cleared
    return ink


def _without_parallels(ink: np.ndarray, *, dark: bool) -> np.ndarray | None:
    """The same for those lines that are parallel to the darkest; None if there is none."""
    height, width = ink.shape
    tilt, is_line = _find_lines(ink)
    if not is_line.any():
        return None
    places = tilted_rows(height, np.arange(width), tilt), np.arange(width)
    straight = ink[places]
    changed = False
    for begin, end in _runs(is_line):
        line = _darkest_rows(straight, begin, end)
        if line is None:
            continue
        rest = np.delete(straight, line, axis=0)
        if dark or np.median(straight[line], axis=1).max() < _PALE * np.quantile(rest, _WRITTEN):
            straight[line] = _without_line(straight, line)
            changed = True
    if not changed:
        return None
    cleared = np.empty_like(ink)
    cleared[places] = straight
    return cleared


def _find_lines(ink: np.ndarray) -> tuple[float, np.ndarray]:
    """How lines across are tilted, and which rows, counted where they begin, are near one."""
    height, width = ink.shape
    columns = np.unique(np.linspace(0, width - 1, _SAMPLES).astype(int))
    sample = ink[:, columns]
    is_ink = np.pad(sample > _FAINTEST, ((1, 1), (0, 0)))
    is_ink = is_ink[:-2] | is_ink[1:-1] | is_ink[2:]
    end = max(1, round(_END * len(columns)))
    order = np.arange(len(columns))

    def darkness(tilt: float) -> np.ndarray:
        """Of the lines in each row (height,); 0 where there is none."""
        places = tilted_rows(height, columns, tilt), order
        along = is_ink[places]
        reaches = along[:, :end].any(axis=1) & along[:, -end:].any(axis=1)
        seen = reaches & (along.mean(axis=1) > _SEEN)
        return np.where(seen, sample[places].mean(axis=1), 0)

    # With the right tilt one row has all of a line; with those next to it too if it is thick.
    tilts = np.linspace(-MOST_TILT, MOST_TILT, TILTS)
    darkest = np.array([darkness(tilt).max() for tilt in tilts])
    right = tilts[darkest == darkest.max()]
    tilt = float(right[len(right) // 2])
    return tilt, darkness(tilt) > 0


def _runs(marked: np.ndarray) -> list[tuple[int, int]]:
    """Where runs of True in (n,) bool begin and end."""
    steps = np.diff(marked.astype(np.int8), prepend=0, append=0)
    return list(zip(np.flatnonzero(steps > 0), np.flatnonzero(steps < 0), strict=True))


def _darkest_rows(straight: np.ndarray, begin: int, end: int) -> slice | None:
    """The rows of a line that is near these; None if it is too thick."""
    thickest = round(max(_THICKEST_PIXELS, _THICKEST * len(straight)))
    first = max(0, begin - thickest // 2)
    profile = np.median(straight[first : end + thickest // 2], axis=1)
    runs = _runs(profile > max(_LEAST_RIM, _RIM * profile.max()))
    if not runs:
        return None
    line = max(runs, key=lambda run: profile[run[0] : run[1]].max())
    if line[1] - line[0] > min(thickest, len(straight) / 2):
        return None
    return slice(first + line[0], first + line[1])


def _without_line(straight: np.ndarray, line: slice) -> np.ndarray:
    """The rows of a line with what else is in them."""
    ink = straight[line]
    above = straight[max(0, line.start - _BESIDE) : line.start].max(axis=0, initial=0)
    below = straight[line.stop : line.stop + _BESIDE].max(axis=0, initial=0)
    # A stroke that slants leaves the line at another place than where it meets it.
    crosses = np.minimum(_widened(above), _widened(below))
    beside = np.max([above, below, crosses], axis=0)
    # The line's own ink varies as far to the dark side as to the pale one, where no writing is.
    middle, palest = np.median(ink, axis=1), np.quantile(ink, 0.1, axis=1)
    own = np.minimum(2 * middle - palest, 0.9)[:, None]
    # What goes through ink and line is the product of what goes through each.
    return np.maximum(np.minimum(ink, beside), 1 - (1 - ink) / (1 - own))


def _widened(values: np.ndarray) -> np.ndarray:
    """(n,) with each value where its neighbours are too, if it is greater."""
    padded = np.pad(values, 1, mode="edge")
    widened: np.ndarray = np.max([padded[:-2], values, padded[2:]], axis=0)
    return widened
