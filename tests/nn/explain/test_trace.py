"""The values and gradients of a trace, beside PyTorch's and central differences."""

import numpy as np
import pytest

import nn
from nn.architectures import convolution_layers, mlp_layers
from nn.explain.trace import trace, trace_back

IMAGES = np.random.default_rng(3).random((5, 14, 14))


def make(kind):
    options = {"input_mean": 0.2, "input_std": 0.4, "seed": 3, "dtype": "float64"}
    if kind == "convolutions":
        layers = convolution_layers(196, [3], "tanh")
        return nn.Network([*layers, *mlp_layers([75, 8, 4], "relu")], **options)
    if kind == "ensemble":
        return nn.join([nn.Network.mlp([196, 9, 4], **options | {"seed": k}) for k in range(3)])
    return nn.Network.mlp([196, 12, 7, 4], kind, batch_norm=kind == "gelu", dropout=0.3, **options)


KINDS = ("relu", "leaky_relu", "sigmoid", "gelu", "convolutions", "ensemble")


def answers(network, images, weights):
    return float(np.sum(network.predict_logits(images, averaging=nn.ALONE) * weights))


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_of_the_inputs_is_that_of_central_differences(kind):
    network = make(kind)
    weights = np.random.default_rng(1).normal(size=(5, 4))
    found = (
        trace_back(network, IMAGES, weights).grad_inputs * network.input_scaling(IMAGES.dtype)[0]
    )
    for image, pixel in ((0, 0), (1, 77), (4, 195)):
        images = IMAGES.reshape(5, 196)
        moved = np.zeros_like(images)
        moved[image, pixel] = 1e-6
        slope = (
            answers(network, images + moved, weights) - answers(network, images - moved, weights)
        ) / 2e-6
        assert found[image, pixel] == pytest.approx(slope, rel=1e-4, abs=1e-7)


@pytest.mark.parametrize("kind", KINDS)
def test_the_last_values_are_the_answer_and_all_are_copies(kind):
    network = make(kind)
    traced = trace(network, IMAGES)
    np.testing.assert_array_equal(traced.logits, network.predict_logits(IMAGES))
    before = [values.copy() for values in (*traced.outputs, traced.inputs)]
    network.predict_logits(1 - IMAGES)
    for values, kept in zip((*traced.outputs, traced.inputs), before, strict=True):
        np.testing.assert_array_equal(values, kept)
    assert traced.grad_inputs is None


def test_it_agrees_with_pytorch():
    torch = pytest.importorskip("torch")
    network = nn.Network.mlp([196, 12, 7, 4], "relu", input_mean=0.2, input_std=0.4, seed=3)
    twin = torch.nn.Sequential(
        torch.nn.Linear(196, 12),
        torch.nn.ReLU(),
        torch.nn.Linear(12, 7),
        torch.nn.ReLU(),
        torch.nn.Linear(7, 4),
    )
    twin.load_state_dict({k: torch.tensor(v.copy()) for k, v in network.state_dict().items()})
    images = IMAGES.astype(np.float32).reshape(5, 196)
    x = torch.tensor((images - 0.2) / 0.4, requires_grad=True)
    values, kept = x, []
    for layer in twin:
        values = layer(values)
        values.retain_grad()
        kept.append(values)
    loss = torch.nn.functional.cross_entropy(values, torch.tensor([0, 1, 2, 3, 0]))
    loss.backward()

    gradient = nn.CrossEntropyLoss()(trace(network, images).logits, np.array([0, 1, 2, 3, 0]))[1]
    traced = trace_back(network, images, gradient)
    np.testing.assert_allclose(traced.grad_inputs, x.grad, atol=1e-6)
    for output, grad, theirs in zip(traced.outputs, traced.grad_outputs, kept, strict=True):
        np.testing.assert_allclose(output, theirs.detach(), atol=1e-5)
        np.testing.assert_allclose(grad, theirs.grad, atol=1e-6)
    for name, parameter in twin.named_parameters():
        np.testing.assert_allclose(traced.gradients[name], parameter.grad, atol=1e-6)


def test_images_of_another_size_are_refused():
    with pytest.raises(ValueError, match="images must have shape"):
        trace(make("relu"), np.zeros((2, 3, 3)))
