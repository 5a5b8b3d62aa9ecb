"""`python -m benchmarks.whole_digits`: make the network that tells one whole digit from a part of
one, or from several, which numbers are taken apart with.

It learns from MNIST's digits, put together to numbers that touch and cut wherever
`data.pictures.touching` might cut them. A network of digits has never seen pieces and takes many
for a digit, surely. So a recogniser of numbers learns what wrong cuts make too: LeCun, Bottou,
Bengio, Haffner 1998, "Gradient-based learning applied to document recognition", section V.
"""

from collections.abc import Iterator, Sequence
from itertools import count, islice
from typing import NamedTuple

import click
import joblib
import numpy as np
from PIL import Image, ImageFilter
from scipy import ndimage

import nn
from benchmarks.accuracy import MODELS, mnist_if_here
from data.drawing.centring import SIDE, centre
from data.drawing.thickness import thickened
from data.pictures.touching import Part, ways_to_part
from nn.augment.styles import add_styles
from nn.labels import DIGITS
from nn.training.blas_threads import limited_threads
from nn.training.build import build_network, build_trainer, split_validation
from nn.training.config import TrainingConfig
from nn.training.events import EpochEnd

# How many digits a number has, and how often.
_LENGTHS, _OFTEN = (1, 2, 3, 4), (0.25, 0.4, 0.25, 0.1)
# How high its digits are in pixels; of that how much they differ, how many are smaller and how high
# those are, how far they stand apart from where they would just touch, and how far up or down.
_HEIGHTS, _LOWEST = (20, 64), 12
_DIFFERENT, _SMALL_ONES, _SMALL, _APART, _UP = 0.07, 0.2, (0.55, 0.9), (-0.03, 0.05), 0.04
# How far they lean, in pixels aside for each up; how dark they are where a stroke ends, and how
# sharp its end is at least; the blur.
_LEAN, _RIM, _LEAST_EDGE, _BLUR = 0.18, (0.25, 0.75), 4, (0.3, 1.0)
# Of a digit's ink so much is in its part at least, and of the ink in that so much is the digit's;
# what has less than the second of both is none. Between them it is hard to say.
_MOST_OF_IT, _LESS_OF_IT = (0.86, 0.92), (0.72, 0.82)
_INK = 0.3
# So many of the digits get a mark of their class that MNIST's hardly have; so many of the numbers
# stand on a line that was taken out, but beside the strokes that cross it: so near, in heights.
_STYLED, _LINED, _BESIDE = 0.3, 0.2, 0.08
# Of each number so many of the wrong pieces.
_WRONG = 8
_HIGHEST_PART = 40
# Marks are parted from this width on, as a share of their height: narrower ones than on pictures
# leave other pieces.
_LEAST_WIDTH = 0.45

NO_DIGIT = 10

# What it learns from: so many pieces of the numbers of each seed, of MNIST's training images but
# for those that all recipes keep back. The last pieces say how well it has learned; of the others
# so many that are no digit, two for each that is one.
_SEEDS, _PIECES, _KEPT_BACK, _LAST, _NO_DIGITS = (17, 18), 160_000, 2000, 6000, 120_000
_CONFIG = TrainingConfig(
    convolutions=(16, 32),
    hidden=(128,),
    optimizer="adamw",
    learning_rate=0.003,
    weight_decay=0.01,
    schedule="one_cycle",
    batch_size=128,
    epochs=8,
    keep_best=False,
    seed=1,  # of three, the one that told the last pieces best
)


@click.command()
def whole_digits() -> None:
    """Make the pieces, train the network and write it to models/pieces/."""
    mnist = mnist_if_here()
    if mnist is None:
        raise click.UsageError("MNIST is needed, in SCRATCH_NN_DATA")
    learned, _ = split_validation(len(mnist.train_images), _KEPT_BACK)
    digits = mnist.train_images[learned], mnist.train_labels[learned]
    made = joblib.Parallel(len(_SEEDS))(joblib.delayed(_some)(*digits, seed) for seed in _SEEDS)
    images, labels = (np.concatenate(arrays) for arrays in zip(*made, strict=True))
    path = MODELS / "pieces/whole_digits.safetensors"
    path.parent.mkdir(exist_ok=True)
    network = train(*_with_fewer_others(images[:-_LAST], labels[:-_LAST]))
    nn.save(network, path, np.float16)
    loss, accuracy = nn.loss_and_accuracy(
        network, nn.CrossEntropyLoss(), images[-_LAST:], labels[-_LAST:]
    )
    click.echo(f"{accuracy:.2%} of {_LAST:,} pieces are told rightly, loss {loss:.4f}")


