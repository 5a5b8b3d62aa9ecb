"""Step 1: a neuron."""

import nn
from ui.components.how_it_works import step_component
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import NEURON

_KEY = "how_neuron"
_component = step_component("neuron")


def neuron_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(key=_KEY, data={"words": list(NEURON.words)}, height="content")
    show_code(excerpt(nn.ReLU.forward))
