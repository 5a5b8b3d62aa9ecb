"""Where the time of a step goes."""

import sys
import time

import numpy as np
import pytest

import nn
from benchmarks.step_parts import PARTS, PRODUCTS, PYTHON, WAITING, Clocks, clocks, step_parts
from nn.training import fused_gradient


def train(workers):
    rng = np.random.default_rng(0)
    images, labels = rng.random((640, 20), np.float32), rng.integers(0, 4, 640)
    network = nn.Network.mlp([20, 16, 4])
    optimizer = nn.SGD(network.parameters, network.gradients)
    trainer = nn.Trainer(
        network, optimizer, nn.CrossEntropyLoss(), images, labels, epochs=1, workers=workers
    )
    list(trainer.run())


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied there only")


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=linux_only)])
def test_all_that_a_step_does_is_in_its_parts(workers):
    began = time.perf_counter()
    parts = step_parts(lambda: train(workers), 10)
    whole = (time.perf_counter() - began) / 10
    assert tuple(parts) == PARTS
    assert sum(parts.values()) <= whole
    assert {part for part in PARTS if parts[part] <= 0} == ({WAITING} if workers == 1 else set())


def test_a_part_within_another_counts_once(monkeypatch):
    monkeypatch.setattr(time, "perf_counter", iter(range(10)).__next__)
    found = Clocks()
    inner = found.timed(PRODUCTS, lambda: None)
    found.timed(WAITING, lambda: (inner(), inner()))()
    assert (found.seconds[WAITING], found.seconds[PRODUCTS]) == (1, 0)
    assert PYTHON not in found.seconds


def test_the_engine_is_as_before_afterwards():
    with clocks():
        assert fused_gradient.np is not np
    assert fused_gradient.np is np
