"""What a run is doing, as a coloured word."""

BADGES = {
    "waiting": ":gray-badge[:material/hourglass_empty: Waiting]",
    "starting": ":blue-badge[:material/hourglass_top: Starting]",
    "running": ":blue-badge[:material/directions_run: Training]",
    "paused": ":orange-badge[:material/pause: Paused]",
    "finished": ":green-badge[:material/check: Finished]",
    "stopped": ":gray-badge[:material/stop: Stopped]",
    "failed": ":red-badge[:material/error: Failed]",
    "interrupted": ":orange-badge[:material/power_off: Interrupted]",
}
"""By the status of a `RunState`, in Markdown."""
