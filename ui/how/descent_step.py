"""Step 4: gradient descent."""

import nn
from ui.components.how_it_works import step_component
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import DESCENT

_KEY = "how_descent"
_component = step_component("descent")


def descent_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(key=_KEY, data={"words": list(DESCENT.words)}, height="content")
    show_code(excerpt(nn.SGD._update))
