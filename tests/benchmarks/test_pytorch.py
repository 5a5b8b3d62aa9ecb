"""The compiled step of PyTorch does what its eager step does."""

import numpy as np
import pytest

from benchmarks import images
from benchmarks.cases import Case


def test_whole_step_is_a_step_of_gradient_descent(tmp_path):
    torch = pytest.importorskip("torch")
    from benchmarks.contenders.pytorch import PyTorch
    from benchmarks.contenders.pytorch_step import whole_step

    images.write_synthetic(tmp_path, 200, 10)
    eager = PyTorch(Case((16,), 20), images.load(tmp_path), torch.get_num_threads())
    parameters = {name: value.detach().clone() for name, value in eager.model.named_parameters()}
    step = whole_step(eager)  # as it is before torch.compile
    for chosen in torch.randperm(200).split(20):
        eager._step(eager.optimizer, chosen)
        step(parameters, eager.inputs, eager.labels, chosen)
    for name, value in eager.model.named_parameters():
        np.testing.assert_allclose(value.detach(), parameters[name], atol=1e-5)
    assert eager.details in ("fused SGD", "foreach SGD", "for-loop SGD")
