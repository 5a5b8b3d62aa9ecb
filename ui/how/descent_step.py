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
_RATES = ("0.001", "0.1", "2")
_component = step_component("descent")


def descent_step(image: CarriedImage) -> None:
    """Draw it, for this image."""
    _component(key=_KEY, data={"words": list(DESCENT.words)}, height="content")
    show_code(excerpt(nn.SGD._update))
    st.caption(
        "A `block` of the weights is moved at a time, so many as the processor keeps at hand; "
        "`scratch` is room to work in."
    )
    with st.expander("RMSprop and Adam"):
        show_code(
            excerpt(nn.RMSprop._update),
            excerpt(nn.Adam._update, "a = (1 - beta1)", "parameters -= scratch"),
        )
    st.markdown(_network_words(image.network))
    with st.container(horizontal=True):
        for rate in _RATES:
            action_link(
                TRAIN,
                label=f"Train with {rate}",
                help=f"Opens the page Train with SGD and the learning rate {rate}.",
                query_params={"optimizer": "sgd", "learning_rate": rate},
            )


def _network_words(network: nn.Network | None) -> str:
    many = "many" if network is None else f"{network.num_parameters:,}"
    return (
        f"The network that reads the image goes down in {many} directions instead of two, and the "
        "landscape is another one for each batch of images. What a learning rate does there:"
    )
