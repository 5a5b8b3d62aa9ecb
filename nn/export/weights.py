"""Weights as the bytes of an .npz file."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np

Array = np.ndarray


def npz(tensors: Mapping[str, Array]) -> bytes:
    """The tensors, float32, by name. What float16 holds without loss is stored so, in half the
    room, as it is with the models that ship."""
    file = io.BytesIO()
    arrays: dict[str, Any] = {name: _smallest(tensor) for name, tensor in tensors.items()}
    np.savez(file, **arrays)
    return file.getvalue()


def _smallest(tensor: Array) -> Array:
    with np.errstate(over="ignore"):
        half = tensor.astype(np.float16)
    return half if np.array_equal(half, tensor) else tensor
