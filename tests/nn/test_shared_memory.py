"""Memory that processes share."""

import errno
import mmap
import os

import numpy as np
import pytest

from nn.shared_memory import shared_zeros


@pytest.mark.parametrize("size", [0, 1, 5000])
def test_zeros_of_any_size(size):
    array = shared_zeros(size, "float32")
    assert array.dtype == np.float32
    assert array.tolist() == [0] * size


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes that are copied here")
def test_a_copied_process_writes_into_the_same_memory():
    array = shared_zeros(3, "int64")
    if not (child := os.fork()):
        array[1] = 7
        os._exit(0)
    os.waitpid(child, 0)
    assert array.tolist() == [0, 7, 0]


def no_room_on_windows():
    error = OSError(errno.EINVAL, "The paging file is too small for this operation to complete")
    error.winerror = 1455
    return error


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOMEM, "Cannot allocate memory"), no_room_on_windows()]
)
def test_no_room_is_a_memory_error(monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr(mmap, "mmap", refuse)
    with pytest.raises(MemoryError, match="no room for 12 numbers of type float32"):
        shared_zeros(12, "float32")
