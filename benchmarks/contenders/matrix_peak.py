"""How fast NumPy multiplies matrices here at best: what no training can surpass."""

import time

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.cases import Case
from benchmarks.images import Images

SIZES = (512, 768, 1024, 1536, 2048)


class MatrixPeak:
    """Square float32 products of several sizes; case and images don't matter."""

    details = ""

    def __init__(self, case: Case, images: Images, threads: int) -> None:
        threadpool_limits(limits=threads)
        rng = np.random.default_rng(0)
        self._factors = [rng.random((size, size), dtype=np.float32) for size in SIZES]
        self._results = [np.empty_like(factor) for factor in self._factors]

    def gflops(self, seconds: float) -> float:
        """The best rate of any product in about so many seconds, in 10⁹ operations a second."""
        best = 0.0
        for factor, result in zip(self._factors, self._results, strict=True):
            end = time.perf_counter() + seconds / len(SIZES)
            while (began := time.perf_counter()) < end:
                np.matmul(factor, factor, out=result)
                best = max(best, 2e-9 * len(factor) ** 3 / (time.perf_counter() - began))
        return best


create = MatrixPeak
