"""What is written in a shadow, or on something else that lies at the edge of a photo."""

import numpy as np

from data.pictures.connected import Mark, connected

# Of the size of a digit, how much larger what lies at the edge is than that; a stroke is narrower
# than this.
_LARGER, _STROKE = 2.0, 0.5
# Darker than that is no shade: it is a thing, on which no ink is seen.
_DARKEST = 0.6
# Ink stands out from shade by this share of its darkness, and its marks are so dark on average,
# which the grain of a table is not.
_INK, _DARK = 0.35, 0.5
# Of the size of a digit, the sizes of it and its parts.
_SIZES = (0.12, 2.0)


def with_marks_in_shade(
    share: np.ndarray, labels: np.ndarray, marks: list[Mark], *, level: float, size: int
) -> tuple[np.ndarray, np.ndarray, list[Mark]]:
    """Marks, and those that run into the shade at the edge of a photo and so are none of them.

    They stand out from what is around them: the opening with a square that is wider than a stroke
    shows the shade alone.

    Args:
        share: (h, w) float32, how dark each pixel is as a share of the ink's darkness.
        labels, marks: of what is connected in it.
        level: the ink's darkness, as the share of the light that it takes away.
        size: of a digit, in pixels.

    Returns:
        `share` without the shade if there are such marks, `labels` and `marks` with them; what they
        were taken for a part of stays as it is.
    """
    from scipy import ndimage  # here, because it takes 0.4 s and 20 MB

    shades = [mark for mark in marks if mark.contact and mark.box.size > _LARGER * size]
    width = round(_STROKE * size)
    if not shades or width < 2:
        return share, labels, marks
    within = np.isin(labels, [label for mark in shades for label in mark.labels])
    amount = level * share
    shade = ndimage.grey_opening(amount, (width, width))
    # What goes through ink and shade is the product of what goes through each.
    ink = np.where(shade < _DARKEST, (amount - shade) / (level * np.maximum(1 - shade, 0.1)), 0)
    ink = ink.astype(np.float32)
    inner_labels, inner = connected(np.where(within, ink, np.float32(0)), _INK)
    least, most = (share_of_size * size for share_of_size in _SIZES)
    written = [
        mark
        for mark in inner
        if not mark.contact and least < mark.box.size < most and mark.darkness > _DARK
    ]
    if not written:
        return share, labels, marks
    # Beside the marks too, where shade is so pale that it is no part of any.
    share = np.where(within | (labels == 0), ink, share)
    labels, marks = labels.copy(), list(marks)
    for number, mark in enumerate(written, int(labels.max()) + 1):
        labels[inner_labels == mark.labels[0]] = number
        marks.append(mark._replace(labels=(number,)))
    return share, labels, marks
