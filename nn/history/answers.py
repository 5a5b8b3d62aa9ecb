"""What a network says to many images, in as little time as can be."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from nn.averaging import ALONE
from nn.history.records import MOMENT
from nn.network import Network

Array = np.ndarray


def answers_dtype(count: int) -> np.dtype:
    """Of a record with the answers to so many images: the class, and its probability in 1/255."""
    return np.dtype([*MOMENT, ("classes", "u1", (count,)), ("probabilities", "u1", (count,))])


class Answering:
    """Answers always the same images, in several threads.

    Where a training has several workers, BLAS has one thread in each, and all but one core would
    wait meanwhile.

    Args:
        network: whose answers; its weights are those at the time of the call.
        images: as `Network.predict_proba` takes them.
        threads: at least 1.
    """

    def __init__(self, network: Network, images: Array, threads: int) -> None:
        # A network works for one thread at a time: each needs its own.
        self._networks = [network] + [network.copy() for _ in range(threads - 1)]
        self._parts = np.array_split(images, threads)

    def __call__(self) -> Array:
        """The probabilities (n, classes)."""
        first, *others = self._networks
        for other in others:
            other.load_state_dict(first.state_dict())
        # Threads that stayed would be in the way where a process is copied.
        with ThreadPoolExecutor(len(self._networks)) as pool:
            waiting = list(map(pool.submit, [_answer] * len(others), others, self._parts[1:]))
            mine = _answer(first, self._parts[0])
            return np.concatenate([mine, *(other.result() for other in waiting)])


@np.errstate(over="ignore", invalid="ignore")  # which holds for one thread only
def _answer(network: Network, images: Array) -> Array:
    return network.predict_proba(images, averaging=ALONE)
