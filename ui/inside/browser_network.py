"""A network as the browser gets it, to run it forwards for what moves or is pointed at."""

import hashlib
import json
from typing import Any

import numpy as np
from safetensors.numpy import save

import nn

MOST_PARAMETERS = 2_000_000
"""Above that a browser gets no weights: they would be more than 8 MB."""


def network_bytes(network: nn.Network) -> bytes:
    """A single network in the safetensors format: its tensors as float32 by their names, and under
    "about" in the notes all else that its way forward needs, as JSON.

    The browser's half is browser/network.js. Answers are those of the image alone, without the
    network's test-time averages.
    """
    about = _about(network) | {"id": network_id(network)}
    return save(_tensors(network), metadata={"about": json.dumps(about)})


def network_id(network: nn.Network) -> str:
    """Tells it from other networks in the browser: the same for the same numbers and layers."""
    digest = hashlib.sha256(json.dumps(_about(network)).encode())
    for tensor in _tensors(network).values():
        digest.update(tensor.tobytes())
    return digest.hexdigest()[:16]


def _tensors(network: nn.Network) -> dict[str, np.ndarray]:
    return {
        name: np.ascontiguousarray(tensor, np.float32)
        for name, tensor in network.state_dict().items()
    }


def _about(network: nn.Network) -> dict[str, Any]:
    return {
        "layers": [layer.spec() for layer in network.layers],
        "in_features": network.in_features,
        "labels": list(network.labels),
        "input_mean": network.input_mean,
        "input_std": network.input_std,
        "temperature": network.temperature,
    }
