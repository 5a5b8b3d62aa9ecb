"""What stands in a model's file: its network, or its outline alone."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import nn
from nn.files import Outline
from ui.models.model_choice import ModelChoice
from ui.shared.lately import Lately
from ui.shared.newest import Newest, Stamp, file_stamp


class Loaded(NamedTuple):
    """What was in a model's file.

    stamp: of the file; another one means other weights.
    """

    network: nn.Network
    stamp: Stamp


_newest: Lately[Newest[Loaded]] = Lately(8)


def load_model(choice: ModelChoice) -> nn.Network:
    """The network of `choice`, read again when its file has changed (as it does while training).

    All visitors share one network per file; `predict_proba` is safe to call from many threads.
    ValueError where the file is gone or is no model.
    """
    return load_stamped(choice).network


def load_stamped(choice: ModelChoice) -> Loaded:
    """The same with what tells of which state of the file it is."""
    try:
        stamp = file_stamp(choice.path)
        return _newest.get(choice.path, Newest[Loaded]).get(
            stamp, lambda: Loaded(nn.load(choice.path), stamp)
        )
    except OSError as error:
        raise ValueError(f"The file of the model “{choice.title}” is gone.") from error


def averages(choice: ModelChoice) -> str:
    """Over which copies of an image the model answers with the mean, in words; "" for none."""
    try:
        return str(load_outline(choice.path).averaging)
    except (OSError, ValueError):
        return ""


def load_outline(path: Path) -> Outline:
    """A model's file but for its weights, read again when it has changed.

    Raises:
        OSError: the file is gone.
        ValueError: it is no model.
    """
    return _load_outline(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=20)
def _load_outline(path: Path, changed: int) -> Outline:
    return nn.load_outline(path)
