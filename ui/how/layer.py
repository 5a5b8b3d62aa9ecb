"""Step 2: a layer."""

import nn
from ui.components.how_it_works import step_component
from ui.how.first_layer import first_layer
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import LAYER

_KEY = "how_layer"
_component = step_component("layer")


def layer_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(
        key=_KEY,
        data={"words": list(LAYER.words), "images": first_layer(image, image.batch)},
        height="content",
    )
    show_code(excerpt(nn.Linear.forward))
