"""Reading the history of a run, also while it grows."""

from functools import cached_property
from pathlib import Path

import numpy as np

from nn.history.about import read_about
from nn.history.answers import answers_dtype
from nn.history.health import health_dtype
from nn.history.records import read_records
from nn.history.weights import WHOLE_PARAMETERS, first_layer_dtype, state_of, whole_dtype
from nn.network import Network

Array = np.ndarray

FOLDER = "history"
MOST_RATIO = 50.0
"""log10 of an update as a share of its weights."""


class History:
    """What a run has kept of its way, see `nn.history`.

    Each reading takes what is there now: structured arrays, a record for each moment, whose fields
    `step` and `epoch` say when. Records of what can't have been are left out.

    Args:
        run_folder: of the run.
        member: which of its networks, where it has several.

    Raises FileNotFoundError if the run has none, as those of earlier versions, and ValueError if it
    can't be read.
    """

    def __init__(self, run_folder: Path, member: int = 0) -> None:
        self.folder = history_folder(run_folder, member)
        self.about = read_about(self.folder)

    @cached_property
    def _dtypes(self) -> dict[str, np.dtype]:
        """What each file's records are. The network that tells it takes memory: it is not kept."""
        network = self.about.new_network()
        dtypes = {"health.bin": health_dtype(network)}
        if network.num_parameters <= WHOLE_PARAMETERS:
            dtypes["weights.bin"] = whole_dtype(network)
        else:
            dtypes["weights.bin"] = first_layer_dtype(network)
            dtypes["whole.bin"] = whole_dtype(network)
        return dtypes

    @property
    def is_small(self) -> bool:
        """Whether all weights are kept at each moment, and not only some of the first layer's."""
        return "whole.bin" not in self._dtypes

    def whole(self) -> Array:
        """All weights, `values`; of a large network at most three times."""
        return self._read("weights.bin" if self.is_small else "whole.bin")

    def first_layer(self) -> Array:
        """Of a large network: `neurons`, and their weights as `values` · `scale`."""
        if self.is_small:
            raise ValueError("the weights of a small network are all in whole()")
        return self._read("weights.bin")

    def answers(self) -> Array:
        """`classes` for the test images `about.test_images`, and their `probabilities` in 1/255."""
        dtype = answers_dtype(len(self.about.test_images))
        return _possible(read_records(self.folder / "answers.bin", dtype))

    def health(self) -> Array:
        """How the layers fared, see `nn.history.health`."""
        records = self._read("health.bin")
        layers = records["layers"]
        finite = np.isfinite(layers["numbers"]).all(axis=(1, 2, 3))
        return records[finite & (np.abs(layers["update_ratio"]) <= MOST_RATIO).all(axis=1)]

    def network_at(self, record: Array) -> Network:
        """A network with the weights of a record of `whole`."""
        network = self.about.new_network()
        network.load_state_dict(state_of(network, record["values"]))
        return network

    def _read(self, name: str) -> Array:
        return _possible(read_records(self.folder / name, self._dtypes[name]))


def _possible(records: Array) -> Array:
    """Those of a moment that there can be."""
    step, epoch = records["step"], records["epoch"]
    return records[(step >= 0) & (step <= 2**53) & (epoch >= 0) & (epoch <= 1e9)]


def history_folder(run_folder: Path, member: int = 0) -> Path:
    """Where the history of one of a run's networks is."""
    return run_folder / FOLDER / str(member)
