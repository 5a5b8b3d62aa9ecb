"""Step 3: softmax and cross-entropy."""

import nn
from ui.components.how_it_works import step_component
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import SOFTMAX

_KEY = "how_softmax"
_component = step_component("softmax")


def softmax_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(key=_KEY, data={"words": list(SOFTMAX.words)}, height="content")
    show_code(
        excerpt(nn.softmax),
        excerpt(nn.CrossEntropyLoss.__call__, "z = logits.T.copy()", "p[at_label] -= on / n"),
    )
