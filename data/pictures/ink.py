"""How much ink each pixel of a picture holds."""

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from data.pictures.form_lines import without_form_lines
from data.pictures.ruling import without_ruling
from data.pictures.sheet import edge, find_sheet, is_plain, rim
from data.pictures.texture import between_dark_and_bright, without_texture

# Longer pictures are shrunk first: 20 pixels are made of it, so nothing visible is lost.
_MAX_SIDE = 600
# Paper seems no darker than this, so that noise in the dark is not blown up.
_DARKEST_PAPER = 40
# On brighter paper than this, what is brighter still is no ink.
_BRIGHT = 170
# Paper brighter than this is meant to be written on with dark ink.
_LIGHT_PAPER = 100
# On a plain background less contrast than this is no drawing.
MIN_CONTRAST = 0.1
# Wider than any pen stroke, as a share of the picture's longer side.
_STROKE = 0.25


class Ink(NamedTuple):
    """amount: (h, w) float32, 0 = background, 1 = as different from it as can be; of the picture
        or of the sheet on it, and smaller than it is if that is large.
    left, top: where it begins on the picture, in pixels of `amount`.
    factor: how many times smaller.
    photographed: whether the background is paper with shading and grain that may be left in
        `amount`, and not one plain colour.
    """

    amount: np.ndarray
    left: int
    top: int
    factor: int
    photographed: bool


def find_ink(rgba: np.ndarray) -> Ink:
    """How much ink each pixel of a picture holds.

    A picture of one thing on a transparent background shows nothing but ink. On all others the
    background is what the edge of the sheet shows, and ink is whatever differs from it in colour.
    A background that is not one plain colour is taken for photographed paper, and its shading
    removed. Ruled lines are removed from all.

    Args:
        rgba: (H, W, 4) uint8.
    """
    factor = -(-max(rgba.shape[:2]) // _MAX_SIDE)
    # One channel at a time, as below: several visitors may be here at once.
    *colours, alpha = (
        np.asarray(Image.fromarray(np.ascontiguousarray(rgba[..., channel])).reduce(factor))
        for channel in range(4)
    )
    sheet = find_sheet(np.dstack(colours), alpha)
    if sheet is None:
        return Ink(alpha / np.float32(255), 0, 0, factor, False)
    small = Image.fromarray(sheet.rgb)
    plain = is_plain(np.asarray(small.convert("L")))
    if plain:
        amount = _ink_on_plain(sheet.rgb)
        # On a photo taken in the dark paper seems plain, and the ink is nearly as dark.
        plain = amount.max() >= MIN_CONTRAST
    if not plain:
        amount = without_texture(_ink_on_paper(small))
    amount = without_form_lines(without_ruling(amount))
    return Ink(amount, sheet.left, sheet.top, factor, not plain)


def _ink_on_plain(rgb: np.ndarray) -> np.ndarray:
    """Difference to the background in the colour of the ink, (h, w) float32 in [0, 1]."""
    paper = np.median(rim(rgb), axis=0).astype(np.float32)
    differences = [(rgb[..., c] - paper[c]) / 255 for c in range(3)]
    # The ink's colour is where the pixels lie that are far from the background; JPEG's halos are
    # near it on the other side.
    far = np.zeros(rgb.shape[:2], np.float32)
    for difference in differences:
        np.maximum(far, np.abs(difference), out=far)
    direction = np.array([np.vdot(difference, far) for difference in differences])
    weight = np.abs(direction).sum()
    if weight == 0:
        return far
    amount = np.zeros_like(far)
    for difference, share in zip(differences, direction / weight, strict=True):
        amount += share * difference
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
    # A grey-scale closing, wider than any pen stroke, shows the paper without the ink.
    width = round(_STROKE * max(rgb.size))
    most = np.zeros(rgb.size[::-1], np.float32)
    for colour in rgb.split():
        smooth = np.asarray(colour.filter(ImageFilter.GaussianBlur(max(rgb.size) / 200)))
        paper = ndimage.grey_closing(smooth, (width, width)).astype(np.float32)
        share = paper - np.asarray(colour.filter(ImageFilter.GaussianBlur(max(rgb.size) / 600)))
        share /= np.maximum(paper, _DARKEST_PAPER)
        np.maximum(most, share, out=most)
    return np.minimum(most, 1, out=most)


def _is_light_on_dark(grey: Image.Image) -> bool:
    small = grey.resize((64, 64), Image.Resampling.BOX)
    values = np.asarray(small)
    bright = values > between_dark_and_bright(values)
    # Where the digit fills the picture, its ink is no narrower than the gaps in it.
    if edge(bright).mean() > 0.5 and values[bright].mean() > _LIGHT_PAPER:
        return False
    shading = small.filter(ImageFilter.GaussianBlur(8))
    # Ink is narrow and far from the paper's brightness, so it decides the skew; the two sides
    # of a shadow's edge cancel out.
    skew = np.sum((values.astype(np.float32) - np.asarray(shading, np.float32)) ** 3)
    return bool(skew > 0 and np.median(values) < _BRIGHT)
