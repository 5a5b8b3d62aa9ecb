"""Counting of floating-point operations."""

import pytest

from benchmarks.cases import Case


def test_operations_of_the_classic_network():
    forward = 2 * (784 * 128 + 128 * 64 + 64 * 10)
    weight_gradients = forward
    input_gradients = 2 * (128 * 64 + 64 * 10)
    assert Case((128, 64)).flops_per_sample == forward + weight_gradients + input_gradients
    assert Case((128, 64)).gflop_per_epoch(60_000) == pytest.approx(27.264)


def test_operations_without_a_hidden_layer():
    assert Case(()).flops_per_sample == 2 * 2 * 784 * 10


def test_operations_with_convolutions():
    first, second, dense = 24**2 * 16 * 25, 8**2 * 32 * 16 * 25, 512 * 128 + 128 * 10
    case = Case((128,), convolutions=(16, 32))
    assert case.flops_per_sample == 2 * (2 * first + 3 * second + 3 * dense)


def test_network_is_named_by_its_widths():
    assert Case((1024, 1024)).network == "784-1024-1024-10"
    assert Case((128,), convolutions=(16, 32)).network == "784-16C5-32C5-128-10"
