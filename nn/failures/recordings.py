"""Where the recordings are."""

from pathlib import Path

from nn.checks import one_of
from nn.failures.setups import RECORDED
from nn.runs import Run


def recordings_folder() -> Path:
    """The folder of all recordings: `models/failures` in the project's folder."""
    return Path(__file__).resolve().parents[2] / "models" / "failures"


def recording(name: str) -> Run:
    """The recorded run of this name; `History(run.folder)` is its history.

    Raises ValueError if there is none.
    """
    one_of("recording", name, RECORDED)
    return Run(recordings_folder() / name)
