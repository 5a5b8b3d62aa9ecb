"""What the engine's tests share."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from nn.runs import Run, RunWriter

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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the run of this test is, or will be."""
    return tmp_path / "run"


@pytest.fixture
def writer(folder: Path) -> Iterator[RunWriter]:
    """The writer of a run of two epochs in `folder`."""
    with RunWriter(folder, {"epochs": 2}) as writer:
        yield writer


@pytest.fixture
def append(folder: Path) -> Callable[[str | bytes], None]:
    """`append(text)`: put something at the end of the run's events, as accidents do."""

    def write(text: str | bytes) -> None:
        with open(folder / "events.jsonl", "ab") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    return write


@pytest.fixture
def types() -> Callable[[Run], list[str]]:
    """`types(run)`: the types of its events."""
    return lambda run: [event["type"] for event in run.events]
