"""The map in the browser: what it is sent, and what a visitor does in it."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from ui.components.network_views import browser_component, floats_text
from ui.inside import parameters
from ui.inside.image_map_chosen import MapChosen, take_chosen
from ui.inside.image_map_controls import MapChoice
from ui.inside.image_map_points import MapPoints
from ui.inside.image_map_work import LaidOut
from ui.inside.sent_number import sent_number
from ui.inside.view import Scene
from ui.shared.percent import percent

Array = np.ndarray

_KEY = "inside_map"
NEAR = 5
"""A drawing is put in the middle of so many neighbours."""
_map = browser_component("image_map")


class OnMap(NamedTuple):
    """What the map shows.

    layer, near: what the layer says, and the places of the nearest to the page's image; None as
        long as they are not there.
    learned: when the images were learned, see there; None where the colours are others.
    groups: so many there are in the legend.
    """

    scene: Scene
    choice: MapChoice
    points: MapPoints
    layer: LaidOut | None
    near: Array | None
    learned: dict[str, Any] | None
    groups: int
    chosen: MapChosen


def draw_map(shown: OnMap, places: Array | None) -> None:
    """Draw it.

    Args:
        shown: what it shows.
        places: (n, 2) of the images, None where they are not there yet: then they are those of the
            components, and without these the browser leaves the images where they are.
    """
    parameters.show_what_was_chosen()  # the whole page is about another image then
    choice, points, layer = shown.choice, shown.points, shown.layer

    def chosen() -> None:
        number = sent_number(st.session_state[_KEY]["chosen"], "number")
        if number is not None and number in points.numbers:
            parameters.choose_image(number)

    is_tsne = choice.is_tsne and places is not None
    laid_out = f"t-SNE, perplexity {choice.perplexity}" if is_tsne else "PCA"
    if choice.is_tsne and not is_tsne:
        laid_out += ", where t-SNE begins"
    here, text, across, up = None, "", "", ""
    if layer is None or shown.near is None:
        laid_out = "on its way"
    else:
        here, text = _with_own(shown, layer.places if places is None else places, shown.near)
        across, up = (_axis(layer, axis, is_tsne) for axis in (0, 1))
    _map(
        key=_KEY,
        data={
            "title": f"Map of {len(points.numbers):,} test images: "
            f"{choice.layer_title}, {laid_out}",
            "across": across,
            "up": up,
            "points": points.id,
            "places": text,
            "here": here,
            "by": choice.colour,
            "marks": choice.marks,
            "learned": shown.learned,
            **shown.chosen._asdict(),
        },
        height="content",
        on_chosen_change=parameters.of_hand(chosen),
        on_shown_change=parameters.of_hand(
            lambda: take_chosen(st.session_state[_KEY]["shown"], points, shown.groups)
        ),
    )


def _with_own(shown: OnMap, places: Array, near: Array) -> tuple[int, str]:
    """Which place is that of the page's image, and all places: its own comes last where it is none
    of the map's images."""
    at = np.flatnonzero(shown.points.numbers == shown.scene.image.number)  # none of a drawing
    if len(at):
        return int(at[0]), floats_text(places)
    own = places[near[:NEAR]].mean(axis=0, keepdims=True)
    return len(places), floats_text(np.concatenate([places, own]))


def _axis(layer: LaidOut, axis: int, is_tsne: bool) -> str:
    if is_tsne:
        return "t-SNE, no unit: only who is near whom counts" if axis == 0 else "t-SNE"
    which = ("First", "Second")[axis]
    return f"{which} principal component, {percent(float(layer.shares[axis]))} of the variance"
