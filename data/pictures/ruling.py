"""Lines printed on paper, and how to take them out of a photo."""

import numpy as np

MOST_TILT, TILTS = 0.08, 33
"""How far lines slope, in pixels down for each to the right, and in how many steps."""

_FEWEST = 4  # lines; no digit has so many parallel ones, at even distances
_UNEVEN = 0.3  # as a share of the distance between two lines
_THICKEST = 0.015  # as a share of the picture's longer side
_FAINTEST, _DARKEST = 0.03, 0.3
_SAMPLES = 64


def without_ruling(ink: np.ndarray) -> np.ndarray:
    """Ink (h, w) float32 in [0, 1] without the lines of ruled or squared paper.

    Along a line that runs through the whole picture the median is the line's own ink, whatever is
    written across it. Lines may be tilted by some degrees, but must be straight, parallel and
    evenly spaced.
    """
    for _ in range(2):  # across, and then from top to bottom
        ink = _without_rows(ink).T
    return ink


def _without_rows(ink: np.ndarray) -> np.ndarray:
    height, width = ink.shape
    columns = np.linspace(0, width - 1, min(width, _SAMPLES)).astype(int)
    sample = ink[:, columns]
    # Lines are faint: writing must not outweigh them.
    faint = np.minimum(sample, _DARKEST)

    def along(values: np.ndarray, tilt: float) -> np.ndarray:
        return values[tilted_rows(height, columns, tilt), np.arange(len(columns))]

    # With the right tilt the rows differ most.
    tilts = np.linspace(-MOST_TILT, MOST_TILT, TILTS)
    tilt = max(tilts, key=lambda tilt: along(faint, tilt).mean(axis=1).var())
    profile = np.median(along(sample, tilt), axis=1)
    lines = np.concatenate(
        ([False], profile > max(_FAINTEST, min(profile.max(), _DARKEST) / 3), [False])
    )
    begins, ends = np.flatnonzero(lines[1:] > lines[:-1]), np.flatnonzero(lines[1:] < lines[:-1])
    for begin, end in zip(begins, ends, strict=True):
        if end - begin > max(2, _THICKEST * max(ink.shape)):
            profile[begin:end] = 0  # the table beside the sheet, a bold digit
            lines[begin + 1 : end + 1] = False
    distances = np.diff(np.flatnonzero(lines[1:] > lines[:-1]))
    if len(distances) < _FEWEST - 1:
        return ink
    typical = np.median(distances)
    if np.count_nonzero(np.abs(distances - typical) <= _UNEVEN * typical) < _FEWEST - 1:
        return ink
    thick = np.max([np.roll(profile, shift) for shift in (-1, 0, 1)], axis=0)
    # From the tilted rows back to the picture's.
    line = thick[tilted_rows(height, np.arange(width), -tilt)]
    # What goes through ink and line is the product of what goes through each.
    return np.clip(1 - (1 - ink) / np.maximum(1 - line, 0.1), 0, 1).astype(np.float32)


def tilted_rows(height: int, columns: np.ndarray, tilt: float) -> np.ndarray:
    """(height, columns): where a line that begins in each row runs in each of the columns."""
    drop = np.round(tilt * columns).astype(int)
    return (np.arange(height)[:, None] + drop) % height
