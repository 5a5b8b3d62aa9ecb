"""The pictures of a landscape: Plotly takes them, and what is infinite is left out."""

import math

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures.landscape import Heights, Trail, contour, surface
from ui.figures.landscape_lines import along_line, along_path

LOSSES = np.array([[0.01, 1.0, 10.0], [0.0, np.inf, np.nan]])
HEIGHTS = Heights(np.array([-1.0, 0, 1]), np.array([0.0, 2]), LOSSES, np.full((2, 3), 0.5))
TRAIL = Trail(np.array([[1.0, 2], [0.5, 1], [0, 0]]), ["a", "b", "c"], np.array([3.0, 2]), 1)
NO_TRAIL = Trail(np.empty((0, 2)), [], np.empty(0), None)


@pytest.mark.parametrize("trail", [TRAIL, NO_TRAIL])
@pytest.mark.parametrize("draw", [contour, surface])
def test_heights_are_logarithms_and_gaps_where_there_are_none(draw, trail):
    figure = draw("Loss", ("x", "y"), HEIGHTS, trail, (0, 0))
    drawn = go.Figure(figure)
    first = drawn.data[0]
    assert [list(row) for row in first.z] == [[-2, 0, 1], [-6, None, None]]
    ticks = "1e-06 1e-05 0.0001 0.001 0.01 0.1 1 10"
    scale = first.colorbar if draw is contour else drawn.layout.scene.zaxis
    assert list(scale.ticktext) == ticks.split()


def test_ends_and_moment_of_the_path_are_named():
    figure = contour("Loss", ("x", "y"), HEIGHTS, TRAIL, (0, 0))
    named = {one["text"]: (one["x"], one["y"]) for one in figure["layout"]["annotations"]}
    assert named == {"start": (1, 2), "now": (0.5, 1), "end": (0, 0)}
    assert contour("Loss", ("x", "y"), HEIGHTS, NO_TRAIL, (0, 0))["layout"]["annotations"] == []


def test_the_path_on_a_surface_goes_as_far_as_it_is_known():
    path = surface("Loss", ("x", "y"), HEIGHTS, TRAIL, (0, 0))["data"][1]
    assert path["z"] == pytest.approx([math.log10(3), math.log10(2)], abs=1e-4)
    assert (path["x"], path["text"]) == ([1, 0.5], ["a", "b"])


def test_a_pin_stands_in_the_point_of_a_surface_where_that_has_a_height() -> None:
    losses = np.array([[1.0, np.inf], [1, 10], [100, 10_000]])
    heights = Heights(np.array([0.0, 2]), np.array([-1.0, 1, 2]), losses, np.full((3, 2), 0.5))

    def height(x: float, y: float) -> float | None:
        drawn = surface("Loss", ("x", "y"), heights, NO_TRAIL, (x, y))["data"][1:]
        return drawn[0]["z"][0] if drawn else None

    expected = {(0, 1): 0, (2, 1): 1, (0, 2): 2, (2, 2): 4, (1, 1.5): 7 / 4}
    assert {place: height(*place) for place in expected} == pytest.approx(expected)
    assert height(1, 0) is height(2.1, 1.5) is height(1, 2.1) is None


def test_along_a_path_what_was_before_the_first_step_has_a_place_too():
    lines = {"one": np.array([2.0, np.inf]), "other": np.array([1.0, 0.5, 0.25])}
    figure = along_path("Loss", "Loss", [0, 1, 10], list("abc"), lines, logarithmic=True)
    one, other = go.Figure(figure).data
    assert (list(one.x), list(one.y)) == ([0.5, 1], [2, None])
    assert list(other.x) == [0.5, 1, 10]
    assert [list(pair) for pair in other.customdata] == [[0, 1], [1, 0.5], [10, 0.25]]


def test_all_of_the_path_has_room_before_anything_is_known_and_no_axis_says_what_is_not():
    for values in ([], [2.0, 0.5]):
        lines = {"one": np.array(values), "other": np.array(values)}
        steps = [0, 1, 100_000]
        layout = along_path("Loss", "Loss", steps, list("abc"), lines, logarithmic=True)["layout"]
        low, high = layout["xaxis"]["range"]
        assert math.log10(0.3) < low < math.log10(0.5)
        assert 5 < high < math.log10(200_000)
        assert layout["yaxis"]["showticklabels"] == bool(values)


@pytest.mark.parametrize(("highest", "ticks"), [(2.0, "D2"), (200.0, 1)])
def test_over_many_decades_there_are_powers_of_ten_alone(highest, ticks):
    lines = {"one": np.array([0.1, highest, np.inf])}
    layout = along_path("Loss", "Loss", [0, 1, 2], list("abc"), lines, logarithmic=True)["layout"]
    assert layout["yaxis"]["dtick"] == ticks


def test_on_a_line_both_ends_and_the_point_are_marked():
    xs = np.array([0.0, 0.5, 1])
    figure = go.Figure(along_line("Loss", "Loss", xs, xs, 0.5, logarithmic=False))
    assert [shape.x0 for shape in figure.layout.shapes] == [0, 1, 0.5]
