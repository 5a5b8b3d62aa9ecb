"""How it stands with a run or a search: what its folder, its process and the line say together."""

from nn import runs
from ui.runs import files as run_files
from ui.runs.line import Entry, TrainingLine
from ui.runs.owners import Owner
from ui.runs.places import Places
from ui.runs.readers import RunReaders
from ui.runs.state import RunState, SearchState, State

SILENT_SECONDS = 10.0
"""One that trains says something several times a second."""
ENDED_NOW = "Ended at once, as asked. What was saved last is kept."


def new_entry(
    key: str, owner: Owner | None, address: str, learning_rate: float | None = None
) -> Entry:
    """What comes to wait; where nobody's browser is known it is a visitor of its own."""
    visitor = owner.browsers[0] if owner is not None and owner.browsers else key
    return Entry(key, visitor, address, learning_rate=learning_rate)


def state_of(key: str, readers: RunReaders, places: Places, line: TrainingLine) -> State | None:
    """How it is with a run or a search if this is the line; None if there is none of this key.
    Call it with the lock of the places held."""
    work = readers.read(key)
    if work is None:
        return None
    entry = line.entry(key)
    if entry is not None:
        place, doing = line.place(key), "gave way" if entry.goes_on else None
        kind = RunState if isinstance(work, runs.Run) else SearchState
        return kind(work, "waiting", place=place, doing=doing, visitor=entry.visitor)  # type: ignore[arg-type]
    process, code = places.processes.get(key), places.exit_codes.get(key)
    if process is None:
        status = work.status
    else:
        status = work.status_with_process if process.has_written(work) else "starting"
    failure = None
    if status in ("interrupted", "waiting") and code is not None:
        failure = ENDED_NOW if key in places.killed else run_files.failure(work.folder, code)
    gives_way = places.gives_way(key, status, line)
    doing, visitor = places.asked.doing(key, status), line.visitor(key)
    if not isinstance(work, runs.Run):
        return SearchState(work, status, None, failure, gives_way, doing, visitor)
    silence = readers.silence(key) if status == "running" else 0.0
    return RunState(
        work,
        status,
        failure=failure,
        gives_way=gives_way,
        doing=doing,
        silence=silence if silence >= SILENT_SECONDS else None,
        visitor=visitor,
    )
