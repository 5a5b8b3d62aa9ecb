"""How it is with a run, and with all that wait."""

from dataclasses import dataclass
from typing import NamedTuple

from nn import runs
from nn.search import Search
from ui.runs.readers import search_key


@dataclass(frozen=True)
class RunState:
    """A run at this moment, with what the server knows and the folder doesn't tell.

    run: its folder, read up to now.
    status: as in `nn.runs.Run`, or "starting": its process lives but has not written anything.
    place: place in the line of waiting runs, 1 is next; None if it doesn't wait.
    failure: why its process ended without a closing event, None if none did.
    doing: what it has been told and is about to do, "pausing", "resuming" or "stopping"; "gave way"
        for one that waits to go on by itself; else None.
    gives_way: when it makes room because others wait, in seconds of `time.monotonic`; else None. If
        it is paused then, it is stopped; else it goes on later by itself.
    silence: for how many seconds its process has said nothing, if that is longer than one that
        trains keeps silent; else None.
    visitor: whose turn it is when it is this run's, as in `ui.runs.line`; "" where nobody waits.
    """

    run: runs.Run
    status: str
    place: int | None = None
    failure: str | None = None
    gives_way: float | None = None
    doing: str | None = None
    silence: float | None = None
    visitor: str = ""

    @property
    def key(self) -> str:
        """Its name in the line."""
        return self.run.id

    @property
    def is_moving(self) -> bool:
        """Whether something can happen without anybody's doing."""
        return _is_moving(self)


@dataclass(frozen=True)
class SearchState:
    """A search at this moment: search is its folder, read up to now; the rest as in `RunState`."""

    search: Search
    status: str
    place: int | None = None
    failure: str | None = None
    gives_way: float | None = None
    doing: str | None = None
    visitor: str = ""

    @property
    def key(self) -> str:
        """Its name in the line."""
        return search_key(self.search.id)

    @property
    def is_moving(self) -> bool:
        """Whether something can happen without anybody's doing."""
        return _is_moving(self)


State = RunState | SearchState


def _is_moving(state: State) -> bool:
    return state.status in ("starting", "running", "paused") or state.place is not None


class Line(NamedTuple):
    """The runs and searches that have a process of this server, and those that wait for one, in
    their order.

    limit: how many may have one at the same time.
    """

    active: list[State]
    waiting: list[State]
    limit: int
