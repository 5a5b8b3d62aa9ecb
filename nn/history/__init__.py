"""What a run keeps of its way: weights, health of the layers and answers at many moments.

    about.json    what the records are, written once
    weights.bin   all weights as float16, or of large networks the first layer's as int8
    whole.bin     of large networks all weights as float16, three times
    answers.bin   the class and its probability for each of some test images
    health.bin    histograms and numbers of weights, activations, gradients and updates

Each `.bin` holds records of one size, one behind the other: it can be read while the next one is
written, and half a record at its end doesn't count. It is in `history/0/` of the run, that
of an ensemble's second network in `history/1/`, and so on.
"""

from nn.history.reader import History

__all__ = ["History"]
