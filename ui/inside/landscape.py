"""View: the loss over a sheet through the space of all weights, and the training's path on it."""

from functools import partial
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

import data
from ui.components.live_chart import live_chart
from ui.figures.landscape import Heights, Trail, contour, surface
from ui.inside import parameters
from ui.inside.chosen_image import image_dataset
from ui.inside.chosen_network import ChosenNetwork
from ui.inside.copied_code import images_file, show_code
from ui.inside.copied_moments import MOMENTS, moments_file
from ui.inside.heavy import heavy
from ui.inside.landscape_beside import line_charts, path_charts, say_path
from ui.inside.landscape_camera import take_eye
from ui.inside.landscape_choice import (
    LandscapeChoice,
    asked_point,
    choose_landscape,
    choose_point,
    possible_point,
)
from ui.inside.landscape_code import landscape_code, path_code, sheet_file
from ui.inside.landscape_others import others_of, state_of_other
from ui.inside.landscape_point import Looked, point_part
from ui.inside.landscape_work import (
    FEWEST_MOMENTS,
    LINE,
    PATH,
    RANDOM,
    Ground,
    Landscape,
    Source,
    ground_of,
    landscape,
    picture_axes,
)
from ui.inside.view import Scene, View
from ui.long_work import Piece
from ui.long_work.shown import long_part
from ui.runs.kept import Kept
from ui.runs.moments import moment_words
from ui.shared.error_text import error_text
from ui.shared.number_text import number_text
from ui.shared.percent import percent

Array = np.ndarray

_MAP = "inside_landscape"
_SURFACE_HEIGHT = "min(520px, 85vw)"
"""As CSS: on a phone all of the surface is in sight only where it is wider than high."""


class _Place(NamedTuple):
    """A sheet, and the key of what is kept about it."""

    key: str
    source: Source
    ground: Ground


def _draw(scene: Scene) -> None:
    dataset = image_dataset(scene.chosen)
    if dataset is None:
        st.caption(
            "There are no images of this network's data here, so nothing tells how high its loss "
            "is."
        )
        return
    way = path_of(scene.chosen)
    loaded = data.load(dataset)
    there = {"test": len(loaded.test_labels), "training": len(loaded.train_labels)}
    others = others_of(scene.chosen)
    choice = choose_landscape(scene, has_path=way is not None, others=others, there=there)
    if way is None:
        run = scene.chosen.choice.run
        st.caption(
            "Its training goes on: once that is over, its path is here too."
            if run is not None and run.is_active
            else "There is no path of a training on it: this model has kept none, or too little "
            "of it."
        )
    try:
        place = _place(scene.chosen, way, choice)
    except (ValueError, OSError) as error:
        st.caption(f"This cannot be drawn: {error_text(error)}")
        return
    point = asked_point(scene, choice.by)
    images, labels, numbers = _images(dataset, choice)
    looked = Looked(
        f"{place.key} {dataset} {choice.on} {choice.images}", images, labels, _of(choice)
    )
    key = f"landscape {looked.key} {choice.points} {choice.extent}"
    arguments = place.source, images, labels, choice.points, choice.extent
    work = Piece(key, landscape, arguments)

    def draw(found: Landscape | None, is_all: bool) -> None:
        parameters.show_what_was_chosen()  # the whole page, for the network at that point
        if found is not None:
            _draw_landscape(scene, choice, place.ground, found, point)

    # Beside the path's own charts there is no room for it.
    left, right = st.columns([3, 2]) if choice.by == RANDOM else (st.container(), st.container())
    with left:
        long_part(work, "The landscape", draw)
    with right:
        point_part(scene, choice, place.ground, looked, point)
    xs, ys = picture_axes(choice.by, place.ground, choice.points, choice.extent)
    files = {
        "images.npz": (
            "The images, labels and numbers.",
            lambda: images_file(images, labels, numbers),
        ),
        "sheet.npz": (
            "The network in the middle and the two directions, tensor by tensor.",
            lambda: sheet_file(place.ground.sheet),
        ),
    }
    code = landscape_code(scene.chosen.network, xs, ys)
    if choice.by == PATH and way is not None:
        code += path_code()
        files[MOMENTS] = "The weights at each moment, float16.", partial(_path_file, way)
    show_code(code, scene, files)


def path_of(chosen: ChosenNetwork) -> Kept | None:
    """What the training has kept of its path, once it is over; None where that makes none."""
    run = chosen.choice.run
    if run is None or run.is_active:
        return None
    found = chosen.kept("whole")
    return None if found is None or len(found.records) < FEWEST_MOMENTS else found


def _path_file(way: Kept) -> bytes:
    records = way.records[np.isfinite(way.records["values"]).all(axis=1)]  # as `ground_of` does
    return moments_file(way._replace(records=records))


