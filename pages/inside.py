"""Inside: what a network does with one image, forwards and backwards, number by number."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
import nn
from nn.averaging import ALONE
from nn.training.blas_threads import one_thread
from ui.draw.reading import check_input
from ui.inside import parameters, slow_view
from ui.inside.chosen_image import (
    ChosenImage,
    choose_image,
    chosen_image,
    image_dataset,
    own_dataset,
)
from ui.inside.chosen_network import ChosenNetwork, chosen_network
from ui.inside.computing import computing
from ui.inside.image_search import search
from ui.inside.kept_weights import keeps_to
from ui.inside.on_stage import pad, send_weights
from ui.inside.page_layout import page_layout
from ui.inside.switched_off import off_words
from ui.inside.view import Scene
from ui.inside.views import VIEWS
from ui.models.follow_training import follow_training
from ui.models.model_choice import ModelChoice
from ui.models.select import model_select
from ui.shared.error_text import error_text
from ui.shared.pages import through_app

OFF_IN = "activations"
"""The view that neurons can be switched off in."""
_VIEW_BOX = "inside_view"


def page() -> None:
    parameters.arrive()
    page_layout()
    st.title("Inside")
    st.markdown("One network, one image, and every number between them.")
    notices = st.container(key="inside_notices")
    with st.container(key="inside_choice", horizontal=True, vertical_alignment="bottom"):
        choice = model_select(notices=notices, on_choice=forget_network)
        chosen = None if choice is None else network(choice, notices)
    if chosen is not None:
        follow_training(chosen.choice, partial(keeps_to, chosen), moment=chosen.step is not None)
        look_inside(chosen, notices)
    parameters.keep()


def forget_network(choice: ModelChoice) -> None:
    """Another model was chosen: the image and the view stay."""
    parameters.choose_network(member=None)


def network(choice: ModelChoice, notices: DeltaGenerator) -> ChosenNetwork | None:
    try:
        chosen = chosen_network(choice, notices)
        check_input(chosen.network)
    except (ValueError, OSError) as error:
        st.error(f"This model cannot be used: {error_text(error)}", icon=":material/error:")
        return None
    return chosen


def look_inside(chosen: ChosenNetwork, notices: DeltaGenerator) -> None:
    dataset = image_dataset(chosen)
    with one_thread():  # as the view too is computed
        search(chosen, dataset, notices)
        image = chosen_image(dataset, notices)
        logits = chosen.network.predict_logits(image.pixels[None], averaging=ALONE)
        probabilities = chosen.network.probabilities(logits)[0]
    in_browser = send_weights(chosen)
    with st.container(key="inside_image", horizontal=True, vertical_alignment="center"):
        pad(chosen, image, probabilities)
        choose_image(image, dataset)
    say_of_images(chosen, dataset)
    scene = Scene(chosen, image, in_browser, notices)
    name = chosen_view(notices)
    st.markdown(VIEWS[name].words)
    if name != OFF_IN and in_browser:
        say_of_off(scene)
    with place_of(name), computing(chosen.key), slow_view.noted():
        VIEWS[name].draw(scene)
    if chosen.is_averaged:
        st.caption(
            "Everything here is about the network's answer from the image alone, without the "
            "average over moved and turned copies of it that other pages use."
        )
    if image.number is None and is_strange(chosen.network, image):
        st.caption(
            "This drawing is unlike the images that the network learned from. The page Draw trusts "
            "its answer less then, and lowers its probability."
        )


def is_strange(network: nn.Network, image: ChosenImage) -> bool:
    """Whether Draw lowers the probability of a drawing: of answers that are averages where the
    network gives such, as its limit is."""
    limit = network.max_energy
    if limit is None:
        return False
    with one_thread():
        return not nn.is_familiar(network.predict_logits(image.pixels[None]), limit)[0]


def say_of_images(chosen: ChosenNetwork, dataset: str | None) -> None:
    """Why the test images are not those of the data that the model learned from."""
    own, classes = own_dataset(chosen), chosen.network.num_classes
    if own is not None and own.num_classes != classes:
        st.caption(
            f"This network tells {classes} classes apart and {own.title} has {own.num_classes}, so "
            "there are no test images for it: draw one."
        )
    elif dataset is None:
        st.caption("There are no test images for this network on this computer: draw one.")
    elif own is not None and dataset != own.name:
        st.caption(
            f"The images are of {data.DATASETS[dataset].title}: those that the model learned from "
            "are not on this computer."
        )


def place_of(view: str) -> DeltaGenerator:
    """Where to draw a view. Each has a place of its own, so that what another one has left goes
    before this one is computed, and not after it."""
    with st.container(key="inside_views"):
        return {name: st.container() if name == view else st.empty() for name in VIEWS}[view]


def say_of_off(scene: Scene) -> None:
    """What is switched off in one view is on in the others."""
    if words := off_words(scene):
        st.caption(f"{words} switched off in {VIEWS[OFF_IN].title}. Here all of them are on.")


def chosen_view(notices: DeltaGenerator) -> str:
    names = list(VIEWS)
    asked = parameters.get("view")
    if asked is not None and asked not in names:
        notices.warning(
            f"The link asks for a view that is not here. There are: {', '.join(names)}.",
            icon=":material/link_off:",
        )
    st.session_state[_VIEW_BOX] = asked if asked in names else names[0]
    chosen = st.segmented_control(
        "View",
        names,
        key=_VIEW_BOX,
        format_func=lambda name: VIEWS[name].title,
        required=True,
        on_change=lambda: parameters.choose(view=st.session_state[_VIEW_BOX]),
        help="Ways to look inside; the network and the image stay.",
    )
    return chosen or names[0]


through_app()
page()
