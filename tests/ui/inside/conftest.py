"""What the tests of the views share."""

import json
from pathlib import Path

import pytest

import nn


@pytest.fixture
def network(shipped: Path) -> nn.Network:
    """A network with a hidden layer, which is the app's only model."""
    metadata = {"dataset": "mnist", "labels": json.dumps(list("0123456789"))}
    network = nn.Network.mlp([784, 12, 10], seed=4, metadata=metadata)
    nn.save(network, shipped / "default.safetensors")
    return network
