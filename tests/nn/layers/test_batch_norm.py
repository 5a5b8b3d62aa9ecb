"""Batch normalisation: batches, running statistics, and single samples."""

import numpy as np
import pytest

from tests.nn.layers.test_layers import WIDTH, batch, make


def test_batch_norm_uses_what_training_taught_it_as_torch_does():
    torch = pytest.importorskip("torch")
    layer, parameters, _ = make("batch_norm")
    layer.running_mean[:], layer.running_var[:] = 0, 1  # where PyTorch's begin
    twin = torch.nn.BatchNorm1d(WIDTH).double()
    twin.load_state_dict({k: torch.from_numpy(v) for k, v in parameters.items()}, strict=False)
    for seed in range(5):
        x = batch(7 + seed, seed=seed)
        layer.forward(x, training=True)
        twin(torch.from_numpy(x))
    twin.eval()
    x = batch(4, seed=20)
    np.testing.assert_allclose(layer.forward(x), twin(torch.from_numpy(x)).detach(), atol=1e-12)


def test_batch_norm_brings_a_batch_to_mean_0_and_variance_1():
    layer, parameters, _ = make("batch_norm")
    parameters["weight"][:], parameters["bias"][:] = 1, 0
    y = layer.forward(batch(500), training=True)
    np.testing.assert_allclose(y.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=0), 1, atol=1e-4)


def test_batch_norm_moves_its_running_statistics_in_training_only():
    layer, _, _ = make("batch_norm")
    layer.running_mean[:], layer.running_var[:] = 0, 1
    x = np.array([[1.0], [3.0]]) * np.ones(WIDTH)
    layer.forward(x)
    np.testing.assert_array_equal(layer.running_mean, 0)
    layer.forward(x, training=True)
    np.testing.assert_allclose(layer.running_mean, 0.1 * 2)
    np.testing.assert_allclose(layer.running_var, 0.9 + 0.1 * 2)  # the unbiased variance is 2


def test_batch_norm_learns_no_statistics_from_a_single_sample():
    layer, _, _ = make("batch_norm")
    before = layer.running_mean.copy(), layer.running_var.copy()
    layer.forward(batch(1), training=True)
    np.testing.assert_array_equal((layer.running_mean, layer.running_var), before)


def test_batch_norm_stays_finite_for_a_single_sample_or_a_constant_feature():
    layer, _, _ = make("batch_norm")
    for x in (batch(1), np.ones((4, WIDTH))):
        assert np.isfinite(layer.forward(x, training=True)).all()
        assert np.isfinite(layer.backward(np.ones_like(x))).all()
        assert np.isfinite(layer.running_var).all()
