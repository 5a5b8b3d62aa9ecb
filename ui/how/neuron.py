"""Step 1: a neuron."""

import nn
from ui.components.how_it_works import step_component
from ui.how.first_layer import first_layer
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import NEURON, unmarked

_KEY = "how_neuron"
_OF_THE_IMAGE = {"xi", "wi"}
"""What its pictures and formula are called in the words."""
_component = step_component("neuron")


def neuron_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    images = first_layer(image, image.pixels)
    words = unmarked(NEURON.words, _OF_THE_IMAGE) if images is None else NEURON.words
    _component(key=_KEY, data={"words": list(words), "images": images}, height="content")
    show_code(excerpt(nn.Linear.forward, "np.matmul", "y += self.bias"), excerpt(nn.ReLU.forward))
