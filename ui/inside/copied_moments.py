"""The moments of a training as a file beside lines to copy."""

import numpy as np

from nn.history.weights import state_of
from ui.inside.copied_code import tensors_file
from ui.runs.kept import Kept

MOMENTS = "moments.npz"


def moments_file(way: Kept) -> bytes:
    """The steps, and the weights at each of them by their names, as an .npz file."""
    network = way.history.about.new_network()
    states = [state_of(network, values) for values in way.records["values"]]
    tensors = {
        name: np.stack([state[name] for state in states]).astype(np.float16) for name in states[0]
    }
    return tensors_file(tensors | {"step": way.records["step"]})
