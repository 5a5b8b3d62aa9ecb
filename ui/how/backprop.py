"""Step 5: backpropagation."""

import nn
from ui.components.how_it_works import step_component
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import BACKPROP

_KEY = "how_backprop"
_component = step_component("backprop")


def backprop_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(key=_KEY, data={"words": list(BACKPROP.words)}, height="content")
    show_code(excerpt(nn.Linear.backward), excerpt(nn.Sigmoid.backward))
