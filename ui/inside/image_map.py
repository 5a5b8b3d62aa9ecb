"""View: the test images as marks, near those that a layer takes for much the same."""

from typing import Any, NamedTuple

import numpy as np
import streamlit as st

import nn
from nn.explain.neighbours import nearest, purity
from nn.explain.neurons import neuron_layers
from nn.layers.row import row_widths
from nn.plain_state import plain_state
from ui.components.network_views import browser_component, floats_text
from ui.inside import parameters
from ui.inside.chosen_image import image_dataset
from ui.inside.copied_code import IMPORTS, images_file, outputs_code, show_code
from ui.inside.image_map_controls import MapChoice, choose_map
from ui.inside.image_map_points import MapPoints, learned, map_points, send_points
from ui.inside.image_map_work import PIXELS, by_components, by_tsne, layer_values
from ui.inside.neuron_choice import neuron_layers as titled_layers
from ui.inside.sent_number import sent_number
from ui.inside.view import Scene, View
from ui.long_work import Done, Piece
from ui.long_work.shown import long_part
from ui.shared.percent import percent

_KEY = "inside_map"
NEIGHBOURS = 10
MOST_VALUES = 6_000_000
"""Numbers that a map is made of; a wide convolution says ten times as many, of which the server
would be full."""
_NEAR = 5
"""A drawing is put in the middle of so many neighbours."""
_map = browser_component("image_map")


class _Layer(NamedTuple):
    """What a layer says of the images, and what comes of it at once.

    values: (n, width) float32.
    purity: see `nn.explain.neighbours`.
    places: (n, 2) float32 by principal components.
    shares: of these, of the whole variance.
    """

    values: np.ndarray
    purity: float
    places: np.ndarray
    shares: np.ndarray


def _draw(scene: Scene) -> None:
    dataset = image_dataset(scene.chosen)
    if dataset is None:
        st.caption("There are no test images of this network's data here, so there is no map.")
        return
    are_answers_kept = scene.chosen.kept("answers") is not None
    choice = choose_map(layer_places(scene), are_answers_kept, scene.notices)
    points = map_points(scene.chosen, dataset, choice.images)
    width = row_widths(scene.chosen.network.layers, points.images[0].size)[choice.layer + 1]
    if width * len(points.numbers) > MOST_VALUES:
        st.caption(
            f"This layer says {width:,} numbers of each image, which is too much for a map of "
            f"{len(points.numbers):,}: choose another layer, or fewer images."
        )
        return
    send_points(points)
    layer = _layer(points.id, choice.layer, scene.chosen.network, points)
    work: Piece | Done = Done(layer.places)
    if choice.is_tsne:
        key = f"map {points.id} {choice.layer} {choice.perplexity}"
        state = plain_state(scene.chosen.network)
        arguments = state, choice.layer, points.images, choice.perplexity
        work = Piece(key, by_tsne, arguments)
    near = _neighbours(scene, choice, layer)

    def draw(places: np.ndarray | None, is_all: bool) -> None:
        _draw_map(scene, choice, points, layer, places, near)

    long_part(work, "t-SNE", draw)
    st.markdown(
        f"Of the {NEIGHBOURS} nearest neighbours of an image in this layer, on average "
        f"**{percent(layer.purity)}** have its label. In a later layer it should be more: the "
        "network pulls the classes apart."
    )
    _say_neighbours(scene, points, near)
    files = {
        "images.npz": (
            "The images of the map, their labels and numbers.",
            lambda: images_file(points.images, points.labels, points.numbers),
        )
    }
    show_code(map_code(scene.chosen.network, choice), scene, files)


def map_code(network: nn.Network, choice: MapChoice) -> str:
    """Lines that print where the images lie by principal components, and how pure their
    neighbourhoods are."""
    values = "x" if choice.layer == PIXELS else outputs_code(network, choice.layer)
    return f"""{IMPORTS}
with np.load("images.npz") as files:
    images, labels = files["images"], files["labels"]
x = images.reshape(len(images), -1) / 255
h = {values}
h = h - h.mean(axis=0)
axes = np.linalg.svd(h, full_matrices=False)[2][:2]  # principal components; their signs are open
print(h @ axes.T)

lengths = (h**2).sum(axis=1)
distances = lengths[:, None] - 2 * h @ h.T + lengths
np.fill_diagonal(distances, np.inf)
nearest = distances.argsort(axis=1)[:, :{NEIGHBOURS}]
print((labels[nearest] == labels[:, None]).mean())
"""


