"""Whether a sign is one character or several that touch: what a network can read better."""

from collections.abc import Sequence

import numpy as np

from nn.evaluation.familiarity import energy
from nn.network import Network

Array = np.ndarray

# In the logarithm of a probability: what each further character must be worth, what each height
# that a character is wider than that costs it, and what an energy of one more than known ones have.
_ANOTHER, _WIDE, _STRANGE = 2.0, 8.0, 2.0
_NORMAL = 1.2
# What is wider than that, compared with its height, is hardly one character.
_WIDEST = 1.5
_FAINT = 0.1


def most_readable(network: Network, ways: Sequence[Sequence[Array]]) -> int:
    """Which of the ways to see a sign as one or more characters the network reads best.

    Segmentation by recognition (Casey and Lecolinet 1996, "A survey of methods and strategies in
    character segmentation"): a way is as good as the product of the probabilities of its
    characters, less where one is much wider than high, or strange to the network: several of which
    one is strange are never better than one that may be one by its width. Each further character
    must be worth it, or a wide 0 would fall apart in two 1.

    Args:
        ways: of each the images (28, 28) in [0, 1] of its characters, one at least.

    Returns the place of the best.
    """
    if len(ways) == 1:
        return 0
    different = {id(image): image for way in ways for image in way}
    places = {key: place for place, key in enumerate(different)}
    placed = [[places[id(image)] for image in way] for way in ways]
    images = np.stack(list(different.values()))
    logits = network.predict_logits(images)
    strangeness = np.zeros(len(images))
    if network.max_energy is not None:
        strangeness = np.maximum(0, energy(logits) - network.max_energy)
    widths = np.array([_width_to_height(image) for image in images])
    worth = np.log(network.probabilities(logits).max(axis=1)) - _STRANGE * strangeness
    worth = worth - _WIDE * np.maximum(0, widths - _NORMAL)
    totals = [worth[way].sum() - _ANOTHER * (len(way) - 1) for way in placed]
    if any(len(way) == 1 and widths[way[0]] <= _WIDEST for way in placed):
        for number, way in enumerate(placed):
            if len(way) > 1 and strangeness[way].any():
                totals[number] = -np.inf  # nothing is read better by what is no character either
    return int(np.argmax(totals))


def _width_to_height(image: Array) -> float:
    marked = image > _FAINT * image.max()
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    if not rows.size:
        return 1.0
    return float((np.ptp(columns) + 1) / (np.ptp(rows) + 1))
