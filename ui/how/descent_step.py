"""Step 4: gradient descent."""

import streamlit as st

import nn
from ui.components.how_it_works import step_component
from ui.how.image import CarriedImage
from ui.how.source_lines import excerpt, show_code
from ui.how.steps import DESCENT
from ui.shared.links import action_link
from ui.shared.pages import TRAIN

_KEY = "how_descent"
_RATE = "0.1"
_component = step_component("descent")


def descent_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(key=_KEY, data={"words": list(DESCENT.words)}, height="content")
    show_code(excerpt(nn.SGD._update))
    with st.expander("RMSprop and Adam"):
        show_code(
            excerpt(nn.RMSprop._update),
            excerpt(nn.Adam._update, "a = (1 - beta1)", "parameters -= scratch"),
        )
    st.markdown(_network_words(image.network))
    action_link(
        TRAIN,
        label=f"Train with a learning rate of {_RATE}",
        help="Opens the page Train with SGD and this learning rate. Try 10 times as much, too.",
        query_params={"optimizer": "sgd", "learning_rate": _RATE},
    )


def _network_words(network: nn.Network | None) -> str:
    if network is None:
        return "A network goes down in as many directions as it has weights, not two."
    return (
        f"The network that reads the image goes down in {network.num_parameters:,} directions "
        "instead of two, and the landscape is another one for each batch of images."
    )
