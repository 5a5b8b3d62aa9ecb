"""Threads of the matrix products."""

import pytest

from nn.training import blas_threads
from nn.training.blas_threads import current_threads, one_thread, set_threads


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


def test_one_thread_lasts_until_the_last_one_leaves():
    set_threads(2)
    first, second = one_thread(), one_thread()
    first.__enter__()
    second.__enter__()
    assert current_threads() == 1
    first.__exit__(None, None, None)  # as another visitor's answer, which came first
    assert current_threads() == 1
    second.__exit__(None, None, None)
    assert current_threads() == 2


@pytest.mark.parametrize("name", ["Haswell", "SkylakeX"])
def test_the_kernel_is_numpys_and_not_scipys(monkeypatch, name):
    """A training is the same, bit for bit, whatever else is imported."""
    pools = [
        {"internal_api": "openmp", "filepath": "/venv/torch/lib/libgomp.so"},
        {
            "internal_api": "openblas",
            "filepath": "/venv/scipy.libs/libscipy_openblas-6c.so",
            "architecture": "Zen",
        },
        {
            "internal_api": "openblas",
            "filepath": "/venv/numpy.libs/libscipy_openblas64_-32.so",
            "architecture": name,
        },
    ]
    monkeypatch.setattr(blas_threads, "threadpool_info", lambda: pools)
    assert blas_threads.kernel() == name


def test_a_blas_that_cannot_be_asked_has_no_kernel(monkeypatch):
    pools = [{"internal_api": "mkl", "filepath": "/numpy/libmkl.so"}]
    monkeypatch.setattr(blas_threads, "threadpool_info", lambda: pools)
    assert blas_threads.kernel() is None
