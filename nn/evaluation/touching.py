"""Whether a sign is one character or several that touch: what a network can read better."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nn.evaluation.familiarity import energy
from nn.files import load
from nn.network import Network

Array = np.ndarray

# What the logarithm of a way's worth is made of, see `_worths`, and that of every way being wrong.
# Near the most likely ones for 200 made-up amounts on cheques and 300 other pictures of MNIST's
# validation digits and of pen strokes, single and touching, times two or three: ways that are much
# alike are no independent evidence. The last two were chosen with 500 more single digits and
# numbers on real cheques in sight.
_READ, _UNFAMILIAR, _WHOLE, _ANOTHER, _ALL_WRONG = 5.0, 1.3, 1.0, 2.0, -12.0
# So much energy above that of what it knows well has every image for a network without a limit.
_UNKNOWN = 4.0
_WHOLE_DIGITS = Path(__file__).resolve().parents[2] / "models/pieces/whole_digits.safetensors"


class Seen(NamedTuple):
    """place: which of the ways to see a sign is best.
    certainty: of each of its characters, that it was cut out rightly, in [0, 1].
    """

    place: int
    certainty: float


@cache
def whole_digits() -> Network:
    """The network that ships with the project to tell a whole digit from a part of one and from
    several: its last class is neither (`benchmarks.whole_digits` made it)."""
    return load(_WHOLE_DIGITS)


def most_readable(network: Network, whole: Network, ways: Sequence[Sequence[Array]]) -> Seen:
    """Which of the ways to see a sign as one or more characters the network reads best.

    Segmentation by recognition (Casey and Lecolinet 1996, "A survey of methods and strategies in
    character segmentation"): a way is worth the product of the probabilities of its characters,
    less where one is unlike what the network knows or no whole character. The worths of ways that
    say the same are added up: where a cut is right, those beside it are too. The certainties of
    the best reading's characters multiply to its share of the worth of all readings and of none.

    Args:
        whole: tells whole characters from what a wrong cut leaves, its last class (`whole_digits`).
        ways: of each the images (28, 28) in [0, 1] of its characters, one at least.
    """
    if len(ways) == 1:
        return Seen(0, 1.0)
    different = {id(image): image for way in ways for image in way}
    places = {key: place for place, key in enumerate(different)}
    placed = [[places[id(image)] for image in way] for way in ways]
    images = np.stack(list(different.values()))
    logits = network.predict_logits(images)
    worths = _worths(network, logits, whole.predict_logits(images), placed)
    texts = [tuple(logits[way].argmax(axis=1)) for way in placed]
    sums: dict[tuple[int, ...], float] = {}
    for text, worth in zip(texts, worths, strict=True):
        sums[text] = np.logaddexp(sums.get(text, -np.inf), worth)
    said = max(sums, key=lambda text: sums[text])
    share = 1 / sum(np.exp(worth - sums[said]) for worth in (*sums.values(), _ALL_WRONG))
    saying_it = [place for place, text in enumerate(texts) if text == said]
    best = max(saying_it, key=lambda place: worths[place])
    return Seen(best, float(share ** (1 / len(said))))


def doubted(probabilities: Array, certainties: Sequence[float]) -> Array:
    """The probabilities (n, classes) of characters that were cut out rightly with these certainties
    (n,): of one that was not nothing is known, and every class is as likely."""
    certain = np.asarray(certainties, probabilities.dtype)[:, np.newaxis]
    return certain * probabilities + (1 - certain) / probabilities.shape[1]


def _worths(
    network: Network, logits: Array, whole_logits: Array, ways: Sequence[Sequence[int]]
) -> list[float]:
    """The logarithm of what each way is worth, by the places of its images.

    With p the probability of what an image is read as, e its energy above that of images the
    network knows well, which is twice the limit of the familiar ones, and w the probability that it
    is a whole digit, n of them are worth

        Σ (READ log p - UNFAMILIAR e + WHOLE log(w / (1 - w))) - ANOTHER (n - 1)
    """
    unfamiliar = np.full(len(logits), _UNKNOWN)
    if (limit := network.max_energy) is not None:
        unfamiliar = np.maximum(0, energy(logits) - (limit - abs(limit)))
    # With softmax, log(w / (1 - w)) is the logarithm of the sum of the digits' e^z, which is less
    # their energy, minus the last z.
    odds = -energy(whole_logits[:, :-1]) - whole_logits[:, -1]
    read = np.log(network.probabilities(logits).max(axis=1))
    each = _READ * read - _UNFAMILIAR * unfamiliar + _WHOLE * odds
    return [float(each[way].sum()) - _ANOTHER * (len(way) - 1) for way in ways]
