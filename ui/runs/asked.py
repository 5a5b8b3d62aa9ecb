"""What trainings have been told to do and have not done yet."""

_DOING = {
    "pause": ("pausing", ("starting", "running")),
    "resume": ("resuming", ("paused",)),
    "stop": ("stopping", ("starting", "running", "paused")),
}
"""Command -> (what a run does that has been told so, in which status it still has to do it)."""


class Asked:
    """The last command that each run was sent."""

    def __init__(self) -> None:
        self._commands: dict[str, str] = {}

    def note(self, run_id: str, command: str) -> None:
        """A run has been sent a command."""
        if command in _DOING:
            self._commands[run_id] = command

    def doing(self, run_id: str, status: str) -> str | None:
        """What a run of this status is about to do: "pausing", "resuming", "stopping" or None."""
        doing, until = _DOING.get(self._commands.get(run_id, ""), (None, ()))
        return doing if status in until else None

    def forget(self, run_id: str) -> None:
        """A run begins anew, or is no more."""
        self._commands.pop(run_id, None)
