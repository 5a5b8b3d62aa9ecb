"""What the page Inside shows, as it stands in the address, and is kept when one goes elsewhere.

The model is not among these: it is shared with other pages, see `ui.models.select`.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec
from zlib import crc32

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.shared import address
from ui.shared.link_notice import asked_number

NAMES = (
    "member",
    "at",
    "image",
    "drawing",
    "view",
    "layer",
    "neuron",
    "place",
    "off",
    "input",
    "path",
    "rate",
    "target",
    "contrast",
    "patch",
    "fill",
    "hidden",
    "random",
    "map_layer",
    "map_by",
    "map_colour",
    "map_marks",
    "map_count",
    "perplexity",
    "map_alone",
    "map_selected",
    "land_by",
    "land_seed",
    "land_other",
    "land_extent",
    "land_points",
    "land_on",
    "land_count",
    "land_as",
    "land_camera",
    "land_point",
    "trick_how",
    "trick_to",
    "trick_seed",
    "trick_at",
    "dream_start",
    "dream_l2",
    "dream_tv",
    "dream_blur",
    "dream_jitter",
    "dream_seed",
    "dream_step",
    "surgery",
    "surgery_how",
    "surgery_part",
    "surgery_size",
    "surgery_seed",
    "surgery_from",
    "time_along",
    "time_label",
    "time_rate",
    "went_on",
)

_OF_NEURON = ("input", "path", "place")
"""They say something of one neuron ..."""
_OF_NETWORK = (
    "at",
    "off",
    "layer",
    "neuron",
    "map_layer",
    "map_alone",
    "map_selected",
    "land_other",
    "land_point",
    "surgery",
    "surgery_from",
    "time_rate",
    "went_on",
    *_OF_NEURON,
)
"""... and these of one network: of another one they would be something else."""

_PIXELS = ("map_layer", "-1")
"""But this is of each: the images themselves."""

_OF_IMAGE = ("hidden", "time_label")
"""And these of one image."""

_BY_BROWSER = (
    "layer",
    "neuron",
    "place",
    "off",
    "hidden",
    "map_alone",
    "map_selected",
    "land_point",
    "land_camera",
    "trick_at",
    "dream_step",
    "surgery",
)
"""Chosen in what the browser draws by itself: it shows them before the server hears of them."""

_Sent = ParamSpec("_Sent")
_KEPT = "inside_parameters"
_UNSEEN = "inside_chosen_unseen"
_by_hand: ContextVar[bool] = ContextVar("by_hand", default=False)


def arrive() -> None:
    """On coming back from another page by the menu, take up what was shown; call it first."""
    if address.has_arrived() and all(address.get(name) is None for name in NAMES):
        kept: dict[str, str] = st.session_state.get(_KEPT, {})
        if kept:
            address.add(kept)


def get(name: str) -> str | None:
    """What the address says."""
    return address.get(name)


def whole(name: str, count: int, notices: DeltaGenerator) -> int | None:
    """A parameter that is one of the numbers 0, ..., `count` - 1; None without it, and with a
    notice where it is something else."""
    return asked_number(name, 0, count - 1, notices)


def image_key() -> str:
    """A short name for the image that the address asks for."""
    return f"{crc32(repr((get('image'), get('drawing'))).encode()):08x}"


def waited_for() -> tuple[str | None, ...]:
    """All that a view shows once the server has computed it, and not before."""
    return tuple(get(name) for name in NAMES if name not in _BY_BROWSER)


def choose(**values: str | int | None) -> None:
    """The visitor has chosen these; None takes one out.

    In a fragment, which only takes word that something has arrived, nobody has, but `of_hand`: its
    message tells of every box of the page as it was when it was sent, also of one that has changed
    since with something else that was chosen."""
    if _in_fragment():
        if not _by_hand.get():
            return
        st.session_state[_UNSEEN] = True
    address.put({name: None if value is None else str(value) for name, value in values.items()})


def of_hand(callback: Callable[_Sent, None]) -> Callable[_Sent, None]:
    """A component's callback for what a hand has just done in it. What is chosen in it counts even
    where the browser has put it into one message with a fragment's word."""

    def heard(*sent: _Sent.args, **named: _Sent.kwargs) -> None:
        token = _by_hand.set(True)
        try:
            callback(*sent, **named)
        finally:
            _by_hand.reset(token)

    return heard


def show_what_was_chosen() -> None:
    """Call it first in each fragment that takes word from the browser: if something was chosen in
    it, or in the same message, the whole page is to run, which it would not."""
    if st.session_state.pop(_UNSEEN, False) and _in_fragment():
        st.rerun()


def _in_fragment() -> bool:
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def choose_network(**values: str | int | None) -> None:
    """The visitor has chosen another network; so nothing of the one before is chosen any more."""
    gone = [name for name in _OF_NETWORK if (name, get(name)) != _PIXELS]
    choose(**(dict.fromkeys(gone) | values))


def choose_image(image: str | int | None, drawing: str | None = None) -> None:
    """The visitor has chosen this image; so nothing of the one before is chosen any more."""
    choose(**dict.fromkeys(_OF_IMAGE), image=image, drawing=drawing)


def choose_neuron(layer: int | None, neuron: int | None, **values: str | int | None) -> None:
    """The visitor has chosen a neuron or filter, and these; of another one than before nothing is
    chosen. None is for a layer alone, or for none."""
    chosen = {"layer": layer, "neuron": neuron}
    same = all(get(name) == str(number) for name, number in chosen.items())
    choose(**({} if same else dict.fromkeys(_OF_NEURON)) | chosen | values)


def keep() -> None:
    """Keep what is shown; call it last."""
    st.session_state[_KEPT] = {
        name: value for name in NAMES if (value := address.get(name)) is not None
    }
