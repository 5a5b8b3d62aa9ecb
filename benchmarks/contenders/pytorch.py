"""PyTorch, line by line ("eager"), as one writes it for speed on data that fits in memory."""

import functools
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import torch

from benchmarks.cases import CLASSES, KERNEL_SIZE, PIXELS, SIDE, Case
from benchmarks.images import Images

INFERENCE_BATCH = 1024
"""Images per forward pass: here too, faster than all 10,000 at once."""

OPTIMIZER_KINDS = {
    "fused SGD": {"fused": True},
    "foreach SGD": {"foreach": True},
    "for-loop SGD": {"foreach": False},
}

MEMORY_FORMATS = {
    "": torch.contiguous_format,
    ", channels last": torch.channels_last,
}
"""How images with channels may lie in memory."""


class PyTorch:
    """No DataLoader: the inputs lie in memory as float32, ready, and a batch is an index_select."""

    details = ""

    def __init__(self, case: Case, images: Images, threads: int) -> None:
        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.case = case
        self.mean, self.std = images.mean, images.std
        self.inputs = self._scale(images.train_images)
        self.labels = torch.from_numpy(images.train_labels.astype(np.int64))
        self.model = build_model(case)
        self.loss = torch.nn.CrossEntropyLoss()
        self.prepare()

    def prepare(self) -> None:
        """Keep the optimizer and the memory format that are fastest here."""
        best = float("inf")
        for name in memory_formats(self.case):
            self.model.to(memory_format=MEMORY_FORMATS[name])
            for _ in range(3):
                for kind, options in OPTIMIZER_KINDS.items():
                    optimizer = self._sgd(**options)
                    seconds = self.seconds(functools.partial(self._step, optimizer))
                    if seconds < best:
                        best, self.details, self.optimizer = seconds, kind + name, optimizer
                        fastest = MEMORY_FORMATS[name]
        self.model.to(memory_format=fastest)

    def seconds(self, step: Callable[[torch.Tensor], object]) -> float:
        """How long a hundred steps take, each with the indices of a batch."""
        began = time.perf_counter()
        for chosen in torch.randperm(len(self.inputs)).split(self.case.batch_size)[:100]:
            step(chosen)
        return time.perf_counter() - began

    def train(self, epochs: int) -> None:
        for _ in range(epochs):
            for chosen in torch.randperm(len(self.inputs)).split(self.case.batch_size):
                self._step(self.optimizer, chosen)

    def predict(self, images: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            batches = np.split(images, range(INFERENCE_BATCH, len(images), INFERENCE_BATCH))
            logits = torch.cat([self.model(self._scale(batch)) for batch in batches])
            return torch.softmax(logits, 1).numpy()

    def _sgd(self, **options: bool) -> torch.optim.SGD:
        return torch.optim.SGD(self.model.parameters(), lr=self.case.learning_rate, **options)

    def _step(self, optimizer: torch.optim.Optimizer, chosen: torch.Tensor) -> None:
        inputs, labels = self.inputs.index_select(0, chosen), self.labels.index_select(0, chosen)
        optimizer.zero_grad(set_to_none=True)
        self.loss(self.model(inputs), labels).backward()
        optimizer.step()

    def _scale(self, images: np.ndarray) -> torch.Tensor:
        """Images (n, 28, 28) as inputs (n, 784), float32 of mean 0 and standard deviation 1."""
        inputs = torch.tensor(images.reshape(len(images), -1), dtype=torch.float32)
        one = 255 if images.dtype == np.uint8 else 1
        return inputs.mul_(1 / (one * self.std)).sub_(self.mean / self.std)


def build_model(case: Case) -> torch.nn.Sequential:
    """The network of the case."""
    layers: list[torch.nn.Module] = []
    width = PIXELS
    if case.convolutions:
        layers.append(torch.nn.Unflatten(1, (1, SIDE, SIDE)))
        channels, side = 1, SIDE
        for filters in case.convolutions:
            layers += [torch.nn.Conv2d(channels, filters, KERNEL_SIZE), torch.nn.MaxPool2d(2)]
            layers.append(torch.nn.ReLU())
            channels, side = filters, (side - KERNEL_SIZE + 1) // 2
        layers.append(torch.nn.Flatten())
        width = channels * side**2
    for n_in, n_out in pairwise((width, *case.hidden, CLASSES)):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def memory_formats(case: Case) -> list[str]:
    """Those that make a difference to the case, see `MEMORY_FORMATS`."""
    return list(MEMORY_FORMATS) if case.convolutions else list(MEMORY_FORMATS)[:1]


create = PyTorch
