"""How many files and connections the server may have open."""

import sys

ENOUGH = 10_240
"""More than pages of one process ever need, and the most that macOS lets a program ask for."""


def raise_limit() -> int | None:
    """Raise the limit to what is enough, or as far as the system allows; returns it, None where
    there is none.

    Each visit takes four: its connection, and three with which Streamlit runs its pages. The usual
    limit of 1,024 is meant for programs that watch their files with an old system call.
    """
    if sys.platform == "win32":
        return None
    import resource

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now == resource.RLIM_INFINITY:
        return None
    wanted = ENOUGH if most == resource.RLIM_INFINITY else min(most, ENOUGH)
    if wanted <= now:
        return now
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    except (OSError, ValueError):  # the system has a limit beside it
        return now
    return wanted
