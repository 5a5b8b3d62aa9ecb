"""PyTorch with a training step written for `torch.compile`: the fastest form of those tried."""

import functools
from collections.abc import Callable

import torch
from torch._inductor import config as inductor

from benchmarks.contenders.pytorch import MEMORY_FORMATS, PyTorch, memory_formats

Parameters = dict[str, torch.Tensor]


class PyTorchStep(PyTorch):
    """The whole step in one graph: batch, forward, loss, backward and update.

    Faster than the usual `torch.compile(model)` and than compiling model and loss, which leave
    autograd and the optimizer in Python. Compiling happens in the first, uncounted epoch.
    """

    def prepare(self) -> None:
        # The generated code is called from C++ instead of from Python.
        inductor.cpp_wrapper = True
        # In this process, so that no idle compiler processes stand around.
        inductor.compile_threads = 1
        best = float("inf")
        for memory_format in memory_formats(self.case):
            self.model.to(memory_format=MEMORY_FORMATS[memory_format])
            parameters = {name: value.detach() for name, value in self.model.named_parameters()}
            # Without "dynamic": the smaller last batch of an epoch gets a graph of its own.
            compiled = torch.compile(whole_step(self), dynamic=False, fullgraph=True)
            step = functools.partial(compiled, parameters, self.inputs, self.labels)
            seconds = min(self.seconds(step) for _ in range(3))  # the first one compiles
            if seconds < best:
                best, self.compiled_step, fastest = seconds, step, parameters
                self.details = f"whole step compiled, C++ wrapper{memory_format}"
        self.model.load_state_dict(fastest, assign=True)

    def train(self, epochs: int) -> None:
        for _ in range(epochs):
            for chosen in torch.randperm(len(self.inputs)).split(self.case.batch_size):
                self.compiled_step(chosen)


def whole_step(
    trained: PyTorch,
) -> Callable[[Parameters, torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]:
    """A function of parameters, all inputs, all labels and a batch's indices that does one step of
    gradient descent on the parameters, in place, and returns the batch's mean loss."""
    learning_rate = trained.case.learning_rate

    def batch_loss(
        parameters: Parameters, inputs: torch.Tensor, labels: torch.Tensor
    ) -> torch.Tensor:
        logits = torch.func.functional_call(trained.model, parameters, (inputs,))
        return torch.nn.functional.cross_entropy(logits, labels)

    gradients_and_loss = torch.func.grad_and_value(batch_loss)

    def step(
        parameters: Parameters, inputs: torch.Tensor, labels: torch.Tensor, chosen: torch.Tensor
    ) -> torch.Tensor:
        gradients, loss = gradients_and_loss(parameters, inputs[chosen], labels[chosen])
        for name, gradient in gradients.items():
            parameters[name].sub_(learning_rate * gradient)
        return loss

    return step


create = PyTorchStep
