"""Which pixels of a picture are ink, and how much of it."""

import numpy as np
from PIL import Image, ImageFilter

# Longer pictures are shrunk first: 20 pixels are made of it, so nothing visible is lost.
_MAX_SIDE = 600
# Less contrast than this between ink and background is no drawing.
_MIN_CONTRAST = 0.1
# Photos: pixels up to the first share of the darkest ink are paper, from the second on ink.
_PAPER, _INK = 0.35, 0.7
# And what stands out less than this from the paper is shadow or grain.
_MIN_PHOTO_CONTRAST = 0.2


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
    alpha = np.asarray(picture.getchannel("A").reduce(factor))
    if _median(_edge(alpha)) < 128:
        ink = alpha.astype(np.float32)
    else:
        grey = picture.convert("L").reduce(factor)
        ink = _ink_on_plain(grey, alpha) if _is_plain(grey) else _ink_on_paper(grey)
    contrast = float(ink.max())
    if contrast < 255 * _MIN_CONTRAST:
        return None
    return ink / contrast


def _is_plain(grey: Image.Image) -> bool:
    """Whether most of the picture's edge has one and the same brightness."""
    edge = _edge(np.asarray(grey)).astype(int)
    return bool(np.count_nonzero(np.abs(edge - _median(edge)) < 4) > len(edge) / 2)


def _ink_on_plain(grey: Image.Image, alpha: np.ndarray) -> np.ndarray:
    """Difference in brightness to the background, (h, w) float32, up to 255."""
    values = np.asarray(grey)
    difference = values.astype(np.float32) - _median(_edge(values))
    if alpha.min() < 255:
        difference *= alpha / np.float32(255)
    if difference.sum() < 0:
        np.negative(difference, out=difference)
    return np.maximum(difference, 0, out=difference)


def _ink_on_paper(grey: Image.Image) -> np.ndarray:
    """Ink on unevenly lit paper, (h, w) float32, 0 to 255.

    A grey-scale closing (for light ink an opening), wider than any pen stroke, shows the paper
    without the ink; what is left of the difference after a soft threshold is ink.
    """
    small = grey.resize((64, 64), Image.Resampling.BOX)
    shading = small.filter(ImageFilter.GaussianBlur(8))
    # Ink is narrow and far from the paper's brightness, so it decides the skew; the two sides
    # of a shadow's edge cancel out.
    skew = np.sum((np.asarray(small, np.float32) - np.asarray(shading, np.float32)) ** 3)
    if skew < 0:
        small = small.filter(ImageFilter.MaxFilter(21)).filter(ImageFilter.MinFilter(21))
    else:
        small = small.filter(ImageFilter.MinFilter(21)).filter(ImageFilter.MaxFilter(21))
    paper = small.filter(ImageFilter.GaussianBlur(1)).resize(grey.size, Image.Resampling.BICUBIC)
    smooth = grey.filter(ImageFilter.GaussianBlur(max(grey.size) / 300))  # against grain
    difference = np.asarray(smooth, np.float32) - np.asarray(paper, np.float32)
    difference *= np.sign(skew)
    contrast = float(np.percentile(difference, 99.5))
    if contrast < 255 * _MIN_PHOTO_CONTRAST:
        return np.zeros_like(difference)
    return 255 * np.clip((difference / contrast - _PAPER) / (_INK - _PAPER), 0, 1)


def _edge(values: np.ndarray) -> np.ndarray:
    return np.concatenate((values[0], values[-1], values[:, 0], values[:, -1]))


def _median(values: np.ndarray) -> int:
    """The median of a few integers (np.median takes ten times longer)."""
    return int(np.sort(values)[len(values) // 2])
