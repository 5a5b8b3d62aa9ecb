"""Softmax: from logits to probabilities."""

import numpy as np

Array = np.ndarray


def softmax(logits: Array) -> Array:
    """Probabilities pₖ = e^zₖ / Σⱼ e^zⱼ of each row of the logits z, (n, classes).

    The row's maximum is taken off first: that changes nothing in the quotient and keeps e^z from
    overflowing.
    """
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    exponentials /= exponentials.sum(axis=1, keepdims=True)
    return exponentials
