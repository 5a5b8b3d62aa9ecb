"""Which pixels of a picture are ink, and how much of it."""

import numpy as np
from PIL import Image, ImageFilter

# Longer pictures are shrunk first: 20 pixels are made of it, so nothing visible is lost.
_MAX_SIDE = 600
# Less contrast than this between ink and background is no drawing.
_MIN_CONTRAST = 0.1
# Photos: pixels up to the first share of the darkest ink are paper, from the second on ink.
_PAPER, _INK = 0.35, 0.7


def find_ink(rgba: np.ndarray) -> np.ndarray | None:
    """How much ink each pixel of a picture holds.

    The background is what the picture's edge shows. If that is transparent, whatever is opaque
    is ink; else whatever differs from it in brightness, to the side (lighter or darker) where
    more of it is. A background that is not one plain colour is taken for photographed paper,
    and its shading and grain removed.

    Args:
        rgba: (H, W, 4) uint8.

    Returns:
        (h, w) float32, 0 = background, 1 = full ink, smaller than the picture if that is large;
        None if there is nothing on the background.
    """
    picture = Image.fromarray(rgba)
    factor = -(-max(picture.size) // _MAX_SIDE)
    alpha = picture.getchannel("A").reduce(factor)
    if _median(_edge(np.asarray(alpha))) < 128:
        ink = np.asarray(alpha, np.float32)
    else:
        grey = picture.convert("RGB").convert("L").reduce(factor)
        ink = _difference(grey, np.asarray(alpha))
    contrast = float(ink.max())
    if contrast < 255 * _MIN_CONTRAST:
        return None
    return ink / contrast


def _difference(grey: Image.Image, alpha: np.ndarray) -> np.ndarray:
    """Brightness difference to the background, 0..255, positive where there is ink."""
    values = np.asarray(grey, np.float32)
    background = _median(_edge(np.asarray(grey)))
    difference = values - background
    if alpha.min() < 255:
        difference *= alpha / np.float32(255)
    sign = 1 if difference.sum() > 0 else -1
    difference *= sign
    plain = np.count_nonzero(np.abs(difference) < 3) > difference.size / 2
    return np.maximum(difference, 0, out=difference) if plain else _photo_ink(grey, sign)


def _photo_ink(grey: Image.Image, sign: int) -> np.ndarray:
    """Ink on unevenly lit paper.

    A grey-scale closing, wider than any pen stroke, shows the paper without the ink; what is
    left of the difference after a soft threshold is ink.
    """
    width, height = grey.size
    small = grey.resize((min(width, 64), min(height, 64)), Image.Resampling.BOX)
    darker, lighter = ImageFilter.MinFilter(21), ImageFilter.MaxFilter(21)
    small = small.filter(darker if sign > 0 else lighter)
    small = small.filter(lighter if sign > 0 else darker)
    small = small.filter(ImageFilter.GaussianBlur(6))
    paper = small.resize(grey.size, Image.Resampling.BILINEAR)
    difference = (np.asarray(grey, np.float32) - np.asarray(paper, np.float32)) * sign
    contrast = float(np.percentile(difference, 99.5))
    if contrast < 255 * _MIN_CONTRAST:
        return np.zeros_like(difference)
    return 255 * np.clip((difference / contrast - _PAPER) / (_INK - _PAPER), 0, 1)


def _edge(values: np.ndarray) -> np.ndarray:
    return np.concatenate((values[0], values[-1], values[:, 0], values[:, -1]))


def _median(values: np.ndarray) -> int:
    """The median of a few uint8 values (np.median takes ten times longer)."""
    return int(np.sort(values)[len(values) // 2])
