"""The losses for real-valued targets against hand calculation, central differences and PyTorch."""

import math

import numpy as np
import pytest

import nn

every_loss = pytest.mark.parametrize("name", nn.VALUE_LOSSES)


def sample(rows: int = 7, width: int = 3, seed: int = 0, dtype=np.float64):
    """Outputs of both signs, and targets in [0, 1]."""
    rng = np.random.default_rng(seed)
    return rng.normal(0, 3, (rows, width)).astype(dtype), rng.uniform(size=(rows, width)).astype(
        dtype
    )


# Known values


def test_half_squared_error_by_hand():
    outputs, targets = np.array([[0.5, 2.0], [-1.0, 0.0]]), np.array([[1.0, 0.0], [-1.0, 3.0]])
    loss, gradient = nn.HalfSquaredError()(outputs, targets)
    assert loss == pytest.approx(((0.25 + 4) / 2 + (0 + 9) / 2) / 2)
    np.testing.assert_allclose(gradient, [[-0.25, 1], [0, -1.5]])


def test_binary_cross_entropy_by_hand():
    logits = np.log([[3.0], [1.0], [1 / 4]])  # probabilities 3/4, 1/2, 1/5
    loss, gradient = nn.BinaryCrossEntropy()(logits, np.array([[1.0], [0.0], [0.5]]))
    last = -0.5 * math.log(1 / 5) - 0.5 * math.log(4 / 5)
    assert loss == pytest.approx((-math.log(3 / 4) - math.log(1 / 2) + last) / 3)
    np.testing.assert_allclose(gradient, np.array([[3 / 4 - 1], [1 / 2], [1 / 5 - 1 / 2]]) / 3)


def test_one_logit_says_what_softmax_of_it_and_nought_says():
    logits, _ = sample(width=1)
    labels = np.arange(len(logits)) % 2
    one, gradient = nn.BinaryCrossEntropy()(logits, labels[:, np.newaxis].astype(float))
    both = np.concatenate((np.zeros_like(logits), logits), axis=1)
    two, gradients = nn.CrossEntropyLoss()(both, labels)
    assert one == pytest.approx(two)
    np.testing.assert_allclose(gradient[:, 0], gradients[:, 1], atol=1e-15)


# Gradients and PyTorch


@every_loss
def test_gradient_agrees_with_central_differences(name, numeric_gradient):
    loss = nn.VALUE_LOSSES[name]()
    outputs, targets = sample()
    _, gradient = loss(outputs, targets)
    numeric = numeric_gradient(lambda: loss(outputs, targets)[0], outputs)
    np.testing.assert_allclose(gradient, numeric, atol=1e-8)


@every_loss
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 1e-5)])
@pytest.mark.parametrize("width", [1, 3])
def test_value_and_gradient_agree_with_torch(name, dtype, tolerance, width):
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    outputs, targets = sample(9, width, dtype=dtype)
    z, t = torch.from_numpy(outputs.copy()).requires_grad_(), torch.from_numpy(targets)
    if name == "squared":
        torch_loss = functional.mse_loss(z, t) * width / 2
    else:
        torch_loss = functional.binary_cross_entropy_with_logits(z, t) * width
    torch_loss.backward()
    loss, gradient = nn.VALUE_LOSSES[name]()(outputs, targets)
    assert loss == pytest.approx(torch_loss.item(), rel=tolerance)
    assert gradient.dtype == dtype
    np.testing.assert_allclose(gradient, z.grad, atol=tolerance)


# Extremes


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extreme_logits_overflow_nowhere(dtype):
    logits = np.array([[1e4], [-1e4], [1e4], [-1e4]], dtype)
    targets = np.array([[1], [0], [0], [1]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        loss, gradient = nn.BinaryCrossEntropy()(logits, targets)
    assert loss == pytest.approx(2e4 / 4)
    np.testing.assert_array_equal(gradient, np.array([[0], [0], [1], [-1]]) / 4)


def test_a_small_loss_keeps_its_digits():
    loss, _ = nn.BinaryCrossEntropy()(np.array([[40.0]]), np.array([[1.0]]))
    assert loss == pytest.approx(math.exp(-40), rel=1e-12)


# What holds for every loss


@every_loss
def test_the_arguments_stay_as_they_are(name):
    outputs, targets = sample()
    kept_outputs, kept_targets = outputs.copy(), targets.copy()
    _, gradient = nn.VALUE_LOSSES[name]()(outputs, targets)
    gradient[...] = 0  # as `Network.backward` may
    np.testing.assert_array_equal(outputs, kept_outputs)
    np.testing.assert_array_equal(targets, kept_targets)


@every_loss
def test_the_loss_of_a_batch_is_the_mean_over_its_samples(name):
    loss = nn.VALUE_LOSSES[name]()
    outputs, targets = sample()
    whole, _ = loss(outputs, targets)
    single = [loss(outputs[i : i + 1], targets[i : i + 1])[0] for i in range(len(outputs))]
    assert whole == pytest.approx(np.mean(single))


def test_trainings_on_images_do_not_offer_them():
    assert not {nn.HalfSquaredError, nn.BinaryCrossEntropy} & set(nn.LOSSES.values())
    with pytest.raises(ValueError, match="loss must be one of cross_entropy, mse, got 'squared'"):
        nn.TrainingConfig(loss="squared")
