"""PyTorch with `torch.compile` of the model, as its documentation shows it."""

from torch._inductor import config as inductor

from benchmarks.contenders.pytorch import PyTorch


class PyTorchCompiled(PyTorch):
    """Forward and backward are compiled; loss, autograd's bookkeeping and optimizer are not.

    Compiling happens before the first counted epoch.
    """

    def prepare(self) -> None:
        # In this process, so that no idle compiler processes stand around.
        inductor.compile_threads = 1
        self.model.compile()  # in place
        super().prepare()


create = PyTorchCompiled
