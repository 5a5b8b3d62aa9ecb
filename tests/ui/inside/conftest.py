"""What the tests of the views share."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import nn
from ui.long_work import long_work


@pytest.fixture
def network(shipped: Path) -> nn.Network:
    """A network with a hidden layer, which is the app's only model."""
    metadata = {"dataset": "mnist", "labels": json.dumps(list("0123456789"))}
    network = nn.Network.mlp([784, 12, 10], seed=4, metadata=metadata)
    nn.save(network, shipped / "default.safetensors")
    return network


@pytest.fixture(autouse=True)
def _no_work_goes_on() -> Iterator[None]:
    """What a page has begun by itself ends with the test, and is not known to the next one."""
    yield
    work = long_work()
    for asked in list(work._line.values()):
        for asker in list(asked.askers):
            work.give_up(asker)
    long_work.cache_clear()
