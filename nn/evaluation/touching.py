"""Whether a sign is one character or several that touch: what a network can read better."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nn.evaluation.familiarity import energy
from nn.network import Network

Array = np.ndarray

# In the logarithm of a probability: what each further character must be worth, what each height
# that a character is wider than high costs it, and what an energy of one more than known ones have.
_ANOTHER, _WIDE, _STRANGE = 2.25, 6.0, 4.0
# What is wider than that, compared with its height, is hardly one character.
_WIDEST = 1.5
_FAINT = 0.1
# How many times surer of a reading one may be than the worths of the ways say: most of the other
# ways are of no use, such as a 0 with a slice of it as a 1.
_SHARPNESS = 5.0
# What makes it less probable that an image is one character where a sign is doubted to be one, in
# the same logarithm: how many times it counts how surely it is read; each unit of energy above
# twice the limit of the familiar ones, which most known images are below; each height that it is
# wider than a narrow one; and each further character. All but the last were chosen near the most
# likely ones for 1,200 made-up pictures of MNIST's validation digits and of pen strokes, single and
# touching; the last one also with numbers on real cheques in sight.
_READ, _UNUSUAL, _BROAD, _NARROW, _FURTHER = 1.8, 1.3, 13.0, 0.75, 5.0


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
    less where one is wider than high, or strange to the network: several of which one is strange
    are never better than one that may be one by its width. Each further character must be worth it,
    or a wide 0 would fall apart in two 1. The worths of ways that say the same are added up: where
    a cut is right, those beside it are too. The certainties of the best reading's characters
    multiply to its share of the worth of all readings.

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
    share = 1 / sum(np.exp(_SHARPNESS * (worth - sums[said])) for worth in sums.values())
    if len(said) == 1:
        share = min(share, _share_of_one(network, images, logits, placed))
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
    strangeness = np.zeros(len(images))
    if network.max_energy is not None:
        strangeness = np.maximum(0, energy(logits) - network.max_energy)
    widths = np.array([_width_to_height(image) for image in images])
    each = np.log(network.probabilities(logits).max(axis=1)) - _STRANGE * strangeness
    each = each - _WIDE * np.maximum(0, widths - 1)
    worths = [float(each[way].sum()) - _ANOTHER * (len(way) - 1) for way in ways]
    if any(len(way) == 1 and widths[way[0]] <= _WIDEST for way in ways):
        for number, way in enumerate(ways):
            if len(way) > 1 and strangeness[way].any():
                worths[number] = -np.inf  # nothing is read better by what is no character either
    return worths


def _share_of_one(
    network: Network, images: Array, logits: Array, ways: Sequence[Sequence[int]]
) -> float:
    """How probable it is that a sign is one character and not several; 1 where the network has not
    been calibrated, and so does not tell what it knows."""
    limit = network.max_energy
    if limit is None:
        return 1.0
    widths = np.array([_width_to_height(image) for image in images])
    each = _READ * np.log(network.probabilities(logits).max(axis=1))
    each = each - _UNUSUAL * np.maximum(0, energy(logits) - (limit - abs(limit)))
    each = each - _BROAD * np.maximum(0, widths - _NARROW)
    worths = np.array([each[way].sum() - _FURTHER * (len(way) - 1) for way in ways])
    is_one = np.array([len(way) == 1 for way in ways])
    shares = np.exp(worths - worths.max())
    return float(shares[is_one].sum() / shares.sum())


def _width_to_height(image: Array) -> float:
    marked = image > _FAINT * image.max()
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    if not rows.size:
        return 1.0
    return float((np.ptp(columns) + 1) / (np.ptp(rows) + 1))
