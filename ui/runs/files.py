"""What the app keeps in the folder of a run it started."""

import hmac
import logging
import re
import secrets
import signal
from pathlib import Path

from nn import runs

_TOKEN = "token"
_ERRORS = "errors.txt"
_CLUSTER = "on_cluster"
_WINDOWS_CODES = 0xC0000000
"""Exit codes from here on come from Windows itself; it has no signals."""
_WINDOWS_REASONS = {
    0xC0000017: " The computer was out of memory.",
    0xC000012D: " The computer was out of memory.",
    0xC000013A: " Its window was closed, or Ctrl-C pressed.",
}
_OUT_OF_MEMORY = re.compile(
    "MemoryError|memory allocation|allocate memory|unable to allocate|bad_alloc|out of memory|"
    "too many memory regions|failed to map segment|can't start new thread|resources unavailable",
    re.IGNORECASE,
)
"""What Python, OpenBLAS, the linker and the file library say when there is no memory left for them,
each in its own words, before they give up."""
_CRASHES = ("SIGABRT", "SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP")
_LESS = (
    "Choose a smaller batch size, smaller or fewer layers, or fewer networks. What was saved last "
    "is kept."
)
_log = logging.getLogger(__name__)


def write_token(folder: Path) -> None:
    """Make a new run one of the app, which whoever knows its secret may steer."""
    path = folder / _TOKEN
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(16), encoding="utf-8")


def read_token(folder: Path) -> str | None:
    """The secret of a run; None if the app didn't start it, so that nobody here may steer it."""
    try:
        return (folder / _TOKEN).read_text(encoding="utf-8") or None
    except (OSError, ValueError):  # there is none, or it is spoilt
        return None


def fits(token: str | None, folder: Path) -> bool:
    """Whether `token` is the secret of the run."""
    secret = read_token(folder)
    if secret is None or token is None:
        return False
    return hmac.compare_digest(secret.encode(), token.encode())


def set_for_cluster(folder: Path) -> None:
    """Note that the trials of a search are to be trained on the operator's cluster."""
    (folder / _CLUSTER).touch()


def is_for_cluster(folder: Path) -> bool:
    """Whether they are."""
    return (folder / _CLUSTER).is_file()


def errors_file(folder: Path) -> Path:
    """Where the standard error of a run's process goes."""
    return folder / _ERRORS


def last_errors(folder: Path) -> str:
    """The end of what a run's process wrote to standard error."""
    try:
        return errors_file(folder).read_text(encoding="utf-8", errors="replace")[-4000:].strip()
    except OSError:
        return ""


def failure(folder: Path, exit_code: int) -> str | None:
    """Why a process ended that left no closing event, in a sentence or two; None for no reason."""
    if exit_code == 0:
        return None
    name, errors = _signal_name(exit_code), last_errors(folder)
    if _OUT_OF_MEMORY.search(errors):
        return f"The training ran out of memory. {_LESS}"
    if name == "SIGKILL":
        return (
            "The training process was killed. Most often that is for want of memory on the "
            f"computer. {_LESS}"
        )
    if name in _CRASHES:
        return f"The training process crashed ({name}), perhaps for want of memory. {_LESS}"
    if name is not None:
        return f"The training process was ended from outside ({name})."
    if exit_code >= _WINDOWS_CODES:
        reason = _WINDOWS_REASONS.get(exit_code, "")
        return f"The training process was ended by Windows (0x{exit_code:X}).{reason}"
    words = errors.rpartition("\n")[2].strip()[:300]
    words = words or "It left no message; perhaps it was ended from outside."
    return f"The training process broke off (exit code {exit_code}). {words}"


def remove(run: runs.Run) -> None:
    """Remove a run's folder; where that is impossible the log says why."""
    try:
        runs.remove_run(run)
    except (OSError, ValueError):
        _log.exception("cannot remove run %s", run.id)


def _signal_name(exit_code: int) -> str | None:
    """The signal that ended a process, from its exit code or a shell's way to write one."""
    if 0 <= exit_code <= 128:
        return None
    try:
        return signal.Signals(-exit_code if exit_code < 0 else exit_code - 128).name
    except ValueError:
        return None
