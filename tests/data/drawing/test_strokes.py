"""Strokes and pens that are none are refused, whatever is done with them."""

import numpy as np
import pytest

from data import from_strokes, split_digits

LINE = [np.array([[50.0, 20], [50, 220]])]


@pytest.mark.parametrize("use", [from_strokes, split_digits])
@pytest.mark.parametrize(
    "wrong",
    [
        [[1.0, 2, 3]],
        [1.0, 2.0],
        [[[1.0, 2.0]]],
        [[1.0, np.nan]],
        [[np.inf, 2.0]],
        [[0.0, 1e308], [0.0, -1e308]],
        [[1, 2], [3]],
        [["a", "b"]],
        5.0,
        None,
    ],
)
def test_other_strokes_are_refused(use, wrong):
    for strokes in ([wrong], [*LINE, wrong]):
        with pytest.raises(ValueError, match=r"a stroke must be finite numbers of shape \(n, 2\)"):
            use(strokes, 20)


@pytest.mark.parametrize("use", [from_strokes, split_digits])
@pytest.mark.parametrize("pen_width", [0, -3, np.nan, np.inf, 1e-320, 1e300, "20", None, [20]])
def test_other_pens_are_refused(use, pen_width):
    with pytest.raises(ValueError, match="pen_width must be a number") as caught:
        use(LINE, pen_width)
    assert str(caught.value).endswith(f"got {pen_width!r}")


@pytest.mark.parametrize("use", [from_strokes, split_digits])
def test_extreme_strokes_and_pens_work(use):
    corners = np.array([[-1e6, -1e6], [1e6, 1e6]])
    for pen_width in (0.001, np.float32(20), 1_000_000):
        for strokes in ([corners], [corners[:1]], [corners[:1], corners], [[[3, 4]]]):
            assert len(use(strokes, pen_width)) > 0
