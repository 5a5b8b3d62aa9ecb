"""View: the test images as marks, near those that a layer takes for much the same."""

import numpy as np
import streamlit as st

from nn.explain.neighbours import nearest
from nn.explain.neurons import neuron_layers
from nn.layers.row import row_widths
from ui.inside.chosen_image import image_dataset
from ui.inside.copied_code import images_file, show_code, tensors_file
from ui.inside.image_map_chosen import asked_chosen
from ui.inside.image_map_code import map_code, tsne_code
from ui.inside.image_map_controls import MapChoice, choose_map
from ui.inside.image_map_drawn import NEAR, OnMap, draw_map
from ui.inside.image_map_points import MapPoints, images_there, learned, map_points, send_points
from ui.inside.image_map_work import (
    NEIGHBOURS,
    PIXELS,
    Embedding,
    LaidOut,
    by_components,
    by_tsne,
    components_cost,
    layer_values,
)
from ui.inside.neuron_choice import neuron_layers as titled_layers
from ui.inside.perhaps_long import QUICK, perhaps_long
from ui.inside.view import Scene, View
from ui.long_work import Done, Piece, long_work
from ui.long_work.shown import long_part
from ui.shared.percent import percent
from ui.shared.url_text import plain

Array = np.ndarray

MOST_VALUES = 6_000_000
"""Numbers that a map is made of; a wide convolution says ten times as many, of which the server
would be full."""

COLOURS = 10
"""Of classes, in map_colours.js."""


def _draw(scene: Scene) -> None:
    dataset = image_dataset(scene.chosen)
    if dataset is None:
        st.caption("There are no test images of this network's data here, so there is no map.")
        return
    network = scene.chosen.network
    are_answers_kept = scene.chosen.kept("answers") is not None
    there = images_there(scene.chosen, dataset)
    choice = choose_map(layer_places(scene), are_answers_kept, there, scene.notices)
    points = map_points(scene.chosen, dataset, choice.images)
    count = len(points.numbers)
    width = row_widths(network.layers, points.images[0].size)[choice.layer + 1]
    if width * count > MOST_VALUES:
        st.caption(
            f"This layer says {width:,} numbers of each image, which is too much for a map of "
            f"{count:,}: choose another layer, or fewer images."
        )
        return
    arguments = scene.chosen.state, choice.layer, points.images, points.labels
    work = Piece(f"map {points.id} {choice.layer}", by_components, arguments)
    is_quick = components_cost(network, width, count) <= QUICK
    with st.container():  # or the map would not be in the same place for layers of all sizes
        layer: LaidOut | None = perhaps_long(work, "The map", is_quick=is_quick)
    when = learned(scene.chosen, points) if choice.colour == "learned" else None
    groups = len(when["names"]) + 1 if when else network.num_classes
    groups = 2 if choice.colour == "right" else groups
    chosen = asked_chosen(scene, points, groups)
    if not send_points(points, network.labels, None if layer is None else layer.probabilities):
        return
    near = None if layer is None else _neighbours(scene, choice, layer)
    shown = OnMap(scene, choice, points, layer, near, when, groups, chosen)
    laying_out = _laying_out(scene, choice, points, layer)

    def draw(found: Embedding | Array | None, is_all: bool) -> None:
        draw_map(shown, found.places if isinstance(found, Embedding) else found)

    long_part(laying_out, "t-SNE", draw)
    if choice.colour in ("label", "read") and network.num_classes > COLOURS:
        st.caption(
            f"There are {network.num_classes} classes and {COLOURS} colours, so that some share "
            "one. As marks “Names” tell them apart, and a click in the legend shows one alone."
        )
    if layer is None or near is None:
        return
    st.markdown(
        f"Of the {NEIGHBOURS} nearest neighbours of an image in this layer, on average "
        f"**{percent(layer.purity)}** have its label. Where a network pulls the classes apart, it "
        "is more from layer to layer."
    )
    _say_neighbours(scene, points, near)
    files = {
        "images.npz": (
            "The images of the map, their labels and numbers.",
            lambda: images_file(points.images, points.labels, points.numbers),
        )
    }
    code = map_code(network, choice)
    embedding = _embedding(laying_out)
    if embedding is not None:
        code += tsne_code(choice.perplexity, count)
        files["components.npz"] = (
            "The principal components that t-SNE began with.",
            lambda: tensors_file({"components": embedding.components}),
        )
    show_code(code, scene, files)


def _laying_out(
    scene: Scene, choice: MapChoice, points: MapPoints, layer: LaidOut | None
) -> Piece | Done:
    """What gives the places of the images, or these."""
    if layer is None or not choice.is_tsne:
        return Done(None if layer is None else layer.places)
    key = f"t-SNE {points.id} {choice.layer} {choice.perplexity}"
    arguments = scene.chosen.state, choice.layer, points.images, choice.perplexity
    return Piece(key, by_tsne, arguments)


def _embedding(laying_out: Piece | Done) -> Embedding | None:
    """What t-SNE has found, once it is over."""
    state = long_work().state(laying_out.key) if isinstance(laying_out, Piece) else None
    return state.result if isinstance(state, Done) else None


def layer_places(scene: Scene) -> dict[int, str]:
    """The places of the layers that there can be a map of, and what these are called."""
    network = scene.chosen.network
    titles = [layer.title for layer in titled_layers(network)]
    ends = [layer.end for layer in neuron_layers(network)]
    return {PIXELS: "Pixels"} | dict(zip(ends, titles, strict=True))


def _neighbours(scene: Scene, choice: MapChoice, layer: LaidOut) -> Array:
    """The nearest to the page's image; itself too, where it is on the map."""
    own = layer_values(scene.chosen.network, choice.layer, scene.image.pixels[None])
    return nearest(layer.values, own, NEIGHBOURS + 1)[0][0]


def _say_neighbours(scene: Scene, points: MapPoints, near: Array) -> None:
    """What the page's image is next to."""
    others = [place for place in near if points.numbers[place] != scene.image.number][:NEIGHBOURS]
    names = scene.chosen.network.labels
    found = points.labels[others]
    counts = sorted(((int((found == k).sum()), k) for k in set(found.tolist())), reverse=True)
    st.caption(
        f"★ is the page's image, {scene.image.name}. Its {NEIGHBOURS} nearest here: "
        + ", ".join(f"{count} of class {plain(names[k])}" for count, k in counts)
        + (
            "."
            if scene.image.number in points.numbers
            else f". It is put in the middle of the {NEAR} nearest."
        )
    )


IMAGE_MAP = View(
    "Map",
    "Each mark is a test image, near those that the layer takes for much the same. Go from the "
    "pixels to the output and watch the classes come apart; the strays are worth a click.",
    _draw,
)
