"""Greys of more than 8 bits, as scanners, microscopes and medical software write them."""

import math

import numpy as np
from PIL import Image

DEEP_MODES = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
"""Pillow's modes of one number for each pixel; its own conversion cuts all above 255 off."""

_PHOTOMETRIC = 262  # the TIFF tag
_WHITE_IS_ZERO = 0


class GreyScale:
    """What becomes black and what white of a picture in one of `DEEP_MODES`.

    Whole numbers go from 0 to the most that fits into as many bits as the picture uses, because
    a camera's 12 bits often lie in 16; fractions from 0 to 1, as programs write them. Where they
    do not fit into that (or are below 0), from the least to the most that occurs.
    """

    def __init__(self, picture: Image.Image, rows: int) -> None:
        """Look through a picture, so many rows at a time, which keeps memory small."""
        least, most = math.inf, -math.inf
        for top in range(0, picture.height, rows):
            box = (0, top, picture.width, min(picture.height, top + rows))
            values = np.asarray(picture.crop(box))
            values = values[np.isfinite(values)]
            if values.size:
                least, most = min(least, float(values.min())), max(most, float(values.max()))
        if least < 0 or (picture.mode == "F" and most > 1):
            self._black, white = least, most
        elif picture.mode == "F":
            self._black, white = 0.0, 1.0
        else:
            bits = max(8, int(most).bit_length()) if math.isfinite(most) else 8
            self._black, white = 0.0, 2.0**bits - 1
        self._range = white - self._black
        tags = getattr(picture, "tag_v2", {})
        self._negative = tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO

    def shown(self, part: Image.Image) -> Image.Image:
        """A part of the picture in mode L; what is no number is black."""
        values = np.nan_to_num(np.asarray(part, np.float32), nan=self._black)
        share = np.clip((values - self._black) / (self._range or 1.0), 0, 1)
        if self._negative:
            share = 1 - share
        return Image.fromarray(np.rint(share * 255).astype(np.uint8))
