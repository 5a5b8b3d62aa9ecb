"""All searches there are."""

import os
from pathlib import Path

from nn.search.folder import SETTINGS, searches_folder
from nn.search.reader import Search


def list_searches(folder: str | os.PathLike | None = None) -> list[Search]:
    """The searches in a folder (default `searches_folder()`), newest first; what is none is left
    out."""
    folder = searches_folder() if folder is None else Path(folder)
    found = []
    for entry in folder.iterdir() if folder.is_dir() else ():
        try:
            found.append(((entry / SETTINGS).stat().st_mtime_ns, entry.name, Search(entry)))
        except (OSError, ValueError):
            continue
    return [search for _, _, search in sorted(found, key=lambda item: item[:2], reverse=True)]
