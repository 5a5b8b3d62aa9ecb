"""Training in several processes at once: each computes the gradient of its share of every batch.

The gradient of the mean loss over a batch is the sum of its samples' gradients, so that processes
can compute parts of that sum side by side and add them up (data-parallel training). With W workers
each takes a W-th of the batch through the network, and then moves a W-th of the parameters by the
sum of all gradients:

    everyone   g_w = gradient of share w of the batch      (all parameters)
    ---------  all have finished
    everyone   g = Σ_w g_w,  optimizer step                (a W-th of the parameters)
    ---------  all have finished

Why not threads: the matrix products of a small batch are too small to be worth splitting among
BLAS threads, and Python threads get in each other's way between two NumPy calls. Processes have
nothing in common but the memory they share, and two semaphores for each.
"""

import atexit
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from enum import IntEnum
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Semaphore
from typing import Self

import numpy as np

from nn.checks import whole_number
from nn.network import Network
from nn.optimizers.optimizer import Optimizer
from nn.shared_memory import shared_zeros
from nn.training.batch_gradient import BatchGradient
from nn.training.blas_threads import limited_threads
from nn.training.one_worker import OneWorker

Array = np.ndarray

MIN_SHARE = 16
"""Images per batch that are worth a process of their own."""
SPINS = 2000
"""How often a process looks whether another is ready before it sleeps: falling asleep and waking up
take longer than the usual wait, but looking on for long would keep a busy core from others."""
ALIVE_SECONDS = 0.5
"""A sleeping process looks this often whether the other one still lives."""

MAX_PARAMETERS = 10_000_000
"""Beyond that each process's own gradient takes too much memory, and matrix products are so large
that BLAS splits them well."""
PARAMETERS_PER_IMAGE = 14_000
SMALL = 1_000_000
"""With more parameters than that for each image of a batch, unless they are few, adding gradients
up takes longer than is won. Two cores with AVX-512 train 784-1024-1024-10 in one process 12 %
faster at batch 128, 37 % at 64, and as fast at 512; with AVX2 as fast at 128, 10 % faster at 64."""


class Task(IntEnum):
    """What all workers do next."""

    LEAVE = 0
    COMPUTE = 1
    UPDATE = 2
    COLLECT = 3
    AUGMENT = 4


def can_share(network: Network, optimizer: Optimizer) -> bool:
    """Whether several processes can train this network together, here.

    Not with layers that need the batch as a whole, not with a limit on the length of the whole
    gradient, and only where a process can be copied with all it has (`fork`): on Linux. Windows
    can't, and on macOS its own libraries don't survive it.
    """
    return (
        hasattr(os, "fork")
        and sys.platform != "darwin"
        and optimizer.max_grad_norm is None
        and not any(layer.whole_batch for layer in network.named_layers().values())
    )


def check_workers(count: int, network: Network, optimizer: Optimizer, batch_size: int) -> int:
    """`count` as an int; ValueError if so many processes can't share a batch of this network."""
    count = whole_number("workers", count, 1, batch_size)
    if count > 1 and not can_share(network, optimizer):
        raise ValueError(
            "workers must be 1 with batch normalisation, dropout or max_grad_norm, and outside "
            f"Linux, got {count}"
        )
    return count


