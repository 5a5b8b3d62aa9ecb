"""How much ink each pixel of a picture holds."""

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from .ruling import without_ruling

# Longer pictures are shrunk first: 20 pixels are made of it, so nothing visible is lost.
_MAX_SIDE = 600
# Paper seems no darker than this, so that noise in the dark is not blown up.
_DARKEST_PAPER = 40
# On brighter paper than this, what is brighter still is no ink.
_BRIGHT = 170
# Wider than any pen stroke, as a share of the picture's longer side.
_STROKE = 0.25


class Ink(NamedTuple):
    """amount: (h, w) float32, 0 = background, 1 = as different from it as can be; smaller than
        the picture if that is large.
    factor: how many times smaller.
    photographed: whether the background is paper with shading and grain that may be left in
        `amount`, and not one plain colour.
    """

    amount: np.ndarray
    factor: int
    photographed: bool


def find_ink(rgba: np.ndarray) -> Ink:
    """How much ink each pixel of a picture holds.

    The background is what the picture's edge shows. If that is transparent, whatever is opaque
    is ink; else whatever differs from it in colour. A background that is not one plain colour is
    taken for photographed paper, and its shading and printed lines removed.

    Args:
        rgba: (H, W, 4) uint8.
    """
    picture = Image.fromarray(rgba)
    factor = -(-max(picture.size) // _MAX_SIDE)
    alpha = np.asarray(picture.getchannel("A").reduce(factor))
    if np.median(_edge(alpha)) < 128:
        return Ink(alpha / np.float32(255), factor, False)
    small = picture.convert("RGB").reduce(factor)
    if _is_plain(small.convert("L")):
        return Ink(_ink_on_plain(np.asarray(small), alpha), factor, False)
    return Ink(_ink_on_paper(small), factor, True)


def _is_plain(grey: Image.Image) -> bool:
    """Whether most of the picture's edge has one and the same brightness."""
    edge = _edge(np.asarray(grey)).astype(int)
    return bool(np.count_nonzero(np.abs(edge - np.median(edge)) < 4) > len(edge) / 2)


def _ink_on_plain(rgb: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Difference to the background in the colour of the ink, (h, w) float32 in [0, 1]."""
    difference = rgb.astype(np.float32) - np.median(_edge(rgb), axis=0).astype(np.float32)
    difference *= alpha[..., None] / np.float32(255 * 255)
    # The ink's colour is where the pixels lie that are far from the background; JPEG's halos are
    # near it on the other side.
    far = np.abs(difference).max(axis=2, keepdims=True)
    direction = (difference * far).sum(axis=(0, 1), dtype=np.float64)
    weight = np.abs(direction).sum()
    if weight == 0:
        return far[..., 0]
    amount: np.ndarray = difference @ (direction / weight).astype(np.float32)
    return np.maximum(amount, 0, out=amount)


def _ink_on_paper(rgb: Image.Image) -> np.ndarray:
    """The share of the paper's light that ink takes away, (h, w) float32 in [0, 1].

    A share, because then ink is the same in light and shadow; and the largest of the three
    colours', because blue ink takes little of the blue. For light ink on dark paper the same with
    the picture's negative.
    """
    from scipy import ndimage  # here, because it takes 0.4 s and 20 MB

    if _is_light_on_dark(rgb.convert("L")):
        rgb = Image.fromarray(255 - np.asarray(rgb))
    sharp = np.asarray(rgb.filter(ImageFilter.GaussianBlur(max(rgb.size) / 600)), np.float32)
    smooth = np.asarray(rgb.filter(ImageFilter.GaussianBlur(max(rgb.size) / 200)), np.float32)
    # A grey-scale closing, wider than any pen stroke, shows the paper without the ink.
    width = round(_STROKE * max(rgb.size))
    paper = ndimage.grey_closing(smooth, (width, width, 1))
    share = (paper - sharp) / np.maximum(paper, _DARKEST_PAPER)
    return without_ruling(np.clip(share.max(axis=2), 0, 1))


def _is_light_on_dark(grey: Image.Image) -> bool:
    small = grey.resize((64, 64), Image.Resampling.BOX)
    shading = small.filter(ImageFilter.GaussianBlur(8))
    # Ink is narrow and far from the paper's brightness, so it decides the skew; the two sides
    # of a shadow's edge cancel out.
    skew = np.sum((np.asarray(small, np.float32) - np.asarray(shading, np.float32)) ** 3)
    return bool(skew > 0 and np.median(np.asarray(small)) < _BRIGHT)


def _edge(values: np.ndarray) -> np.ndarray:
    return np.concatenate((values[0], values[-1], values[:, 0], values[:, -1]))
