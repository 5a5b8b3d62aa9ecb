"""The losses against hand calculation, central differences and PyTorch."""

import math

import numpy as np
import pytest

import nn

LOSSES = {
    "cross_entropy": nn.CrossEntropyLoss(),
    "label_smoothing": nn.CrossEntropyLoss(label_smoothing=0.1),
    "mse": nn.MSELoss(),
}

every_loss = pytest.mark.parametrize("name", LOSSES)


def sample(rows: int = 7, classes: int = 4, seed: int = 0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    logits = rng.normal(0, 3, (rows, classes)).astype(dtype)
    return logits, rng.integers(0, classes, rows).astype(np.uint8)


# Known values


def test_softmax_by_hand():
    logits = np.log([[1.0, 2, 5], [4, 4, 2]])
    np.testing.assert_allclose(nn.softmax(logits), [[1 / 8, 2 / 8, 5 / 8], [0.4, 0.4, 0.2]])


def test_cross_entropy_by_hand():
    logits = np.log([[1.0, 2, 5], [4, 4, 2]])  # probabilities 1/8, 2/8, 5/8 and 0.4, 0.4, 0.2
    loss, gradient = nn.CrossEntropyLoss()(logits, np.array([2, 0]))
    assert loss == pytest.approx((-math.log(5 / 8) - math.log(0.4)) / 2)
    expected = np.array([[1 / 8, 2 / 8, 5 / 8 - 1], [0.4 - 1, 0.4, 0.2]]) / 2
    np.testing.assert_allclose(gradient, expected)


def test_label_smoothing_by_hand():
    # Targets 0.1, 0.1, 0.8 = 0.3/3, 0.3/3, 1 - 0.3 + 0.3/3 against probabilities 1/8, 2/8, 5/8.
    loss, gradient = nn.CrossEntropyLoss(0.3)(np.log([[1.0, 2, 5]]), np.array([2]))
    expected = -0.1 * math.log(1 / 8) - 0.1 * math.log(2 / 8) - 0.8 * math.log(5 / 8)
    assert loss == pytest.approx(expected)
    np.testing.assert_allclose(gradient, [[1 / 8 - 0.1, 2 / 8 - 0.1, 5 / 8 - 0.8]])


def test_mse_by_hand():
    loss, gradient = nn.MSELoss()(np.array([[0.5, 0, 1], [0, 3, 0]]), np.array([2, 1]))
    assert loss == pytest.approx((0.25 + 0 + 0 + 0 + 4 + 0) / 6)
    np.testing.assert_allclose(gradient, np.array([[1, 0, 0], [0, 4, 0]]) / 6)


def test_an_undecided_network_has_cross_entropy_log_classes():
    loss, _ = nn.CrossEntropyLoss()(np.zeros((5, 10)), np.arange(5))
    assert loss == pytest.approx(math.log(10))


# Gradients and PyTorch


@every_loss
def test_gradient_agrees_with_central_differences(name, numeric_gradient):
    loss = LOSSES[name]
    logits, labels = sample()
    _, gradient = loss(logits, labels)
    numeric = numeric_gradient(lambda: loss(logits, labels)[0], logits)
    np.testing.assert_allclose(gradient, numeric, atol=1e-8)


@every_loss
@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-12), ("float32", 1e-5)])
def test_value_and_gradient_agree_with_torch(name, dtype, tolerance):
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    for rows in (8, 3, 20):
        logits, labels = sample(rows, seed=rows, dtype=dtype)
        z, y = torch.from_numpy(logits.copy()).requires_grad_(), torch.from_numpy(labels).long()
        if name == "mse":
            torch_loss = functional.mse_loss(z, functional.one_hot(y, 4).to(z.dtype))
        else:
            smoothing = LOSSES[name].label_smoothing
            torch_loss = functional.cross_entropy(z, y, label_smoothing=smoothing)
        torch_loss.backward()
        loss, gradient = LOSSES[name](logits, labels)
        assert loss == pytest.approx(torch_loss.item(), abs=tolerance)
        assert gradient.dtype == dtype
        np.testing.assert_allclose(gradient, z.grad, atol=tolerance)


# Extremes


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_extreme_logits_overflow_nowhere(dtype):
    logits = np.array([[1e4, -1e4, 0], [-1e4, -1e4, -1e4]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        probabilities = nn.softmax(logits)
        right, _ = nn.CrossEntropyLoss()(logits[:1], np.array([0]))
        wrong, gradient = nn.CrossEntropyLoss()(logits[:1], np.array([1]))
        smooth, _ = nn.CrossEntropyLoss(0.3)(logits[:1], np.array([0]))
    np.testing.assert_allclose(probabilities, [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]], rtol=1e-6)
    assert right == 0
    assert wrong == pytest.approx(2e4)
    np.testing.assert_array_equal(gradient, [[1, -1, 0]])
    assert smooth == pytest.approx(0.1 * 2e4 + 0.1 * 1e4)


# What holds for every loss


@every_loss
def test_the_arguments_stay_as_they_are(name):
    logits, labels = sample()
    kept_logits, kept_labels = logits.copy(), labels.copy()
    _, gradient = LOSSES[name](logits, labels)
    gradient[...] = 0  # as `Network.backward` may
    np.testing.assert_array_equal(logits, kept_logits)
    np.testing.assert_array_equal(labels, kept_labels)


@every_loss
def test_the_loss_of_a_batch_is_the_mean_over_its_samples(name):
    logits, labels = sample()
    whole, _ = LOSSES[name](logits, labels)
    single = [LOSSES[name](logits[i : i + 1], labels[i : i + 1])[0] for i in range(len(logits))]
    assert whole == pytest.approx(np.mean(single))


@pytest.mark.parametrize("label_smoothing", [-0.1, 1, float("nan"), "0.1", True, None])
def test_a_bad_label_smoothing_is_refused(label_smoothing):
    with pytest.raises(ValueError, match=r"label_smoothing must be a number in \[0, 1\), got"):
        nn.CrossEntropyLoss(label_smoothing)
