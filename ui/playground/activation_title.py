"""What activations are called on the page."""

import nn
from nn.plane.config import LINEAR

MIXED = "mixed"
"""In the place of a name: each layer has one of its own."""


def activation_title(name: str) -> str:
    """The title of an activation, or of `MIXED`."""
    if name in nn.ACTIVATIONS:
        return str(nn.ACTIVATIONS[name].title)
    return "Linear" if name == LINEAR else "Mixed"
