"""Digits as people draw them: pen strokes, placed on a canvas at random.

The file pen_digits.npz in SCRATCH_NN_DATA holds strokes that real people drew with a pen (UNIPEN).
They are for measuring only: no network learns from them, and nothing is chosen by them but how much
less sure a strange image is (`nn.less_sure`), which MNIST alone would not ask for.
"""

import os
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

import data

FILE = "pen_digits.npz"
CANVAS = 280
LONGER_SIDE = 110, 240
PEN_WIDTH = 8, 28
"""The canvas, and the range of the digits' longer side and of the pen, in its pixels."""


class Drawings(NamedTuple):
    """images (n, 28, 28) float32 as the Draw page feeds them to the network, and labels (n,)."""

    images: np.ndarray
    labels: np.ndarray


def load(seed: int = 0) -> Drawings | None:
    """All strokes, drawn at a random place and size with a random pen; None if they aren't here."""
    folder = os.environ.get("SCRATCH_NN_DATA")
    if not folder or not (Path(folder) / FILE).is_file():
        return None
    with np.load(Path(folder) / FILE) as file:
        points = file["points"].astype(float)
        stroke_offsets, digit_offsets = file["stroke_offsets"], file["digit_offsets"]
        labels = file["labels"]
    rng = np.random.default_rng(seed)
    images = []
    for first, last in pairwise(digit_offsets):
        bounds = stroke_offsets[first : last + 1]
        strokes = np.split(points[bounds[0] : bounds[-1]], bounds[1:-1] - bounds[0])
        images.append(data.from_strokes(*place(strokes, rng)))
    return Drawings(np.array(images), labels)


def place(strokes: list[np.ndarray], rng: np.random.Generator) -> tuple[list[np.ndarray], float]:
    """The strokes (n, 2) of one digit, whose longer side is 0..10000, somewhere on the canvas, and
    the pen they are drawn with."""
    pen_width = rng.uniform(*PEN_WIDTH)
    scale = rng.uniform(*LONGER_SIDE) / 10_000
    size = np.concatenate(strokes).max(axis=0) * scale
    corner = rng.uniform(pen_width / 2, CANVAS - pen_width / 2 - size)
    return [stroke * scale + corner for stroke in strokes], pen_width
