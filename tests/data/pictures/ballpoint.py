"""Digits in even strokes, as someone writes them with a pen."""

import numpy as np
from PIL import Image, ImageDraw

# The strokes of each digit in a box 6 wide and 10 high.
STROKES = {
    0: ["30 10 02 06 19 39 58 64 52 31 20"],
    1: ["04 30 3A"],
    2: ["02 10 40 52 43 27 0A 6A"],
    3: ["01 20 50 52 34 24 45 67 59 2A 08"],
    4: ["30 06 66", "43 4A"],
    5: ["10 04 34 56 58 3A 09", "10 60"],
    6: ["50 21 05 08 2A 49 58 46 26 08"],
    7: ["00 60 34 2A", "15 55"],
    8: ["52 30 11 13 57 59 2A 09 07 53 52"],
    9: ["51 20 02 14 34 52 50 56 3A"],
}


def drawn(digit: int, width: float, rng: np.random.Generator, side: int = 400) -> np.ndarray:
    """A digit in thin strokes, slanted and stretched by chance, (side, side) in [0, 1].

    Args:
        width: of the pen, as a share of the digit's height.
    """
    size = side / 14
    slant, wide = rng.uniform(-0.2, 0.3), rng.uniform(0.85, 1.15)
    sheet = Image.new("L", (side, side))
    pen = ImageDraw.Draw(sheet)
    for stroke in STROKES[digit]:
        points = np.array([[int(c, 16) for c in point] for point in stroke.split()], float)
        points += rng.normal(0, 0.15, points.shape)
        x = 7 + (points[:, 0] - 3) * wide - slant * (points[:, 1] - 5)
        line = list(zip(x * size, (points[:, 1] + 2) * size, strict=True))
        pen.line(line, fill=255, width=max(1, round(10 * width * size)), joint="curve")
    return np.asarray(sheet, np.float32) / 255
