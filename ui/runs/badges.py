"""What a run is doing, as a coloured word."""

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
    "failed": ":red-badge[:material/error: Failed]",
    "interrupted": ":orange-badge[:material/power_off: Interrupted]",
}
"""By what a `RunState` is doing or else its status, in Markdown."""
