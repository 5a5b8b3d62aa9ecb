"""What the activation functions have in common."""

from typing import ClassVar

from nn.layers.layer import Layer


class Activation(Layer):
    """A function that a layer applies to each value by itself."""

    name: ClassVar[str]
    """What settings and the command line call it."""
    title: ClassVar[str]
    """What pages call it."""
