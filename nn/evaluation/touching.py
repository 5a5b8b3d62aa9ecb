"""Whether a sign is one character or several that touch: what a network can read better."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn.evaluation.familiarity import energy
from nn.network import Network

Array = np.ndarray

# What makes it less likely, in the logarithm of a probability, that an image is one character: how
# many times it counts how surely it is read; each unit of its energy above that of images the
# network knows well, which is twice the limit of the familiar ones; each height that it is wider
# than a narrow one; and each further character. Chosen near the most likely ones for 1,200 made-up
# pictures of MNIST's validation digits and of pen strokes, single and touching, with numbers on
# real cheques in sight.
_READ, _UNFAMILIAR, _WIDE, _NARROW, _ANOTHER = 4.0, 2.2, 20.0, 0.75, 4.0
# So much energy above that has every image for a network that has not been calibrated.
_UNKNOWN = 4.0
_FAINT = 0.1


class Seen(NamedTuple):
    """place: which of the ways to see a sign is best.
    certainty: of each of its characters, that it was cut out rightly, in [0, 1].
    """

    place: int
    certainty: float


def most_readable(network: Network, ways: Sequence[Sequence[Array]]) -> Seen:
    """Which of the ways to see a sign as one or more characters the network reads best.

    Segmentation by recognition (Casey and Lecolinet 1996, "A survey of methods and strategies in
    character segmentation"): a way is worth the product of the probabilities of its characters,
    less where one is wide or unlike what the network knows. The worths of ways that say the same
    are added up: where a cut is right, those beside it are too. The certainties of the best
    reading's characters multiply to its share of the worth of all readings.

    Args:
        ways: of each the images (28, 28) in [0, 1] of its characters, one at least.
    """
    if len(ways) == 1:
        return Seen(0, 1.0)
    different = {id(image): image for way in ways for image in way}
    places = {key: place for place, key in enumerate(different)}
    placed = [[places[id(image)] for image in way] for way in ways]
    images = np.stack(list(different.values()))
    logits = network.predict_logits(images)
    worths = _worths(network, images, logits, placed)
    texts = [tuple(logits[way].argmax(axis=1)) for way in placed]
    sums: dict[tuple[int, ...], float] = {}
    for text, worth in zip(texts, worths, strict=True):
        sums[text] = np.logaddexp(sums.get(text, -np.inf), worth)
    said = max(sums, key=lambda text: sums[text])
    share = 1 / sum(np.exp(worth - sums[said]) for worth in sums.values())
    saying_it = [place for place, text in enumerate(texts) if text == said]
    best = max(saying_it, key=lambda place: worths[place])
    return Seen(best, float(share ** (1 / len(said))))


def doubted(probabilities: Array, certainties: Sequence[float]) -> Array:
    """The probabilities (n, classes) of characters that were cut out rightly with these certainties
    (n,): of one that was not nothing is known, and every class is as likely."""
    certain = np.asarray(certainties, probabilities.dtype)[:, np.newaxis]
    return certain * probabilities + (1 - certain) / probabilities.shape[1]


def _worths(
    network: Network, images: Array, logits: Array, ways: Sequence[Sequence[int]]
) -> list[float]:
    """The logarithm of what each way is worth, by the places of its images."""
    unfamiliar = np.full(len(images), _UNKNOWN)
    if (limit := network.max_energy) is not None:
        unfamiliar = np.maximum(0, energy(logits) - (limit - abs(limit)))
    widths = np.array([_width_to_height(image) for image in images])
    each = _READ * np.log(network.probabilities(logits).max(axis=1)) - _UNFAMILIAR * unfamiliar
    each = each - _WIDE * np.maximum(0, widths - _NARROW)
    return [float(each[way].sum()) - _ANOTHER * (len(way) - 1) for way in ways]


def _width_to_height(image: Array) -> float:
    marked = image > _FAINT * image.max()
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    if not rows.size:
        return 1.0
    return float((np.ptp(columns) + 1) / (np.ptp(rows) + 1))
