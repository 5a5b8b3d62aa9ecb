"""`search.json` in the folder of a run: of which search it is a trial."""

from dataclasses import asdict, dataclass
from pathlib import Path

from nn.runs.json_text import read_json_file, write_json_file
from nn.runs.schema import count

ORIGIN = "search.json"
_LARGEST = 1_000


@dataclass(frozen=True)
class Origin:
    """search: the id of the search. trial: the number of the trial, from 0."""

    search: str
    trial: int


def write_origin(run_folder: Path, origin: Origin) -> None:
    """Say that this run is a trial."""
    write_json_file(run_folder / ORIGIN, asdict(origin))


def read_origin(run_folder: Path) -> Origin | None:
    """Of which search the run is a trial; None if of none, or it can't be read."""
    try:
        value = read_json_file(run_folder / ORIGIN, _LARGEST)
    except (OSError, ValueError):
        return None
    if not isinstance(value, dict):
        return None
    search, trial = value.get("search"), count(value.get("trial"))
    if not isinstance(search, str) or not 0 < len(search) <= 100 or trial is None:
        return None
    return Origin(search, trial)
