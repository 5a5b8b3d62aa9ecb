"""What the landscape shows, as it stands in the address, and the controls that choose it."""

import math
from typing import NamedTuple

import streamlit as st

import nn
from nn.cost import VALUE_COST, answer_cost
from nn.layers.row import row_widths
from ui.inside import parameters
from ui.inside.address_box import address_box
from ui.inside.image_counts import image_counts
from ui.inside.landscape_camera import Camera, asked_camera, choose_camera
from ui.inside.landscape_work import LINE, PATH, RANDOM
from ui.inside.seed_box import seed_box
from ui.inside.view import Scene
from ui.models.model_choice import ModelChoice
from ui.shared.url_text import quote

DIRECTIONS = {PATH: "The training's path", RANDOM: "Random", LINE: "To another network"}
EXTENTS = {"0.5": "× ½", "1": "× 1", "2": "× 2", "4": "× 4"}
POINTS = {"25": "25 × 25", "37": "37 × 37", "49": "49 × 49"}
ON = {"test": "Test images", "training": "Training images"}
COUNTS = (200, 500, 1000, 2000)
FORMS = {"map": "Map", "surface": "Surface"}
MOST_SEED = 9999
FARTHEST = 1e6
"""So far from the middle a point of a sheet may be."""
_USUAL_COST, _MOST_COST = 3e11, 1.2e12
"""In multiplications: some 10 and some 40 seconds."""


class LandscapeChoice(NamedTuple):
    """What the landscape shows.

    by: PATH, RANDOM or LINE.
    seed: of random directions.
    other: the model at the other end of the line.
    extent, points: of the picture, see `landscape_work.landscape`.
    on: "test" or "training", the images.
    images: how many.
    camera: where it is looked at from as a surface; None of a map.
    """

    by: str
    seed: int
    other: ModelChoice | None
    extent: float
    points: int
    on: str
    images: int
    camera: Camera | None


def choose_landscape(
    scene: Scene, *, has_path: bool, others: dict[str, ModelChoice], there: dict[str, int]
) -> LandscapeChoice:
    """Draw the controls.

    Args:
        scene: of the page.
        has_path: whether the training has kept its path.
        others: the models that there can be a line to.
        there: how many images there are of each of ON.
    """
    kinds = {PATH: has_path, RANDOM: True, LINE: bool(others)}
    directions = {by: title for by, title in DIRECTIONS.items() if kinds[by]}
    seed, other, extent, points = 0, None, 1.0, 25
    camera: Camera | None = None
    forgets = ("land_point",)
    with st.container(horizontal=True, vertical_alignment="bottom", key="landscape_choice"):
        by = address_box(
            "Directions",
            "land_by",
            directions,
            next(iter(directions)),
            "Which flat sheet through the space of all weights. The training's path: the two "
            "directions in which its weights moved most (PCA). Random: two random ones, each "
            "neuron's as long as its weights. To another network: where a model of the same layers "
            "is here.",
            scene.notices,
            width=200,
            forgets=forgets,
        )
        if by == RANDOM:
            seed = seed_box(
                "Seed",
                "land_seed",
                MOST_SEED,
                "Another seed, other random directions. What all of them show is no accident.",
                scene.notices,
                forgets=("land_point",),
            )
        if by == LINE:
            titles = {key: one.title for key, one in others.items()}
            key = address_box(
                "The other network",
                "land_other",
                titles,
                next(iter(titles)),
                "A model of the same layers.",
                scene.notices,
                width=320,
                forgets=forgets,
            )
            other = others[key]
        else:
            width_help = "How far the picture goes. × 1: as far as the path, or up to 1 away."
            extent = float(
                address_box(
                    "Extent", "land_extent", EXTENTS, "1", width_help, scene.notices, width=110
                )
            )
            many = "More points show more of its shape, and take longer."
            points = int(
                address_box("Points", "land_points", POINTS, "25", many, scene.notices, width=130)
            )
        on = address_box("Loss on", "land_on", ON, "test", "What is read.", scene.notices)
        places = points if by == LINE else points**2
        counts = "So many of them: the first ones."
        usual = str(usual_images(scene.chosen.network, places))
        options = image_counts("land_count", COUNTS, there[on])
        if usual not in options:  # there are fewer
            usual = list(options)[-1]
        count = address_box(
            "Images", "land_count", options, usual, counts, scene.notices, width=120
        )
        images = min(int(count), there[on])
        if by != LINE:
            shown = "A surface can be turned, a map be clicked."
            form = address_box("Shown as", "land_as", FORMS, "map", shown, scene.notices, width=120)
            if form == "surface":
                camera = asked_camera(scene)
                choose_camera(camera)
    most = most_images(scene.chosen.network, places)
    if images > most:
        st.caption(
            f"This network is large: with so many points the loss is that of {most} images, "
            "so that it is there within a minute."
        )
    return LandscapeChoice(by, seed, other, extent, points, on, min(images, most), camera)


def usual_images(network: nn.Network, places: int) -> int:
    """How many images it takes some seconds to look at, at so many points."""
    return _images_within(_USUAL_COST, network, places)


def most_images(network: nn.Network, places: int) -> int:
    """How many it is done for at most."""
    return _images_within(_MOST_COST, network, places)


def _images_within(cost: float, network: nn.Network, places: int) -> int:
    # The first layer's products are shared by all points.
    width = row_widths(network.layers, network.in_features)[1]
    each = places * (VALUE_COST * width + answer_cost(network.layers[1:], width))
    return max([count for count in COUNTS if count * each <= cost], default=COUNTS[0])


def asked_point(scene: Scene, by: str) -> tuple[float, float]:
    """The point of the sheet that the address asks for, as "x,y"; without it the network in the
    middle, or halfway along a line."""
    text = parameters.get("land_point")
    usual = (0.5, 0.0) if by == LINE else (0.0, 0.0)
    if text is None:
        return usual
    try:
        x, y = map(float, text[:60].split(","))
        point = possible_point(x, y)
    except ValueError:
        point = None
    if point is None:
        scene.notices.warning(
            f"The link asks for land_point {quote(text)}: it must be two numbers, as 0.5,−1 with "
            "the sign - for less than 0.",
            icon=":material/link_off:",
        )
        return usual
    return point


def possible_point(x: object, y: object) -> tuple[float, float] | None:
    """Two numbers that may come from anywhere; None where they are no point of a sheet."""
    numbers = [
        float(value)
        for value in (x, y)
        if isinstance(value, int | float) and not isinstance(value, bool)
        # Comparisons with NaN are false.
        if math.fabs(value) <= FARTHEST
    ]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def choose_point(x: float, y: float) -> None:
    """The visitor has chosen this one."""
    parameters.choose(land_point=f"{x:.6g},{y:.6g}")