def train(images: np.ndarray, labels: np.ndarray) -> nn.Network:
    """The network trained with pieces (n, 28, 28) uint8 with the labels (n,)."""
    network = build_network(_CONFIG, images, [*DIGITS, "no digit"])
    with limited_threads(1):
        for event in build_trainer(_CONFIG, network, images, labels).run():
            if isinstance(event, EpochEnd):
                click.echo(f"epoch {event.epoch}: loss {event.train_loss:.4f}")
    return network


def _some(images: np.ndarray, labels: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    found = list(islice(pieces(images, labels, seed), _PIECES))
    return np.stack([piece.image for piece in found]), np.array([piece.label for piece in found])


def _with_fewer_others(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All pieces that are a digit, and `_NO_DIGITS` of the others."""
    others = np.random.default_rng(0).permutation(np.flatnonzero(labels == NO_DIGIT))
    chosen = np.concatenate([np.flatnonzero(labels != NO_DIGIT), others[:_NO_DIGITS]])
    chosen.sort()
    return images[chosen], labels[chosen]


class Piece(NamedTuple):
    """image: (28, 28) uint8.
    label: which digit it is; `NO_DIGIT` for what is not just one whole digit.
    """

    image: np.ndarray
    label: int


def pieces(images: np.ndarray, labels: np.ndarray, seed: int) -> Iterator[Piece]:
    """Pieces of numbers of these digits, (n, 28, 28) uint8 with the labels (n,), without end."""
    styled = images.reshape(len(images), -1).copy()
    chosen = np.flatnonzero(np.random.default_rng(seed).random(len(images)) < _STYLED)
    styled[chosen] = add_styles(styled[chosen], labels[chosen], SIDE, np.random.default_rng(seed))
    images = styled.reshape(images.shape)
    by_label = [images[labels == label] for label in range(10)]
    for number in count():
        rng = np.random.default_rng([seed, number])
        own = rng.integers(10, size=rng.choice(_LENGTHS, p=_OFTEN))
        yield from _pieces_of(rng, _draw(rng, [by_label[label] for label in own]), own)


def _pieces_of(rng: np.random.Generator, digits: np.ndarray, labels: np.ndarray) -> Iterator[Piece]:
    """Of a number whose digits (n, h, w) float32 with the labels (n,) are drawn one by one."""
    ink = digits.max(axis=0)
    if rng.random() < _LINED:
        ink = _with_stubs(rng, ink)
    parts = {id(part): part for way in ways_to_part(ink, _LEAST_WIDTH) for part in way}.values()
    found = [(ink, ink > _INK)]
    found += [(part.ink, _where(part, ink.shape)) for part in parts]
    wrong = []
    for cut, inside in found:
        which = _whole_digit(inside, digits)
        if which is None:
            wrong.append(cut)
        elif which >= 0:
            yield Piece(_image(cut), int(labels[which]))
    for place in rng.permutation(len(wrong))[:_WRONG]:
        yield Piece(_image(wrong[place]), NO_DIGIT)


def _with_stubs(rng: np.random.Generator, ink: np.ndarray) -> np.ndarray:
    """(h, w) with what stays of a line under it where strokes cross or touch it."""
    height = len(ink)
    top = int(rng.uniform(0.75, 1) * height)
    line = slice(top, top + max(1, round(rng.uniform(0.02, 0.05) * height)))
    reach = 2 * round(_BESIDE * height) + 1
    near = ndimage.maximum_filter(ink[line].max(axis=0, initial=0), reach)
    lined = ink.copy()
    np.maximum(lined[line], rng.uniform(0.5, 1) * np.minimum(near, 1), out=lined[line])
    return lined


def _where(part: Part, shape: tuple[int, ...]) -> np.ndarray:
    """The pixels of a part's ink on the whole, (h, w) bool of this shape."""
    factor = max(1, shape[0] // _HIGHEST_PART)
    large = np.kron(part.ink > _INK, np.ones((factor, factor), bool))
    inside = np.zeros(shape, bool)
    left, top, *_ = part.box
    place = inside[top : top + len(large), left : left + large.shape[1]]
    place[...] = large[: place.shape[0], : place.shape[1]]
    return inside


def _whole_digit(inside: np.ndarray, digits: np.ndarray) -> int | None:
    """Which of the digits is all that is `inside`; None for none, -1 if that is hard to say."""
    own = digits[:, inside].sum(axis=1)
    most = int(own.argmax())
    covered = own[most] / digits[most].sum()
    pure = own[most] / max(digits[:, inside].max(axis=0).sum(), 1e-6)
    if covered > _MOST_OF_IT[0] and pure > _MOST_OF_IT[1]:
        return most
    if covered < _LESS_OF_IT[0] or pure < _LESS_OF_IT[1]:
        return None
    return -1


def _image(cut: np.ndarray) -> np.ndarray:
    return np.rint(255 * centre(thickened(cut))).astype(np.uint8)


def _draw(rng: np.random.Generator, images: Sequence[np.ndarray]) -> np.ndarray:
    """A number's digits (n, h, w) float32 in [0, 1], each alone where it stands: of each its
    images to choose from."""
    high, lean, rim = rng.uniform(*_HEIGHTS), rng.normal(0, _LEAN), rng.uniform(*_RIM)
    blur = rng.uniform(*_BLUR) * high / 30
    placed: list[tuple[np.ndarray, int, int]] = []
    for own in images:
        height = high * rng.normal(1, _DIFFERENT)
        if rng.random() < _SMALL_ONES:
            height *= rng.uniform(*_SMALL)
        digit = _digit(own[rng.integers(len(own))], max(_LOWEST, height), lean, rim, blur)
        top = round(rng.normal(0, _UP) * high - len(digit))
        left = 0
        if placed:
            before, before_left, before_top = placed[-1]
            touch = _touching(before, digit, top - before_top)
            left = before_left + touch + round(rng.normal(*_APART) * high)
            left = max(left, before_left + before.shape[1] // 3)
        placed.append((digit, left, top))
    first = min(left for _, left, _ in placed)
    highest = min(top for *_, top in placed)
    width = max(left + digit.shape[1] for digit, left, _ in placed) - first
    height = max(top + len(digit) for digit, _, top in placed) - highest
    digits = np.zeros((len(placed), height, width), np.float32)
    for canvas, (digit, left, top) in zip(digits, placed, strict=True):
        left, top = left - first, top - highest
        canvas[top : top + len(digit), left : left + digit.shape[1]] = digit
    return digits


def _digit(image: np.ndarray, height: float, lean: float, rim: float, blur: float) -> np.ndarray:
    """The ink of a digit (h, w), cut out."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    cut = Image.fromarray(image).crop((columns[0] - 1, rows[0] - 1, columns[-1] + 2, rows[-1] + 2))
    factor = height / (cut.height - 2)
    aside = round(abs(lean) * height) + 1
    width = max(1, round(factor * cut.width))
    large = cut.resize((width, round(factor * cut.height)), Image.Resampling.BICUBIC)
    # What lies `y` below the middle comes from so far to the right.
    back = (1, lean, -aside - lean * large.height / 2, 0, 1, 0)
    size = width + 2 * aside, large.height
    leaning = large.transform(size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)
    values = np.asarray(leaning, np.float32) / 255
    dark = np.clip((values - rim) * max(_LEAST_EDGE, factor) + 0.5, 0, 1)
    soft = Image.fromarray(np.uint8(255 * dark)).filter(ImageFilter.GaussianBlur(blur))
    ink = np.asarray(soft, np.float32) / 255
    marked = ink > 0.1
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    if not rows.size:  # of thin strokes nothing is left
        return ink
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _touching(left: np.ndarray, right: np.ndarray, lower: int) -> int:
    """How far to the right of a digit the next one, so much lower, just touches it."""
    nearest = 0
    for y in range(max(0, lower), min(len(left), lower + len(right))):
        ends, begins = np.flatnonzero(left[y] > 0.5), np.flatnonzero(right[y - lower] > 0.5)
        if ends.size and begins.size:
            nearest = max(nearest, int(ends[-1] - begins[0]) + 1)
    return nearest or left.shape[1]


if __name__ == "__main__":
    whole_digits()
