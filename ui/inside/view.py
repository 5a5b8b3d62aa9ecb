"""What a view of the page Inside is."""

from collections.abc import Callable
from typing import NamedTuple

from streamlit.delta_generator import DeltaGenerator

from ui.inside.chosen_image import ChosenImage
from ui.inside.chosen_network import ChosenNetwork


class Scene(NamedTuple):
    """What the page is about at this moment.

    chosen: the network.
    image: the image.
    in_browser: whether the browser has the network's weights, and can run it forwards itself.
    notices: the container for notices about what a link asks for.
    """

    chosen: ChosenNetwork
    image: ChosenImage
    in_browser: bool
    notices: DeltaGenerator


class View(NamedTuple):
    """One way to look inside.

    title: what the visitor chooses.
    words: two sentences on what to look for.
    draw: draws it.
    """

    title: str
    words: str
    draw: Callable[[Scene], None]
