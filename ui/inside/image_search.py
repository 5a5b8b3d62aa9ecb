"""Looking for the next image that this network gets wrong, or is least sure of."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.inside import parameters
from ui.inside.answers import answers
from ui.inside.chosen_network import ChosenNetwork
from ui.shared.busy import busy

_ASKED = "inside_search"
MISTAKES, UNSURE = "mistakes", "unsure"
_HELP = {
    MISTAKES: "The next image that this network gets wrong, those it is surest of first.",
    UNSURE: "The next of the images that this network is least sure of.",
}


def search_button(label: str, kind: str, shown: int | None) -> None:
    """Draw a button that asks for the image of this kind behind the one that is shown."""

    def ask() -> None:
        # It may take a moment to find: that is for the page, which can say so.
        st.session_state[_ASKED] = kind, shown

    st.button(label, key=f"inside_{kind}", help=_HELP[kind], on_click=ask)


def search(chosen: ChosenNetwork, dataset: str | None, notices: DeltaGenerator) -> None:
    """Go to the image that was asked for, if one was; call it before the image is drawn."""
    kind, shown = st.session_state.pop(_ASKED, (None, None))
    if kind is None or dataset is None:
        return
    with notices.container(key="inside_search"), busy("Asking the network about test images ..."):
        found = answers(chosen.key, dataset, chosen.network)
    places = found.mistakes if kind == MISTAKES else found.unsure
    if not places:
        which = "all" if found.asked == found.there else "the first"
        st.toast(
            f"This network reads {which} {found.asked:,} test images right.",
            icon=":material/check:",
        )
        return
    following = (places.index(shown) + 1) % len(places) if shown in places else 0
    parameters.choose_image(places[following])
