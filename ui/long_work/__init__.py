"""Work that takes longer than a page may: one process at a time does it for the whole server."""

from ui.long_work.line import LongWork, long_work
from ui.long_work.piece import Done, Failed, Piece, Progress, Running, State, Waiting

__all__ = [
    "Done",
    "Failed",
    "LongWork",
    "Piece",
    "Progress",
    "Running",
    "State",
    "Waiting",
    "long_work",
]
