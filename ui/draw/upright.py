"""A picture that lies on its side, as from a phone that did not note how it was held."""

import numpy as np

import nn
from ui.draw.picture import Picture
from ui.draw.reading import recognise

# With fewer digits it cannot be told: a 6 may be a 9.
_FEWEST = 4
# It lies on its side if it is less readable than the first as it is, and no less than the second
# when it is turned.
_HARDLY, _WELL = 0.5, 0.75


def set_upright(picture: Picture, network: nn.Network) -> bool:
    """Turn a picture of numbers where the network then knows the digits, and hardly before.

    It is looked at once. Returns whether it was turned, then or before.
    """
    if not picture.is_looked_at:
        picture.is_looked_at = True
        readable = _readable(network, picture)
        if readable is not None and readable < _HARDLY:
            turned = [picture.turned(quarters) for quarters in (1, 3)]
            values = [_readable(network, one) or 0.0 for one in turned]
            if max(values) >= _WELL:
                picture.replace(turned[int(np.argmax(values))])
                picture.is_set_upright = True
    return picture.is_set_upright


def _readable(network: nn.Network, picture: Picture) -> float | None:
    """The mean probability of what is read in a picture's digits, 0 for what is like none that the
    network has learned from; None if it cannot tell.

    Digits that touch are not parted: on its side many a digit seems to be two.
    """
    digits = picture.found_now(several=True).digits
    if len(digits) < _FEWEST:
        return None
    probabilities, known = recognise(network, [digit.image for digit in digits])
    return None if known is None else float((known * probabilities.max(axis=1)).mean())
