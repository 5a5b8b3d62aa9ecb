"""What the engine's tests share."""

from collections.abc import Callable

import numpy as np
import pytest

NumericGradient = Callable[[Callable[[], float], np.ndarray], np.ndarray]


@pytest.fixture(scope="session")
def numeric_gradient() -> NumericGradient:
    """`numeric_gradient(function, array)`: d function()/d array by central differences, float64.

    The function looks at the array by itself; its values are moved a little and put back.
    """

    def gradient(function: Callable[[], float], array: np.ndarray, step: float = 1e-6):
        assert array.dtype == np.float64
        slopes = np.empty_like(array)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + step
            above = function()
            array[index] = kept - step
            below = function()
            array[index] = kept
            slopes[index] = (above - below) / (2 * step)
        return slopes

    return gradient
