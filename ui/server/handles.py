"""How many files and connections the server may have open."""

import sys


def raise_limit() -> int | None:
    """Raise the limit as far as the system allows; returns it, None where there is none to raise.

    Each visit takes four: its connection, and three with which Streamlit runs its pages. The usual
    limit of 1,024 is meant for programs that watch their files with an old system call.
    """
    if sys.platform == "win32":
        return None
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most