def layer_places(scene: Scene) -> dict[int, str]:
    """The places of the layers that there can be a map of, and what these are called."""
    network = scene.chosen.network
    titles = [layer.title for layer in titled_layers(network)]
    ends = [layer.end for layer in neuron_layers(network)]
    return {PIXELS: "Pixels"} | dict(zip(ends, titles, strict=True))


@st.cache_resource(max_entries=8, show_spinner=False)  # of some MB each
def _layer(key: str, place: int, _network: Any, _points: MapPoints) -> _Layer:
    values = layer_values(_network, place, _points.images)
    places, found = by_components(values)
    pure = float(purity(values, _points.labels, NEIGHBOURS).mean())
    return _Layer(values, pure, places, found.shares)


def _neighbours(scene: Scene, choice: MapChoice, layer: _Layer) -> np.ndarray:
    """The nearest to the page's image; itself too, where it is on the map."""
    own = layer_values(scene.chosen.network, choice.layer, scene.image.pixels[None])
    return nearest(layer.values, own, NEIGHBOURS + 1)[0][0]


def _draw_map(
    scene: Scene,
    choice: MapChoice,
    points: MapPoints,
    layer: _Layer,
    places: np.ndarray | None,
    near: np.ndarray,
) -> None:
    parameters.show_what_was_chosen()  # the whole page is about another image then

    def chosen() -> None:
        number = sent_number(st.session_state[_KEY]["chosen"], "number")
        if number is not None and number in points.numbers:
            parameters.choose_image(number)

    is_tsne = choice.is_tsne and places is not None
    laid_out = f"t-SNE, perplexity {choice.perplexity}" if is_tsne else "PCA"
    if choice.is_tsne and not is_tsne:
        laid_out += ", where t-SNE begins"
    here, text = _with_own(scene, points, layer.places if places is None else places, near)
    _map(
        key=_KEY,
        data={
            "title": f"Map of {len(points.numbers):,} test images: "
            f"{choice.layer_title}, {laid_out}",
            "across": _axis(layer, 0, is_tsne),
            "up": _axis(layer, 1, is_tsne),
            "points": points.id,
            "places": text,
            "here": here,
            "by": choice.colour,
            "marks": choice.marks,
            "learned": learned(scene.chosen, points) if choice.colour == "learned" else None,
        },
        height="content",
        on_chosen_change=parameters.of_hand(chosen),
    )


def _with_own(
    scene: Scene, points: MapPoints, places: np.ndarray, near: np.ndarray
) -> tuple[int, str]:
    """Which place is that of the page's image, and all places: its own comes last where it is none
    of the map's images."""
    at = np.flatnonzero(points.numbers == scene.image.number)  # none of a drawing
    if len(at):
        return int(at[0]), floats_text(places)
    own = places[near[:_NEAR]].mean(axis=0, keepdims=True)
    return len(places), floats_text(np.concatenate([places, own]))


def _axis(layer: _Layer, axis: int, is_tsne: bool) -> str:
    if is_tsne:
        return "t-SNE, no unit: only who is near whom counts" if axis == 0 else "t-SNE"
    which = ("First", "Second")[axis]
    return f"{which} principal component, {percent(float(layer.shares[axis]))} of the variance"


def _say_neighbours(scene: Scene, points: MapPoints, near: np.ndarray) -> None:
    """What the page's image is next to."""
    others = [place for place in near if points.numbers[place] != scene.image.number][:NEIGHBOURS]
    names = scene.chosen.network.labels
    found = points.labels[others]
    counts = sorted(((int((found == k).sum()), k) for k in set(found.tolist())), reverse=True)
    st.caption(
        f"★ is the page's image, {scene.image.name}. Its {NEIGHBOURS} nearest here: "
        + ", ".join(f"{count} × {names[k]}" for count, k in counts)
        + (
            "."
            if scene.image.number in points.numbers
            else f". It is put in the middle of the {_NEAR} nearest."
        )
    )


IMAGE_MAP = View(
    "Map",
    "Each mark is a test image, near those that the layer takes for much the same. Go from the "
    "pixels to the output and watch the classes come apart; the strays are worth a click.",
    _draw,
)
