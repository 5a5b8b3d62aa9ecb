"""The compiled step of PyTorch does what its eager step does."""

import numpy as np
import pytest

import nn
from benchmarks import images
from benchmarks.cases import Case


@pytest.mark.parametrize("convolutions", [(), (4,)])
def test_whole_step_is_a_step_of_gradient_descent(tmp_path, convolutions):
    torch = pytest.importorskip("torch")
    from benchmarks.contenders.pytorch import PyTorch
    from benchmarks.contenders.pytorch_step import whole_step

    images.write_synthetic(tmp_path, 200, 10)
    case = Case((16,), 20, convolutions=convolutions)
    eager = PyTorch(case, images.load(tmp_path), torch.get_num_threads())
    parameters = {name: value.detach().clone() for name, value in eager.model.named_parameters()}
    step = whole_step(eager)  # as it is before torch.compile
    for chosen in torch.randperm(200).split(20):
        eager._step(eager.optimizer, chosen)
        step(parameters, eager.inputs, eager.labels, chosen)
    for name, value in eager.model.named_parameters():
        np.testing.assert_allclose(value.detach(), parameters[name], atol=1e-5)
    optimizer, *memory_format = eager.details.split(", ")
    assert optimizer in ("fused SGD", "foreach SGD", "for-loop SGD")
    assert memory_format in ([], ["channels last"] if convolutions else [])


def test_the_network_of_a_case_is_ours(tmp_path):
    torch = pytest.importorskip("torch")
    from benchmarks.contenders.pytorch import build_model
    from nn.architectures import convolution_layers, mlp_layers

    twin = nn.Network([*convolution_layers(784, (4, 6)), *mlp_layers([96, 16, 10])])
    model = build_model(Case((16,), convolutions=(4, 6)))
    for parameter, weights in zip(
        model.parameters(), twin.named_parameters().values(), strict=True
    ):
        parameter.data = torch.from_numpy(weights)
    pixels = np.random.default_rng(0).random((5, 784), np.float32)
    expected = model(torch.from_numpy(pixels)).detach()
    np.testing.assert_allclose(twin.forward(pixels), expected, atol=1e-5)
