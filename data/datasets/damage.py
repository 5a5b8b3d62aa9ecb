"""Files of the user that turned out damaged: remembered, so that none is tried again and again.

The list is kept in the cache folder, for all processes. A file that has changed since is off it.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from data.datasets.store import cache_folder

# What this process found itself, for when the cache folder cannot be written.
_found: dict[str, list[int]] = {}


def is_known(path: Path, checksum: str) -> bool:
    """Whether this file, as it is now, was found not to have this checksum."""
    key = _key(path, checksum)
    now = _stamp(path)
    return now is not None and now in (_found.get(key), _listed().get(key))


def remember(path: Path, checksum: str) -> None:
    """Note that this file, as it is now, does not have this checksum."""
    stamp = _stamp(path)
    if stamp is None:
        return
    _found[_key(path, checksum)] = stamp
    # Two processes may write at once: then one of two notes is lost, and made again later.
    with suppress(OSError):
        cache_folder().mkdir(parents=True, exist_ok=True)
        partial = _list_path().with_suffix(f".{os.getpid()}.partial")
        partial.write_text(json.dumps(_listed() | _found, indent=1))
        partial.replace(_list_path())


def _listed() -> dict[str, list[int]]:
    try:
        listed = json.loads(_list_path().read_text())
    except (OSError, ValueError):
        return {}
    return listed if isinstance(listed, dict) else {}


def _list_path() -> Path:
    return cache_folder() / ".damaged.json"


def _key(path: Path, checksum: str) -> str:
    """MNIST's and Fashion-MNIST's files have the same names, hence the checksum."""
    return f"{checksum} {path}"


def _stamp(path: Path) -> list[int] | None:
    """Changes when the file's content or its rights do."""
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
