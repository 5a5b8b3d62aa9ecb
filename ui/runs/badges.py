"""What a run is doing, as a coloured word."""

from collections.abc import Mapping
from typing import Any

from nn.runs.schema import PRUNED

ENDED_EARLY = "ended early"

BADGES = {
    "waiting": ":gray-badge[:material/hourglass_empty: Waiting]",
    "gave way": ":gray-badge[:material/hourglass_empty: Gave way, goes on by itself]",
    "starting": ":blue-badge[:material/hourglass_top: Starting]",
    "running": ":blue-badge[:material/directions_run: Training]",
    "pausing": ":orange-badge[:material/hourglass_top: Pausing ...]",
    "resuming": ":blue-badge[:material/hourglass_top: Going on ...]",
    "stopping": ":gray-badge[:material/hourglass_top: Stopping ...]",
    "paused": ":orange-badge[:material/pause: Paused]",
    "finished": ":green-badge[:material/check: Finished]",
    "stopped": ":gray-badge[:material/stop: Stopped]",
    ENDED_EARLY: ":gray-badge[:material/content_cut: Ended early]",
    "failed": ":red-badge[:material/error: Failed]",
    "interrupted": ":orange-badge[:material/power_off: Interrupted]",
}
"""By what a `RunState` is doing or else its status, in Markdown."""


def shown_status(status: str, last: Mapping[str, Any]) -> str:
    """The status of a run, but of a trial that its search has ended, as others were better, that it
    ended early; `last` is the run's last event, {} for none."""
    is_pruned = status == "stopped" and last.get("reason") == PRUNED
    return ENDED_EARLY if is_pruned else status
