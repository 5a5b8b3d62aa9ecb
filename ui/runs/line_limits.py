"""What the line of trainings allows, so that it is nobody's alone."""

from ui.runs.line import TrainingLine
from ui.shared.operator_settings import LINE_ADDRESS, LINE_EACH, LINE_LENGTH, operator_setting

PAUSE_SECONDS = 120.0
"""A run paused for longer while others wait is stopped; it can be resumed later."""


def check_line(line: TrainingLine, visitor: str, address: str) -> None:
    """Whether one more run of this visitor may wait: ValueError, in words for the page, if not.

    Args:
        line: those that wait.
        visitor: whose it is, as in `Entry`.
        address: from where they come; "" where that is not known, which is no limit.
    """
    length, each = operator_setting(LINE_LENGTH), operator_setting(LINE_EACH)
    if len(line.waiting) >= length:
        raise ValueError(f"{length} trainings wait already. Please try again when some have ended.")
    # Those that gave way had their place and will have it again.
    waiting = [entry for entry in line.waiting if not entry.goes_on]
    if sum(entry.visitor == visitor for entry in waiting) >= each:
        yours = "One of your trainings waits" if each == 1 else f"{each} of your trainings wait"
        raise ValueError(
            f"{yours} already. "
            "Please try again when one of them has begun, or take one out of the line."
        )
    most = operator_setting(LINE_ADDRESS)
    if address and sum(entry.address == address for entry in waiting) >= most:
        raise ValueError(
            f"{most} trainings that were started from your network address wait already. "
            "Please try again when some of them have begun."
        )
