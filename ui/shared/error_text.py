"""What a page says of an exception: its words, but nothing of where things lie on the server.

All pages say errors through here. On the command line, and in the server's log, paths are welcome.
"""

import errno
import os
import re
from pathlib import Path

from ui.shared.url_text import plain

_SYSTEM = {
    errno.ENOSPC: "The disk of the server is full.",
    errno.EDQUOT: "The disk of the server is full.",
    errno.EACCES: "The server may not do that in its own folders.",
    errno.EPERM: "The server may not do that in its own folders.",
    errno.EROFS: "The server can't write there: its disk is read-only.",
    errno.ENOENT: "A file or folder is not there any more.",
    errno.EMFILE: "The server has too many open files. Try again in a minute.",
    errno.ENFILE: "The server has too many open files. Try again in a minute.",
    errno.ENOMEM: "The server has too little memory for that.",
}
_ERRNO = re.compile(r"\[(?:Errno|WinError) \d+\] ")
_SEGMENT = r"""[^\s\\/'"<>|:,;()`]+"""
_PATH = re.compile(
    rf"""(?<![\w:/.~\\<])                       # no address, no unit such as images/s, no </tag>
    (?:(?:~|[A-Za-z]:|\\\\{_SEGMENT})[\\/]+|/+)  # of a home, a drive, another computer, the root
    {_SEGMENT}(?:[\\/]+{_SEGMENT})*[\\/]*""",
    re.VERBOSE,
)
_QUOTED = re.compile(r"""(['"])((?:[A-Za-z]:|\\)?[\\/][^'"]*)\1""")
"""A path between quotes, which may have blanks."""
_FOLDERS = ("SCRATCH_NN_RUNS", "SCRATCH_NN_DATA", "SCRATCH_NN_CACHE")
"""Variables that name folders."""
_SOME_FOLDER = "a folder of the server"


def error_text(error: Exception | str) -> str:
    """An error, or what another process said of one, in Markdown that does nothing; of a path the
    name of the file alone is left."""
    if isinstance(error, OSError) and error.errno is not None:
        return _SYSTEM.get(error.errno) or plain(error.strerror or type(error).__name__)
    return plain(without_paths(str(error)), 1000)


def without_paths(text: str) -> str:
    """Text in which nothing is left of each path of this computer but the name of its file."""
    for folder in _known_folders():  # which may have blanks in them
        text = re.sub(rf"(?<![\w/.]){re.escape(folder)}(?=[\\/]\w)", "", text)
        text = re.sub(rf"(?<![\w/.]){re.escape(folder)}(?![\w-])", _SOME_FOLDER, text)
    text = _QUOTED.sub(lambda found: f"{found[1]}{_last(found[2])}{found[1]}", text)
    text = _PATH.sub(lambda found: _last(found[0]), text)
    return _ERRNO.sub("", text)


def _known_folders() -> list[str]:
    """The folders that messages are most often about, the longest first."""
    named = [name for name in map(os.environ.get, _FOLDERS) if name]
    folders = {*named, *(os.path.abspath(name) for name in named), os.getcwd(), str(Path.home())}
    folders.add(str(Path(__file__).resolve().parents[2]))
    return sorted((one for one in folders if os.path.isabs(one)), key=len, reverse=True)


def _last(path: str) -> str:
    """The name at the end of a path, if it is that of a file."""
    parts = [part for part in re.split(r"[\\/]+", path) if part]
    is_folder = path[-1] in "\\/" or os.path.isdir(path.rstrip("."))
    return parts[-1] if parts and not is_folder else _SOME_FOLDER
