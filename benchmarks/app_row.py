"""A line of the app's table: what was measured, what should be reached, what was."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`target` is empty where none was set."""

    what: str
    target: str
    measured: str

    def cells(self) -> list[str]:
        return [self.what, self.target, self.measured]
