"""What the line of trainings allows, so that it is nobody's alone."""

from collections.abc import Sequence
from pathlib import Path

from ui.runs import owners

MAX_WAITING = 20
MAX_OWN_WAITING = 3
"""Runs of one browser in the line; all of it shall not be one person's."""
PAUSE_SECONDS = 120.0
"""A run paused for longer while others wait is stopped; it can be resumed later."""


def check_line(waiting: Sequence[Path], owner: owners.Owner | None) -> None:
    """Whether one more run of this owner may wait behind those in these folders: ValueError, in
    words for the page, if not."""
    if len(waiting) >= MAX_WAITING:
        raise ValueError(
            f"{MAX_WAITING} trainings wait already. Please try again when some have ended."
        )
    browsers = owner.browsers[:1] if owner is not None else ()
    others = [owners.read_owner(folder).browsers[:1] for folder in waiting]
    if browsers and others.count(browsers) >= MAX_OWN_WAITING:
        raise ValueError(
            f"{MAX_OWN_WAITING} of your trainings wait already. "
            "Please try again when one of them has begun, or take one out of the line."
        )