def _place(chosen: ChosenNetwork, way: Kept | None, choice: LandscapeChoice) -> _Place:
    """ValueError or OSError where there is no such sheet."""
    if choice.by == PATH:
        assert way is not None  # or it could not be chosen
        assert chosen.choice.run is not None
        key = f"path {way.key}"
        source = Source(PATH, folder=chosen.choice.run.folder, member=chosen.member)
    elif choice.by == RANDOM:
        key = f"{chosen.key} random {choice.seed}"
        source = Source(RANDOM, chosen.state, seed=choice.seed)
    else:
        assert choice.other is not None
        other, other_key = state_of_other(choice.other)
        key = f"{chosen.key} line {other_key}"
        source = Source(LINE, chosen.state, other=other)
    size = 12 * chosen.network.num_parameters  # a network and two directions
    return _Place(key, source, heavy(("ground", key), lambda: ground_of(source), size))


def _images(dataset: str, choice: LandscapeChoice) -> tuple[Array, Array, Array]:
    """Images, labels, and their places among all test or training images."""
    loaded = data.load(dataset)
    images, labels = (
        (loaded.test_images, loaded.test_labels)
        if choice.on == "test"
        else (loaded.train_images, loaded.train_labels)
    )
    count = choice.images
    return images[:count], labels[:count], np.arange(count)


def _of(choice: LandscapeChoice) -> str:
    return f"{choice.on} images"


def _draw_landscape(
    scene: Scene,
    choice: LandscapeChoice,
    ground: Ground,
    found: Landscape,
    point: tuple[float, float],
) -> None:
    if choice.by == LINE:
        line_charts(found, _of(choice), point[0], parameters.of_hand(_take_click))
        return
    names = [moment_words(*moment) for moment in zip(ground.steps, ground.epochs, strict=True)]
    trail = Trail(ground.path, names, found.sheet_losses, _now(scene.chosen, ground))
    heights = Heights(found.xs, found.ys, found.losses, found.accuracies)
    title = f"Loss on {found.images:,} {_of(choice)}"
    left, right = st.columns([3, 2]) if choice.by == PATH else (st.container(), None)
    camera = choice.camera
    with left:
        # One chart can't change from flat to solid.
        live_chart(
            (contour if camera is None else surface)(
                title, _axis_titles(choice, ground), heights, trail, point
            ),
            key=f"{_MAP}_{'map' if camera is None else 'surface'}",
            alt=_in_words(title, found),
            on_click=parameters.of_hand(_take_click) if camera is None else None,
            eye=None if camera is None else camera.eye,
            on_turn=None if camera is None else parameters.of_hand(take_eye),
            reveals="landscape_point",
            height=None if camera is None else _SURFACE_HEIGHT,
        )
    if right is None:
        st.caption("1 is as far as the weights are long, neuron by neuron (Li et al. 2018).")
    else:
        with right:
            path_charts(ground.steps, names, found)
        if len(found.distances) == len(names):
            say_path(ground, found)


def _now(chosen: ChosenNetwork, ground: Ground) -> int | None:
    """Which moment of the path the page shows."""
    return ground.steps.index(chosen.step) if chosen.step in ground.steps else None


def _axis_titles(choice: LandscapeChoice, ground: Ground) -> tuple[str, str]:
    if choice.camera is not None:  # along the edges of a surface a phone has no room for more
        what = "direction" if ground.shares is None else "component"
        return f"First {what}", f"Second {what}"
    first, second = (
        (
            f"{which} principal component, {percent(float(share))} of the path"
            for which, share in zip(("First", "Second"), ground.shares, strict=True)
        )
        if ground.shares is not None
        else (f"{which} random direction" for which in ("First", "Second"))
    )
    return first, second


def _take_click(sent: Any) -> None:
    """The browser says which point was clicked."""
    if isinstance(sent, dict):
        point = possible_point(sent.get("x"), sent.get("y"))
        if point is not None:
            choose_point(*point)


def _in_words(title: str, found: Landscape) -> str:
    losses = np.where(np.isfinite(found.losses), found.losses, np.inf)
    row, column = np.unravel_index(np.argmin(losses), losses.shape)
    low, high = (number_text(float(loss), ".3g") for loss in (losses.min(), losses.max()))
    return (
        f"{title}: from {low} at x = {number_text(found.xs[column], '.3g')}, "
        f"y = {number_text(found.ys[row], '.3g')} to {high}."
    )


LANDSCAPE = View(
    "Landscape",
    "Each point is a network, and its height the loss, which a training walks down. What one sees "
    "is a flat sheet through a space of very many directions (Li et al. 2018).",
    _draw,
)
