"""A picture that lies on its side, as from a phone that did not note how it was held."""

import numpy as np

import nn
from ui.draw.picture import Picture
from ui.draw.reading import recognise

# With fewer digits it cannot be told: a 6 may be a 9.
_FEWEST = 4
# What is as readable as the first lies as it should. Else it lies on its side if it is no less
# readable than the second when it is turned, and more so by the third than before. Digits that are
# turned as they were found may be less readable than they will be by the last.
_SURELY, _WELL, _BETTER, _ROUGHLY = 0.85, 0.75, 0.1, 0.05


def set_upright(picture: Picture, network: nn.Network) -> bool:
    """Turn a picture of numbers where the network then knows the digits, and knew fewer before.

    It is looked at once. Returns whether it was turned, then or before.
    """
    if not picture.is_looked_at:
        picture.is_looked_at = True
        quarters = _quarters(network, picture)
        if quarters:
            turned = picture.turned(quarters)
            least = max(_WELL, _readable(network, picture, 0) + _BETTER)
            if _readable(network, turned, 0) >= least:
                picture.replace(turned)
                picture.is_set_upright = True
    return picture.is_set_upright


def _quarters(network: nn.Network, picture: Picture) -> int:
    """How to turn a picture that seems to lie on its side: its digits, as they are found on it, are
    turned, since finding them anew takes much longer. 0 where it does not."""
    if len(picture.found_now(several=True).digits) < _FEWEST or network.max_energy is None:
        return 0
    as_it_is, left, right = (_readable(network, picture, quarters) for quarters in (0, 1, 3))
    if as_it_is >= _SURELY or as_it_is > max(left, right) + _ROUGHLY:
        return 0
    return 1 if left >= right else 3


def _readable(network: nn.Network, picture: Picture, quarters: int) -> float:
    """The mean probability of what is read in a picture's digits, each turned to the left by so
    many quarters; 0 for what is like none that the network has learned from.

    Digits that touch are not parted: on its side many a digit seems to be two.
    """
    digits = picture.found_now(several=True).digits
    probabilities, known = recognise(network, [np.rot90(one.image, quarters) for one in digits])
    return 0.0 if known is None else float((known * probabilities.max(axis=1)).mean())
