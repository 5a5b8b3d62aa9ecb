"""Saving and loading: safetensors files that PyTorch reads too, and that can't run code.

The tensors have the names and shapes of a `torch.nn.Sequential` of the same layers (`Branches`, the
layer of ensembles, is a ModuleList of them); what else is needed (the layers, the input scaling,
notes) stands in the file's metadata.
"""

import json
import os
from dataclasses import dataclass
from typing import Any

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError, safe_open

from nn.averaging import Averaging
from nn.checks import one_of
from nn.checksum import BLANK, CHECKSUM, check_checksum, write_checksum
from nn.layers import Layer
from nn.layers.row import check_row, check_shapes, state_shapes
from nn.layers.specs import layers_from_specs
from nn.network import Network
from nn.replacing import replacing

Array = np.ndarray

FORMAT = "scratch-nn network 1"
DTYPES = ("F16", "F32", "F64")
"""safetensors' names of the floating-point types that NumPy has."""
NEEDED_METADATA = ("format", "layers", "input_mean", "input_std")
OPTIONAL_METADATA = ("temperature", "max_energy", "test_time_shift", "test_time_rotation")
OWN_METADATA = (*NEEDED_METADATA, *OPTIONAL_METADATA)
"""What `save` adds to the network's own notes."""


def save(network: Network, path: str | os.PathLike, dtype: Any = None) -> None:
    """Write the network to `path`, replacing a file there in one step.

    `dtype` is that of the numbers in the file, the network's own by default: float16 halves the
    file, at three decimal digits for each weight. `load` makes float32 of it.

    Raises ValueError for another dtype than float16, float32 and float64, or if a number is too
    large for it, and the usual OSError if the file can't be written.
    """
    metadata = network.metadata | {
        "format": FORMAT,
        "layers": json.dumps([layer.spec() for layer in network.layers]),
        "input_mean": repr(network.input_mean),
        "input_std": repr(network.input_std),
        "temperature": repr(network.temperature),
    }
    if network.max_energy is not None:
        metadata["max_energy"] = repr(network.max_energy)
    if network.averaging.shift:
        metadata["test_time_shift"] = repr(network.averaging.shift)
    if network.averaging.rotation:
        metadata["test_time_rotation"] = repr(network.averaging.rotation)
    tensors = network.state_dict()
    if dtype is not None:
        dtype = one_of("dtype", np.dtype(dtype).name, ("float16", "float32", "float64"))
        tensors = {name: _rounded(name, tensor, dtype) for name, tensor in tensors.items()}
    write_tensors(path, tensors, metadata)


def _rounded(name: str, tensor: Array, dtype: str) -> Array:
    with np.errstate(over="ignore"):
        rounded = tensor.astype(dtype)
    if not np.isfinite(rounded).all():
        largest = np.abs(tensor).max()
        raise ValueError(f"{name} must fit into {dtype}, got numbers up to {largest:g}")
    return rounded


def load(path: str | os.PathLike) -> Network:
    """The network saved in `path`.

    Raises ValueError if the file is anything else than a whole network of ours with sensible
    values (`Network.check_values`), and the usual OSError if it can't be opened.
    """
    tensors, metadata = read_tensors(path, FORMAT)
    try:
        return _network(tensors, metadata)
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(
            f"{path} is not a network that scratch-nn can load: {error!s:.500}"
        ) from error


@dataclass(frozen=True)
class Outline:
    """What a file says of its network, without the weights; see `Network` for the fields."""

    layers: list[Layer]
    metadata: dict[str, str]
    averaging: Averaging


def load_outline(path: str | os.PathLike) -> Outline:
    """Read what is to be said of the network saved in `path`, which takes no time or memory.

    Raises ValueError if the file holds none, and the usual OSError if it can't be opened.
    """
    metadata = _read(path, FORMAT, with_tensors=False)[1]
    try:
        return Outline(_read_layers(metadata), metadata, _read_averaging(metadata))
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(
            f"{path} is not a network that scratch-nn can load: {error!s:.500}"
        ) from error


