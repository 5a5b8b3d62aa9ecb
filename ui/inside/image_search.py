"""Looking for the next image that this network gets wrong, or is least sure of."""

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import data
from nn.cost import answer_cost
from ui.inside import parameters
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.image_search_work import Answers, answers
from ui.inside.perhaps_long import QUICK
from ui.long_work import Done, Failed, Piece, Running, Waiting, long_work
from ui.long_work.shown import begin, give_up, long_part, state_here
from ui.shared import address
from ui.shared.error_text import error_text

_SEARCH = "inside_search"
MISTAKES, UNSURE = "mistakes", "unsure"
_HELP = {
    MISTAKES: "The next image that this network gets wrong, those it is surest of first.",
    UNSURE: "The next of the images that this network is least sure of.",
}
MOST_IMAGES = 10_000
_LOOKED_FOR = {MISTAKES: "The next mistake", UNSURE: "The next unsure image"}


class _Search(NamedTuple):
    """What the visitor looks for.

    kind: MISTAKES or UNSURE.
    shown: the number of the image that the page shows meanwhile; None of a drawing.
    begun: where it has begun and takes a while, the work that finds it, and of what.
    """

    kind: str
    shown: int | None
    begun: tuple[Piece, tuple[object, ...]] | None = None


def search_button(label: str, kind: str, shown: int | None) -> None:
    """Draw a button that asks for the image of this kind behind the one that is shown."""

    def ask() -> None:
        # It may take a moment to find: that is for the page, which can say so.
        st.session_state[_SEARCH] = _Search(kind, shown)

    st.button(label, key=f"inside_{kind}", help=_HELP[kind], on_click=ask)


def search(chosen: ChosenNetwork, dataset: str | None, notices: DeltaGenerator) -> None:
    """Go to the image that was asked for, if one was and it is found; call it before the image is
    drawn. While it is looked for what was shown stays; who goes elsewhere looks for it no more, nor
    does who leaves the page, however they come back."""
    wanted: _Search | None = st.session_state.pop(_SEARCH, None)
    if wanted is None or dataset is None:
        return
    found = _at_once(chosen, dataset) if wanted.begun is None else None
    if found is None:
        found = _beside(wanted, chosen, dataset, notices)
    if found is None:
        return
    places = found.mistakes if wanted.kind == MISTAKES else found.unsure
    if not places:
        which = "all" if found.asked == found.there else "the first"
        st.toast(
            f"This network reads {which} {found.asked:,} test images right.",
            icon=":material/check:",
        )
        return
    shown = wanted.shown
    following = (places.index(shown) + 1) % len(places) if shown in places else 0
    parameters.choose_image(places[following])


def _at_once(chosen: ChosenNetwork, dataset: str) -> Answers | None:
    """What takes a moment; None where it is more."""
    network = chosen.network
    cost = MOST_IMAGES * answer_cost(network.layers, network.in_features)
    if cost > QUICK:
        return None
    found: Answers = long_work().at_once(_work(chosen, dataset))
    return found


def _beside(
    wanted: _Search, chosen: ChosenNetwork, dataset: str, notices: DeltaGenerator
) -> Answers | None:
    """What takes a while, beside what the page does; None as long as it is not there."""
    # Not the network's key, which changes with each save of a training.
    of = parameters.image_key(), chosen.choice.key, chosen.member, chosen.step
    if wanted.begun is None:
        work = _work(chosen, dataset)
        begin(work, _SEARCH)
        wanted = wanted._replace(begun=(work, of))
    else:
        work, before = wanted.begun
        if before != of or address.has_opened():
            give_up(_SEARCH)
            return None
    state = state_here(work, _SEARCH)
    if isinstance(state, Running | Waiting):
        with notices.container(key=_SEARCH):
            long_part(work, _LOOKED_FOR[wanted.kind], lambda *_: None, _SEARCH)
        state = state_here(work, _SEARCH)
        if isinstance(state, Running | Waiting):
            st.session_state[_SEARCH] = wanted
    if isinstance(state, Failed):
        st.toast(error_text(state.message), icon=":material/error:")
    return state.result if isinstance(state, Done) else None


def _work(chosen: ChosenNetwork, dataset: str) -> Piece:
    loaded = data.load(dataset)
    images, labels = loaded.test_images[:MOST_IMAGES], loaded.test_labels[:MOST_IMAGES]
    arguments = chosen.state, images, labels, len(loaded.test_labels)
    return Piece(f"answers {chosen.key} {dataset}", answers, arguments)
