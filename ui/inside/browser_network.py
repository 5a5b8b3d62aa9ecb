"""A network as the browser gets it, to run it forwards for what moves or is pointed at."""

import hashlib
import json

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
    tensors = {
        name: np.ascontiguousarray(tensor, np.float32)
        for name, tensor in network.state_dict().items()
    }
    about = {
        "layers": [layer.spec() for layer in network.layers],
        "in_features": network.in_features,
        "labels": list(network.labels),
        "input_mean": network.input_mean,
        "input_std": network.input_std,
        "temperature": network.temperature,
    }
    digest = hashlib.sha256(json.dumps(about).encode())
    for tensor in tensors.values():
        digest.update(tensor.tobytes())
    about["id"] = digest.hexdigest()[:16]
    return save(tensors, metadata={"about": json.dumps(about)})
