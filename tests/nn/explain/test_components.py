"""Principal components, against scikit-learn and by hand."""

import numpy as np
import pytest

from nn.explain.components import principal_components


@pytest.mark.parametrize("shape", [(60, 8), (12, 40), (320, 340), (1150, 1120)])
def test_they_are_those_of_scikit_learn(shape: tuple[int, int]) -> None:
    from sklearn.decomposition import PCA  # here: its import takes all workers a second

    scale = np.ones(shape[1])
    scale[:6] = 30, 24, 18, 13, 9, 6
    values = np.random.default_rng(3).normal(size=shape) * scale
    found, expected = principal_components(values, 4), PCA(4, svd_solver="full").fit(values)
    np.testing.assert_allclose(found.variances, expected.explained_variance_, rtol=1e-8)
    np.testing.assert_allclose(found.shares, expected.explained_variance_ratio_, rtol=1e-8)
    signs = np.sign((found.axes * expected.components_).sum(axis=1))
    np.testing.assert_allclose(found.axes, expected.components_ * signs[:, None], atol=1e-6)
    np.testing.assert_allclose(found.project(values), expected.transform(values) * signs, atol=1e-4)
    np.testing.assert_array_equal(found.axes.max(axis=1), np.abs(found.axes).max(axis=1))


def test_points_on_a_line_have_one_component() -> None:
    found = principal_components(np.array([[0.0, 0.0], [3.0, -4.0], [6.0, -8.0]]), 2)
    np.testing.assert_allclose(found.axes[0], [-0.6, 0.8], atol=1e-12)
    np.testing.assert_allclose(found.variances, [25.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(found.project(np.array([[6.0, -8.0]]))[0], [-5.0, 0.0], atol=1e-12)


def test_values_that_are_all_the_same_vary_nowhere() -> None:
    found = principal_components(np.ones((5, 3), np.float32), 2)
    assert found.total == 0
    assert found.shares.tolist() == [0, 0]
    assert np.isfinite(found.axes).all()


@pytest.mark.parametrize(
    ("shape", "count", "message"),
    [
        ((1, 3), 1, "values must be"),
        ((4,), 1, "values must be"),
        ((4, 3), 0, "count must be"),
        ((4, 3), 4, "count must be"),
    ],
)
def test_what_is_not_possible_is_refused(shape: tuple[int, ...], count: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        principal_components(np.zeros(shape), count)
