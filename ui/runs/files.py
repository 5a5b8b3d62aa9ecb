"""What the app keeps in the folder of a run it started, and how it clears old ones away."""

import hmac
import logging
import secrets
import signal
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from nn import runs

KEPT_RUNS = 30
"""Runs of the app beyond so many are removed, oldest first."""
KEPT_BYTES = 500_000_000
"""And those that make the app's runs larger than this together."""

_TOKEN = "token"
_ERRORS = "errors.txt"
_WINDOWS_CODES = 0xC0000000
"""Exit codes from here on come from Windows itself; it has no signals."""
_WINDOWS_REASONS = {
    0xC0000017: " The computer was out of memory.",
    0xC000012D: " The computer was out of memory.",
    0xC000013A: " Its window was closed, or Ctrl-C pressed.",
}
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
    name = _signal_name(exit_code)
    if name == "SIGKILL":
        return "The training process was killed. Most often the computer was out of memory."
    if name is not None:
        return f"The training process was ended from outside ({name})."
    if exit_code >= _WINDOWS_CODES:
        reason = _WINDOWS_REASONS.get(exit_code, "")
        return f"The training process was ended by Windows (0x{exit_code:X}).{reason}"
    words = last_errors(folder).rpartition("\n")[2].strip()[:300]
    words = words or "It left no message; perhaps it was ended from outside."
    return f"The training process broke off (exit code {exit_code}). {words}"


def prune(folder: Path, busy: Collection[str]) -> None:
    """Remove the oldest of the app's runs in `folder`, but none that is active or in `busy`."""
    count = size = 0
    for run in runs.list_runs(folder):
        if read_token(run.folder) is None:
            continue
        count += 1
        size += _size(run.folder)
        if (count > KEPT_RUNS or size > KEPT_BYTES) and run.id not in busy and not run.is_active:
            remove(run)


def remove(run: runs.Run) -> None:
    """Remove a run's folder; where that is impossible the log says why."""
    try:
        runs.remove_run(run)
    except (OSError, ValueError):
        _log.exception("cannot remove run %s", run.id)


def _size(folder: Path) -> int:
    size = 0
    with suppress(OSError):
        for file in folder.rglob("*"):
            with suppress(OSError):  # a temporary file that has just got its name
                size += file.stat().st_size
    return size


def _signal_name(exit_code: int) -> str | None:
    """The signal that ended a process, from its exit code or a shell's way to write one."""
    if 0 <= exit_code <= 128:
        return None
    try:
        return signal.Signals(-exit_code if exit_code < 0 else exit_code - 128).name
    except ValueError:
        return None
