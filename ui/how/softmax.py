"""Step 3: softmax and cross-entropy."""

from typing import Any

import nn
from ui.components.how_it_works import step_component
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import SOFTMAX

_KEY = "how_softmax"
_EXAMPLE = (1.0, -2.0, 0.5, 3.0, -1.0, 2.0, -3.0, 0.0, 1.5, -0.5)
"""Where there is no network that could read the image."""

_component = step_component("softmax")


def softmax_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    data = {
        "words": list(SOFTMAX.words),
        "line": excerpt(nn.softmax, "np.exp(").text,
        "label": image.label,
        **_logits(image),
    }
    _component(key=_KEY, data=data, height="content")
    show_code(
        excerpt(nn.softmax),
        excerpt(nn.CrossEntropyLoss.__call__, "z = logits.T.copy()", "p[at_label] -= on / n"),
    )


def _logits(image: CarriedImage) -> dict[str, Any]:
    """The logits to begin with, whose they are, and the network's temperature."""
    if image.network is None:
        return {"logits": list(_EXAMPLE), "name": "An example's", "measured": None}
    (logits,) = image.network.predict_logits(image.pixels[None], averaging=nn.ALONE)
    return {
        "logits": logits.tolist(),
        "name": "The image's",
        "measured": image.network.temperature,
    }
