"""What the drawing board sends becomes strokes, whatever it sends."""

import numpy as np
import pytest

from ui.draw.fabric import MOST_POINTS, pen_strokes

# As Fabric.js 7 sends it: a path in pixels of the board, and where its middle is.
STROKE = {
    "type": "Path",
    "originX": "center",
    "originY": "center",
    "left": 75,
    "top": 54.5,
    "width": 50.04,
    "height": 10.04,
    "scaleX": 1,
    "scaleY": 1,
    "strokeWidth": 20,
    "path": [["M", 50, 50], ["Q", 60, 50, 60, 60], ["L", 60, 100]],
}
DOT = {"type": "Path", "strokeWidth": 8, "path": [["M", 149.98, 149.5], ["L", 150.02, 149.5]]}


def test_strokes_lie_where_they_were_drawn():
    strokes, pen_width, complete = pen_strokes([STROKE, DOT])
    assert complete
    assert pen_width == 20
    first, dot = strokes
    assert first.dtype == np.float64
    assert first[0].tolist() == [50, 50]
    assert first[-2:].tolist() == [[60, 60], [60, 100]]
    assert dot.tolist() == [[149.98, 149.5], [150.02, 149.5]]


def test_curves_are_followed_closely():
    stroke = pen_strokes([{"path": [["M", 0, 0], ["Q", 40, 0, 40, 40]]}])[0][0]
    # On the curve of those three points (x, y) = 40 (2t - t², t²), hence x = 2 sqrt(40 y) - y.
    np.testing.assert_allclose(stroke[:, 0], 2 * np.sqrt(40 * stroke[:, 1]) - stroke[:, 1])
    assert np.hypot(*np.diff(stroke, axis=0).T).max() < 8
    assert stroke[-1].tolist() == [40, 40]


def test_the_widest_pen_counts():
    assert pen_strokes([DOT, STROKE, DOT])[1] == 20


def test_an_empty_board_has_no_strokes():
    assert pen_strokes([]) == ([], 1, True)


@pytest.mark.parametrize(
    "path",
    [
        None,
        "M 0 0",
        [],
        [[]],
        [None],
        [["M"]],
        [["M", 1]],
        [["M", 1, 2, 3]],
        [["M", "1", "2"]],
        [["M", 1, None]],
        [["M", [1], {}]],
        [["M", float("nan"), 1]],
        [["M", float("inf"), 1]],
        [["M", 1e300, 1]],
        [["M", 10**400, 1]],
        [["M", 1, 1], ["L", -1e9, 1]],
        [["Q", 1, 1, 2, 2]],
        [["M", 1, 1], ["C", 1, 1, 2, 2, 3, 3]],
        [["M", 1, 1], ["<script>", 1]],
        [["M", 1, 1], [["M"], 1]],
        [["M", 1, 1]] * (MOST_POINTS + 2),
    ],
)
def test_odd_paths_are_left_out(path):
    strokes, pen_width, _ = pen_strokes([{"strokeWidth": 50, "path": path}, STROKE])
    assert pen_width == 20
    assert [stroke[0].tolist() for stroke in strokes] == [[50, 50]]


@pytest.mark.parametrize("entry", [None, 3, "Path", [], {}, {"type": "Rect"}])
def test_other_objects_are_left_out(entry):
    assert len(pen_strokes([entry, STROKE])[0]) == 1


@pytest.mark.parametrize("objects", [None, {}, 5, "objects"])
def test_other_answers_are_an_empty_board(objects):
    assert pen_strokes(objects) == ([], 1, True)


@pytest.mark.parametrize(
    ("width", "taken"), [(None, 1), ("20", 1), (-5, 1), (float("nan"), 1), (5000, 100)]
)
def test_odd_pens_are_bounded(width, taken):
    assert pen_strokes([{**STROKE, "strokeWidth": width}])[1] == taken


def test_only_so_many_points_are_looked_at():
    line = {"path": [["M", 0, 0]] + [["L", n % 300, 0] for n in range(MOST_POINTS // 2)]}
    strokes, _, complete = pen_strokes([line] * 3)
    assert sum(map(len, strokes)) <= MOST_POINTS
    assert not complete
    dots, _, complete = pen_strokes([DOT] * 5000)
    assert len(dots) <= 500
    assert not complete
