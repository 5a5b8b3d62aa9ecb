"""What is written in a shadow, or beside something that lies at the edge of a photo."""

import numpy as np

from data.drawing.thickness import stroke_width
from data.pictures.connected import Mark, connected

# Of the size of a digit, how much larger what lies at the edge is than that; a stroke is narrower
# than this.
_LARGER, _STROKE = 2.0, 0.5
# Darker than that is no shade: it is a thing, on which no ink is seen.
_DARKEST = 0.6
# Ink stands out from shade by this share of its darkness.
_INK = 0.35
# Of the main digit's height, the lowest and highest digit in shade; how many times as wide or as
# narrow as its strokes theirs are at most; and of its darkness, theirs at least.
_LOWEST, _HIGHEST, _UNLIKE, _AS_DARK = 0.7, 1.4, 1.6, 0.85
# Of its size, that of dirt, and how far from a digit its parts lie at most.
_DIRT, _NEAR = 0.12, 0.2
# Shade is smooth: once the digits stand out from it, this share of the rest is so pale, but for
# their rims of so many pixels.
_REST, _PALE, _RIM = 0.75, 0.15, 2


def with_marks_in_shade(
    share: np.ndarray, labels: np.ndarray, marks: list[Mark], *, level: float, main: Mark
) -> tuple[np.ndarray, np.ndarray, list[Mark]]:
    """Marks, and digits that run into the shade at the edge of a photo and so are none of them.

    They stand out from what is around them: the opening with a square that is wider than a stroke
    shows the shade alone. So does the texture of a table, so they must be like the main digit, and
    the rest smooth.

    Args:
        share: (h, w) float32, how dark each pixel is as a share of the ink's darkness.
        labels, marks: of what is connected in it.
        level: the ink's darkness, as the share of the light that it takes away.
        main: which of the marks is a digit.

    Returns:
        `share` without the shade if there are such digits, `labels` and `marks` with them; what
        they were taken for a part of stays as it is.
    """
    from scipy import ndimage  # here, because it takes 0.4 s and 20 MB

    size = main.box.size
    width = round(_STROKE * size)
    shades = [mark for mark in marks if mark.contact and mark.box.size > _LARGER * size]
    if not shades or width < 2:
        return share, labels, marks
    amount = level * share
    shade = ndimage.grey_opening(amount, (width, width))
    # What goes through ink and shade is the product of what goes through each.
    ink = np.where(shade < _DARKEST, (amount - shade) / (level * np.maximum(1 - shade, 0.1)), 0)
    ink = ink.astype(np.float32)
    thickness = _thickness(share, labels, main)
    all_labels, within = labels.copy(), labels == 0
    digits: list[Mark] = []
    for one in shades:
        inside = labels == one.labels[0]
        inner_labels, inner = connected(np.where(inside, ink, np.float32(0)), _INK)
        written = _written(inner, inner_labels, ink, main, thickness)
        own = np.isin(inner_labels, [mark.labels[0] for mark in written])
        beside = ndimage.maximum_filter(own, 2 * _RIM + 1)
        rest = ink[inside & ~beside & (shade < _DARKEST)]
        if not written or (rest.size and np.quantile(rest, _REST) > _PALE):
            continue
        within |= inside
        for number, mark in enumerate(written, int(all_labels.max()) + 1):
            all_labels[inner_labels == mark.labels[0]] = number
            digits.append(mark._replace(labels=(number,)))
    if not digits:
        return share, labels, marks
    # Beside the marks too, where shade is so pale that it is no part of any.
    return np.where(within, ink, share), all_labels, marks + digits


def _written(
    inner: list[Mark], labels: np.ndarray, ink: np.ndarray, main: Mark, thickness: float
) -> list[Mark]:
    """What of that which stands out from a shade is a digit like the main one, or a part of it;
    nothing where more of it is something else."""
    size = main.box.size
    inner = [mark for mark in inner if not mark.contact and mark.box.size > _DIRT * size]
    digits = [
        mark
        for mark in inner
        if _LOWEST < mark.box.height / main.box.height < _HIGHEST
        and mark.darkness > _AS_DARK * main.darkness
        and 1 / _UNLIKE < _thickness(ink, labels, mark) / thickness < _UNLIKE
    ]
    written = [
        mark
        for mark in inner
        if any(max(mark.box.gap(digit.box)) < _NEAR * size for digit in digits)
    ]
    return written if 2 * len(digits) >= len(inner) else []


def _thickness(ink: np.ndarray, labels: np.ndarray, mark: Mark) -> float:
    """The mean width of a mark's strokes."""
    place = slice(mark.box.top, mark.box.bottom), slice(mark.box.left, mark.box.right)
    own = np.clip(np.where(labels[place] == mark.labels[0], ink[place], np.float32(0)), 0, 1)
    return stroke_width(own)
