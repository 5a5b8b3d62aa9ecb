"""Photos of handwritten digits as a phone takes them, made up: paper, pen, light and camera."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

INKS = {
    "black": ((25, 25, 30), 0.95),
    "blue": ((35, 60, 170), 0.9),
    "red": ((200, 35, 45), 0.9),
    "pencil": ((70, 70, 75), 0.6),
    "white": ((245, 245, 235), 0.9),
}
"""Colours of ink on the sheet and how much of the paper they cover."""
PAPERS = {
    "white": (235, 235, 232),
    "yellowish": (238, 225, 180),
    "grey": (165, 165, 165),
    "brown": (176, 140, 100),
    "dark": (45, 50, 48),
}
# Where a digit of MNIST, enlarged, turns to ink: high makes thin strokes.
PENS = {"thin": 0.8, "medium": 0.5, "bold": 0.25}
# Each is the plain photo with something changed.
STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    **{f"{name} ink": {"ink": name} for name in ("blue", "red", "pencil")},
    "thin pen": {"pen": "thin"},
    "thin pencil": {"pen": "thin", "ink": "pencil"},
    "bold pen": {"pen": "bold"},
    **{f"{name} paper": {"paper": name} for name in ("yellowish", "grey", "brown")},
    "white on dark": {"paper": "dark", "ink": "white"},
    "ruled": {"lines": "ruled"},
    "squared": {"lines": "squared"},
    "squared, pencil": {"lines": "squared", "ink": "pencil"},
    "squared, blue": {"lines": "squared", "ink": "blue"},
    "ruled, perspective": {"lines": "ruled", "perspective": 0.05},
    "vignette": {"vignette": 0.6},
    "shadow": {"shadow": 0.5},
    "shadow, pencil": {"shadow": 0.55, "ink": "pencil"},
    "noise": {"noise": 14, "quality": 30},
    "blur": {"blur": 0.02},
    "turned": {"angle": 12},
    "table": {"table": (96, 62, 40)},
    "light table": {"table": (206, 190, 165)},
    "crease": {"crease": True},
    "scribble": {"scribble": True},
    "specks": {"specks": 4},
    "small": {"size": 0.1},
    "small, squared, blue": {"size": 0.12, "lines": "squared", "ink": "blue"},
    "at the edge": {"at_edge": True},
    "100 px": {"side": 100},
}


def take_photo(
    digit: np.ndarray | None, rng: np.random.Generator, style: Mapping[str, Any]
) -> bytes:
    """A photo of a digit on paper, through JPEG.

    Args:
        digit: square, in [0, 1]; None for a sheet without one.
        style: entries as in `STYLES`; those left out are plain.

    Returns:
        A JPEG file.
    """
    side = style.get("side", 800)
    height, width = side, round(side * 0.75)
    if rng.random() < 0.5:
        height, width = width, height
    sheet = np.ones((height, width, 3)) * PAPERS[style.get("paper", "white")]
    sheet *= 1 - 0.01 * _smooth_noise(rng, (height, width), 60)[..., None]
    _print_lines(sheet, style.get("lines"), rng)
    colour, cover = INKS[style.get("ink", "black")]
    if digit is not None:
        _ink_in(sheet, place(digit, (height, width), rng, style), colour, cover)
    if style.get("scribble"):
        _ink_in(sheet, _scribble(height, width, rng), colour, cover)
    for _ in range(style.get("specks", 0)):
        _ink_in(sheet, _speck(height, width, rng), (60, 55, 50), 0.9)
    if style.get("crease"):
        sheet *= _crease(height, width, rng)[..., None]
    if "table" in style:
        _lay_on_table(sheet, style["table"], rng)
    if "perspective" in style:
        sheet = _perspective(sheet, style["perspective"], rng)
    sheet *= _light(height, width, rng, style)[..., None]
    return _camera(sheet, rng, style)


def mixed_style(rng: np.random.Generator) -> dict[str, Any]:
    """Something of everything."""
    style: dict[str, Any] = {
        "ink": rng.choice(["black", "black", "blue", "blue", "red", "pencil"]),
        "pen": rng.choice(["thin", "medium", "medium", "bold"]),
        "paper": rng.choice(["white", "white", "white", "yellowish", "grey"]),
        "lines": rng.choice(["none", "none", "ruled", "squared"]),
        "vignette": rng.uniform(0, 0.5),
        "shadow": rng.choice([0, 0, rng.uniform(0.3, 0.55)]),
        "noise": rng.choice([3, 6, 12]),
        "quality": int(rng.choice([40, 75, 92])),
        "blur": rng.choice([0, 0.003, 0.008]),
        "angle": rng.uniform(0, 10),
        "perspective": rng.choice([0, 0.03]),
        "size": rng.choice([0.15, 0.3, 0.5, 0.7]),
        "side": int(rng.choice([150, 400, 800, 1200])),
    }
    extra = rng.choice(["none", "none", "table", "crease", "scribble", "specks"])
    extras = {"table": (96, 62, 40), "crease": True, "scribble": True, "specks": 3}
    return style | ({} if extra == "none" else {str(extra): extras[str(extra)]})


def empty_photos(rng: np.random.Generator) -> dict[str, bytes]:
    """Photos without a digit, by what they show."""
    sheets: dict[str, dict[str, Any]] = {
        "blank": {},
        "blank, vignette and noise": {"vignette": 0.6, "noise": 14, "quality": 30},
        "shadow": {"shadow": 0.5},
        "shadow on grey": {"shadow": 0.6, "paper": "grey", "noise": 8},
        "ruled": {"lines": "ruled"},
        "squared": {"lines": "squared", "angle": 3},
        "ruled, perspective": {"lines": "ruled", "perspective": 0.05},
        "crease": {"crease": True},
        "table": {"table": (96, 62, 40)},
        "dark table cloth": {"paper": "dark"},
    }
    photos = {name: take_photo(None, rng, style) for name, style in sheets.items()}
    shape = (600, 800)
    noise = rng.integers(0, 256, (*shape, 3)).astype(float)
    photos["noise"] = _camera(noise, rng, {})
    for name, width in (("fine texture", 2), ("texture", 6), ("coarse texture", 15)):
        grain = _smooth_noise(rng, shape, width)[..., None]
        photos[name] = _camera(128 + 45 * grain * np.ones(3), rng, {})
    weave = np.sin(np.arange(800) / 3) + np.sin(np.arange(600) / 3)[:, None]
    photos["weave"] = _camera((120 + 40 * weave)[..., None] * np.ones(3), rng, {})
    photos["black"] = _camera(np.zeros((*shape, 3)), rng, {"noise": 3})
    photos["white"] = _camera(np.full((*shape, 3), 255.0), rng, {"noise": 3})
    return photos


def place(
    digit: np.ndarray, shape: tuple[int, int], rng: np.random.Generator, style: Mapping[str, Any]
) -> np.ndarray:
    """A digit somewhere on a sheet as ink in [0, 1], enlarged smoothly and written with a pen."""
    height, width = shape
    size = max(12, round(style.get("size", 0.5) * min(shape)))
    rows, columns = np.flatnonzero(digit.any(1)), np.flatnonzero(digit.any(0))
    cut = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = size / max(cut.shape)
    cut = np.pad(cut, 2)
    grey = Image.fromarray(cut.astype(np.float32)).resize(
        (round(cut.shape[1] * scale), round(cut.shape[0] * scale)), Image.Resampling.BICUBIC
    )
    angle = style.get("angle", 2)
    grey = grey.rotate(rng.uniform(-angle, angle), Image.Resampling.BICUBIC)
    values = np.asarray(grey)
    threshold = PENS[style.get("pen", "medium")]
    ink = np.clip((values - threshold) * np.clip(scale, 1.5, 12) / 1.5 + 0.5, 0, 1)
    pad = round(2 * scale)
    if style.get("at_edge"):
        top, left = int(rng.integers(0, height - ink.shape[0])), -pad
    else:
        top = int(rng.integers(0, max(1, height - ink.shape[0] + 1)))
        left = int(rng.integers(0, max(1, width - ink.shape[1] + 1)))
        if "table" in style or style.get("scribble"):
            top, left = (height - ink.shape[0]) // 2, (width - ink.shape[1]) // 2
    sheet = Image.new("F", (width, height))
    sheet.paste(Image.fromarray(ink.astype(np.float32)), (left, top))
    return np.asarray(sheet)


def _ink_in(sheet: np.ndarray, ink: np.ndarray, colour: Any, cover: float) -> None:
    amount = cover * ink[..., None]
    sheet *= 1 - amount
    sheet += amount * np.array(colour)


def _print_lines(sheet: np.ndarray, kind: str | None, rng: np.random.Generator) -> None:
    height, width = sheet.shape[:2]
    step, thick = max(height, width) / rng.uniform(12, 22), max(height, width) / 400
    tilt = np.tan(np.radians(rng.uniform(-3, 3)))
    rows, columns = np.mgrid[0:height, 0:width]
    across = rows + tilt * columns, columns - tilt * rows
    for position in {"ruled": across[:1], "squared": across}.get(str(kind), ()):
        off = np.abs((position + step / 3) % step - step / 2)
        _ink_in(sheet, np.clip(thick / 2 + 0.5 - off, 0, 1), (130, 150, 190), 0.6)


def _scribble(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """Part of another writing, cut by the left edge of the picture."""
    steps = np.linspace(0, 6 * np.pi, 80)
    size = min(height, width)
    x = 0.05 * size * np.cos(steps)
    y = height * rng.uniform(0.2, 0.7) + 0.05 * size * np.sin(steps) + steps * size / 100
    canvas = Image.new("L", (width, height))
    line = list(zip(x, y, strict=True))
    ImageDraw.Draw(canvas).line(line, fill=255, width=max(1, size // 100))
    return np.asarray(canvas) / 255


def _speck(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    canvas = Image.new("L", (width, height))
    radius = min(height, width) * rng.uniform(0.003, 0.012)
    x, y = rng.uniform(0, width), rng.choice([0.03, 0.97]) * height
    ImageDraw.Draw(canvas).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(canvas) / 255


def _crease(height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """A fold across the sheet: dark on one side, light on the other."""
    rows, columns = np.mgrid[0:height, 0:width]
    off = (rows - height * rng.uniform(0.3, 0.7) + rng.uniform(-0.3, 0.3) * columns) / height
    crease: np.ndarray = 1 - 8 * off * np.exp(-((off / 0.012) ** 2))
    return crease


def _lay_on_table(sheet: np.ndarray, colour: Any, rng: np.random.Generator) -> None:
    height, width = sheet.shape[:2]
    margins = rng.uniform(0.02, 0.14, 4) * np.array([width, height, width, height])
    tilt = rng.uniform(-0.03, 0.03) * height
    left, top, right, bottom = margins * [1, 1, -1, -1] + [0, 0, width, height]
    corners = [(left, top), (right, top + tilt), (right - tilt, bottom), (left - tilt, bottom)]
    mask = Image.new("L", (width, height), 255)
    ImageDraw.Draw(mask).polygon(corners, fill=0)
    outside = np.asarray(mask) > 0
    wood = 1 + 0.1 * _smooth_noise(rng, (height, width), 4)[outside]
    sheet[outside] = wood[:, None] * np.array(colour)


def _perspective(sheet: np.ndarray, amount: float, rng: np.random.Generator) -> np.ndarray:
    """The top is narrower than the bottom, the left shorter than the right or the reverse."""
    height, width = sheet.shape[:2]
    g, h = rng.uniform(-amount, amount, 2)
    data = (1, 0, 0, 0, 1, 0, 2 * g / width, 2 * h / height)
    picture = Image.fromarray(np.clip(sheet, 0, 255).astype(np.uint8))
    paper = tuple(int(value) for value in np.median(sheet, axis=(0, 1)))
    turned = picture.transform(
        picture.size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC, fillcolor=paper
    )
    return np.asarray(turned).astype(float)


def _light(
    height: int, width: int, rng: np.random.Generator, style: Mapping[str, Any]
) -> np.ndarray:
    rows, columns = np.mgrid[0:height, 0:width]
    y, x = rows / height - 0.5, columns / width - 0.5
    direction = rng.uniform(0, 2 * np.pi)
    light = 0.92 + 0.15 * (np.cos(direction) * x + np.sin(direction) * y)
    light = light * (1 - style.get("vignette", 0) * (x * x + y * y) * 2)
    if style.get("shadow"):
        direction = rng.uniform(0, 2 * np.pi)
        across = np.cos(direction) * x + np.sin(direction) * y - rng.uniform(-0.15, 0.15)
        softness = rng.uniform(0.005, 0.05)
        light = light * (1 - style["shadow"] / (1 + np.exp(-np.clip(across / softness, -50, 50))))
    lit: np.ndarray = light
    return lit


def _camera(scene: np.ndarray, rng: np.random.Generator, style: Mapping[str, Any]) -> bytes:
    picture = Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))
    blur = float(style.get("blur", 0.001)) * min(picture.size)
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    noise = rng.normal(0, style.get("noise", 3), (picture.height, picture.width, 1))
    noisy = np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(noisy).save(file, "JPEG", quality=style.get("quality", 85))
    return file.getvalue()


def _smooth_noise(rng: np.random.Generator, shape: tuple[int, int], width: float) -> np.ndarray:
    """Noise with lumps `width` pixels wide, standard deviation 1."""
    small = max(2, round(shape[0] / width)), max(2, round(shape[1] / width))
    lumps = Image.fromarray(rng.normal(0, 1, small).astype(np.float32))
    grown = np.asarray(lumps.resize(shape[::-1], Image.Resampling.BICUBIC))
    noise: np.ndarray = (grown - grown.mean()) / grown.std()
    return noise
