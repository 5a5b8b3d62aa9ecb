"""Fixtures that more than one part of the suite uses."""

import gc
import os
import sys
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

import pytest

# The suite runs in as many processes as there are cores. Threads of matrix products beside them
# would only wait for each other, and so would trainings that use all cores; tests of threads ask
# for some themselves.
for limit in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "LOKY_MAX_CPU_COUNT"):
    os.environ.setdefault(limit, "1")
# Hundreds of processes are started, which compile nothing that another has compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# The app downloads nothing by itself here; the tests of that turn it on.
os.environ["SCRATCH_NN_DOWNLOAD"] = "never"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Hundreds of thousands of objects come with what is imported, and stay: none is looked at by
    the garbage collection, meanwhile or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of tests in a browser, which are the long ones, among the others, and none at the
    very end: one of them keeps one and a half cores busy, which those beside it leave that often
    wait for a process. Those that compute all the time, in short files, come last."""
    browser: dict[Path, list[pytest.Item]] = {}
    waiting: dict[Path, list[pytest.Item]] = {}
    computing: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            files = browser
        elif item.nodeid.startswith(("tests/nn/", "tests/data/")):
            files = computing
        else:
            files = waiting
        files.setdefault(item.path, []).append(item)
    others = {**waiting, **computing}
    placed = [
        (end * place / len(files), tests)
        for end, files in ((1.0, others), (0.9, browser))
        for place, tests in enumerate(files.values())
    ]
    items[:] = [item for _, tests in sorted(placed, key=itemgetter(0)) for item in tests]


@pytest.fixture(autouse=True, scope="module")
def _one_thread_again() -> Iterator[None]:
    """After a file whose tests set the threads of the matrix products: with a second one the same
    work takes up to five times as long on a busy computer."""
    from nn.training.blas_threads import limited_threads  # NumPy, not before what is set above

    with limited_threads(1):
        yield


@pytest.fixture(scope="session")
def mnist_folder() -> Path:
    """The folder with the real MNIST files; skips the test where there is none."""
    folder = os.environ.get("SCRATCH_NN_DATA")
    if not folder:
        pytest.skip("full MNIST is needed: set SCRATCH_NN_DATA to a folder with its IDX files")
    names = ("train-images-idx3-ubyte", "train-images-idx3-ubyte.gz")
    for sub in ("", "mnist", "MNIST/raw"):
        if any((Path(folder) / sub / name).exists() for name in names):
            return Path(folder)
    pytest.skip(f"full MNIST is needed: no train-images-idx3-ubyte(.gz) in {folder}")