def _read_layers(metadata: dict[str, str]) -> list[Layer]:
    missing = [key for key in NEEDED_METADATA if key not in metadata]
    if missing:
        raise ValueError(f"its metadata must hold {', '.join(NEEDED_METADATA)}; missing: {missing}")
    layers = layers_from_specs(json.loads(metadata["layers"]))
    check_row(layers)
    return layers


def _network(tensors: dict[str, Array], metadata: dict[str, str]) -> Network:
    layers = _read_layers(metadata)
    check_shapes(tensors, state_shapes(layers))  # before room is made for them
    double = any(tensor.dtype == np.float64 for tensor in tensors.values())
    network = Network(
        layers,
        input_mean=float(metadata["input_mean"]),
        input_std=float(metadata["input_std"]),
        temperature=float(metadata.get("temperature", 1.0)),
        max_energy=float(metadata["max_energy"]) if "max_energy" in metadata else None,
        averaging=_read_averaging(metadata),
        initializer="zeros",
        dtype=np.float64 if double else np.float32,
        metadata={key: value for key, value in metadata.items() if key not in OWN_METADATA},
    )
    network.load_state_dict(tensors)
    network.check_values()
    return network


def _read_averaging(metadata: dict[str, str]) -> Averaging:
    return Averaging(
        int(metadata.get("test_time_shift", 0)), float(metadata.get("test_time_rotation", 0.0))
    )


def write_tensors(
    path: str | os.PathLike,
    tensors: dict[str, Array],
    metadata: dict[str, str],
    *,
    checksum: bool = False,
) -> None:
    """Write a safetensors file in C order; readers see the old file or the whole new one.

    With a `checksum`, nobody but us can change the file: of use where each bit counts, and not for
    networks, which other programs may load and save again with our metadata.
    """
    data = safetensors.numpy.save(
        {name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()},
        metadata | ({CHECKSUM: BLANK} if checksum else {}),
    )
    with replacing(path) as file:
        # With the user's usual permissions, which save_file narrows.
        file.write_bytes(data)
        if checksum:
            write_checksum(file, data)


def read_tensors(path: str | os.PathLike, format: str) -> tuple[dict[str, Array], dict[str, str]]:
    """Tensors and metadata of a safetensors file whose metadata names this format.

    Raises ValueError if it is not one, without reading the tensors: another program's can be huge;
    if a tensor holds anything else than floating-point numbers that NumPy knows; and if the file
    has a checksum that doesn't fit.
    """
    return _read(path, format, with_tensors=True)


def _read(
    path: str | os.PathLike, format: str, *, with_tensors: bool
) -> tuple[dict[str, Array], dict[str, str]]:
    with open(path, "rb") as opened:  # the ordinary OSError for one that can't be read
        if not opened.read(1):
            raise ValueError(f"{path} is not a whole safetensors file: it is empty")
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            ours = metadata.get("format") == format
            names = list(file.keys()) if ours and with_tensors else []
            unfit = {file.get_slice(name).get_dtype() for name in names} - set(DTYPES)
            if names and not unfit:
                check_checksum(path)
            tensors = {} if unfit else {name: file.get_tensor(name) for name in names}
    except SafetensorError as error:
        raise ValueError(
            f"{path} is not a whole safetensors file: it is damaged, cut off or of another kind"
        ) from error
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path} is not a whole safetensors file: {error!s:.300}") from error
    metadata.pop(CHECKSUM, None)
    if not ours:
        raise ValueError(
            f"the format of {path} must be {format!r}, got {metadata.get('format')!r:.200}"
        )
    if unfit:
        raise ValueError(
            f"the tensors of {path} must hold floating-point numbers ({', '.join(DTYPES)}), "
            f"got {', '.join(sorted(unfit))}"
        )
    return tensors, metadata
