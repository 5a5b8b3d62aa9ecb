"""Threads of the matrix products."""

import pytest

from nn.training.blas_threads import current_threads, set_threads


@pytest.fixture(autouse=True)
def same_number_afterwards():
    before = current_threads()
    yield
    set_threads(before)


@pytest.mark.parametrize("threads", [1, 2])
def test_sets_the_number(threads):
    set_threads(threads)
    assert current_threads() == threads


@pytest.mark.parametrize("threads", [0, -1, 1.5, "two", None])
def test_refuses_what_is_no_number_of_threads(threads):
    with pytest.raises(ValueError, match="threads must be a whole number from 1"):
        set_threads(threads)