def worker_count(network: Network, optimizer: Optimizer, batch_size: int, threads: int) -> int:
    """How many processes use `threads` cores best; 1 where BLAS should use the cores instead."""
    most = min(MAX_PARAMETERS, max(SMALL, PARAMETERS_PER_IMAGE * batch_size))
    if not can_share(network, optimizer) or network.num_parameters > most:
        return 1
    return max(1, min(threads, batch_size // MIN_SHARE))


def new_workers(gradient: BatchGradient, optimizer: Optimizer, count: int) -> "OneWorker | Workers":
    """So many processes that train together, `count` as `check_workers` allows it."""
    return OneWorker(gradient, optimizer) if count == 1 else Workers(gradient, optimizer, count)


class Workers:
    """The calling process and `count - 1` helpers, which train on each batch together.

    Args:
        gradient: what the calling process computes with; the helpers get copies of it.
        optimizer: for the network's parameters.
        count: processes in all, at least 2; `OneWorker` is for one.

    Use it as a context: the helpers live from entering it to leaving it, and meanwhile BLAS uses
    one thread in each process. Call `set_epoch` before every epoch, then `compute_gradient` and
    `update` in turn for every batch, and `collect` for what came of it. They raise
    ChildProcessError if a helper has died.
    """

    def __init__(self, gradient: BatchGradient, optimizer: Optimizer, count: int) -> None:
        self.count = count
        self._gradient = gradient
        self._optimizer = optimizer
        network = gradient.network
        self._gradients = [network.gradients] + [
            shared_zeros(network.num_parameters, network.dtype) for _ in range(count - 1)
        ]
        self._start = shared_zeros(1, np.int64)
        """Where in the order the batch begins."""
        self._task = shared_zeros(1, np.int64)
        self._steps = shared_zeros(1, np.int64)
        self._learning_rate = shared_zeros(1, np.float64)
        self._losses = shared_zeros(count, np.float64)
        self._correct = shared_zeros(count, np.int64)
        bounds = [network.num_parameters * worker // count for worker in range(count + 1)]
        parts = [slice(*bounds[worker : worker + 2]) for worker in range(count)]
        self._gradient_parts = [[vector[part] for vector in self._gradients] for part in parts]
        self._optimizer_parts = [optimizer.part(part.start, part.stop) for part in parts]
        self._helpers: list[Helper] = []
        self._leaving = ExitStack()

    def __enter__(self) -> Self:
        try:
            self._leaving.enter_context(limited_threads(1))
            # Before multiprocessing's own, which would wait for helpers nobody told to leave.
            atexit.register(self._leave)
            self._leaving.callback(atexit.unregister, self._leave)
            for worker in range(1, self.count):
                self._helpers.append(Helper(self, worker))
            self.take_share(0)
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def _leave(self) -> None:
        self._task[0] = Task.LEAVE
        for helper in self._helpers:
            helper.leave()
        self._helpers = []
        self._leaving.close()

    def set_epoch(self, epoch: int, order: Array) -> None:
        """Let batches be taken from the images in this order, (n,) indices."""
        self._gradient.set_epoch(epoch, order)

    def compute_gradient(self, start: int) -> None:
        """Compute the gradient for the batch that begins there in the order."""
        self._start[0] = start
        if self._gradient.lacks_images(start):
            self._everyone(Task.AUGMENT)
        self._everyone(Task.COMPUTE)

    def update(self) -> None:
        """Make the optimizer's step with the gradient just computed."""
        self._learning_rate[0] = self._optimizer.learning_rate
        self._steps[0] = self._optimizer.steps
        self._everyone(Task.UPDATE)
        self._optimizer.steps += 1

    def collect(self) -> tuple[float, int]:
        """The sum of the losses of all images since the last call, and how many of them the network
        got right."""
        self._everyone(Task.COLLECT)
        return float(self._losses.sum()), int(self._correct.sum())

    def obey(self, worker: int) -> bool:
        """Do the task for one worker's share; False if it was to leave."""
        task = int(self._task[0])
        if task == Task.COMPUTE:
            self._gradient.compute(int(self._start[0]))
        elif task == Task.AUGMENT:
            self._gradient.augment(int(self._start[0]))
        elif task == Task.COLLECT:
            self._losses[worker], self._correct[worker] = self._gradient.collect()
        elif task == Task.UPDATE:
            self._update(worker)
        return task != Task.LEAVE

    def _update(self, worker: int) -> None:
        """Move a worker's part of the parameters."""
        total, *others = self._gradient_parts[worker]
        for other in others:
            total += other
        optimizer = self._optimizer_parts[worker]
        optimizer.learning_rate = float(self._learning_rate[0])
        optimizer.steps = int(self._steps[0])
        optimizer.step()

    def take_share(self, worker: int) -> None:
        """Be the worker of this number, in this process."""
        self._gradient.take_share(worker, self.count, self._gradients[worker])

    def _everyone(self, task: Task) -> None:
        """Let all do the task, and wait until all have."""
        self._task[0] = task
        for helper in self._helpers:
            helper.go.release()
        try:
            self.obey(0)
        finally:  # also after an error here: their `done` must not be taken for that of a later one
            for helper in self._helpers:
                wait(helper.done, helper.process.is_alive)


class Helper:
    """A process that does one worker's share whenever it is told to `go`, and tells when `done`."""

    def __init__(self, workers: Workers, worker: int) -> None:
        context = multiprocessing.get_context("fork")
        self.go, self.done = context.Semaphore(0), context.Semaphore(0)
        self.process: BaseProcess = context.Process(
            target=self._run, args=(workers, worker, os.getpid()), daemon=True
        )
        self.process.start()

    def leave(self) -> None:
        """End the process, whose task is to leave."""
        self.go.release()
        self.process.join(5)
        self.process.kill()  # without effect if it has ended

    def _run(self, workers: Workers, worker: int, parent: int) -> None:
        # Ctrl-C goes to all processes of a terminal, and a service that is stopped gets the other
        # signal as a whole: what is to be done then is not decided here.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        workers.take_share(worker)
        with suppress(ChildProcessError):  # the first process is dead: there is nobody to be told
            going_on = True
            while going_on:
                # getppid changes the moment the parent dies. multiprocessing's own sign is a pipe,
                # which helpers that were started later hold open too.
                wait(self.go, lambda: os.getppid() == parent)
                going_on = workers.obey(worker)
                self.done.release()


def wait(semaphore: Semaphore, other_lives: Callable[[], bool]) -> None:
    """Wait for a semaphore that another process releases; ChildProcessError if that one is dead."""
    for _ in range(SPINS):
        if semaphore.acquire(False):
            return
    while not semaphore.acquire(True, ALIVE_SECONDS):
        if not other_lives():
            raise ChildProcessError(
                "a process that takes part in the training has died, perhaps for lack of memory"
            )
