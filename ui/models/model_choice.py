"""A model that pages can choose."""

from dataclasses import dataclass
from pathlib import Path

from nn import runs


@dataclass(frozen=True)
class ModelChoice:
    """One model that can be chosen.

    key: what stands in the URL, "default" or the id of a run.
    title: one line for people.
    path: its safetensors file.
    dataset: name of the data it was trained on, a key of `data.DATASETS`; "" if not known.
    run: the run it came from, None for a shipped one.
    """

    key: str
    title: str
    path: Path
    dataset: str
    run: runs.Run | None
