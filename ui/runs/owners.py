"""Whose a run is: the browsers that may steer it, in the file `owner` of its folder.

A browser is known by the SHA-256 of a secret that it keeps (see `ui.runs.visitor`): what stands in
the folder lets nobody pass for it.
"""

import hmac
import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nn.replacing import replacing
from nn.runs import clean_name

MOST_BROWSERS = 20

_OWNER = "owner"
_BROWSER = re.compile("[0-9a-f]{64}")
_changing = threading.Lock()
"""Held from reading a file to writing it anew: else of two changes at once one is lost."""


@dataclass(frozen=True)
class Owner:
    """Whose a run is.

    browsers: the browsers that may steer it, the one that started it first.
    person: what whoever started it wants to be called; "" where that isn't known.
    """

    browsers: tuple[str, ...] = ()
    person: str = ""

    def has(self, browser: str) -> bool:
        """Whether it is one of the browsers."""
        return any(hmac.compare_digest(one.encode(), browser.encode()) for one in self.browsers)


def read_owner(folder: Path) -> Owner:
    """Whose the run in `folder` is; nobody's where the file is missing or spoilt."""
    try:
        content = json.loads((folder / _OWNER).read_bytes())
        browsers = tuple(content["browsers"])[:MOST_BROWSERS]
        if not all(_BROWSER.fullmatch(one) for one in browsers):
            return Owner()
        return Owner(browsers, clean_name(str(content["person"])))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Owner()


def write_owner(folder: Path, owner: Owner) -> None:
    """Say whose the run in `folder` is; OSError if that can't be written."""
    content = {"browsers": owner.browsers, "person": clean_name(owner.person)}
    with replacing(folder / _OWNER) as file:
        file.touch(mode=0o600)
        file.write_text(json.dumps(content) + "\n", encoding="utf-8", newline="\n")


def add_browser(folder: Path, browser: str) -> None:
    """Let one more browser steer the run, unless too many do already. OSError as above."""
    with _changing:
        owner = read_owner(folder)
        if not owner.has(browser) and len(owner.browsers) < MOST_BROWSERS:
            write_owner(folder, replace(owner, browsers=(*owner.browsers, browser)))


def rename_browser(folder: Path, before: str, after: str) -> None:
    """Put one browser in the place of another. OSError as above."""
    with _changing:
        owner = read_owner(folder)
        if owner.has(before):
            browsers = (after if one == before else one for one in owner.browsers)
            write_owner(folder, replace(owner, browsers=tuple(dict.fromkeys(browsers))))


def set_person(folder: Path, person: str) -> None:
    """Say what whoever started the run wants to be called. OSError as above."""
    with _changing:
        write_owner(folder, replace(read_owner(folder), person=person))


def owned_by(folder: Path, browser: str) -> Sequence[Path]:
    """The run folders in `folder` that this browser may steer, newest first."""
    try:
        names = sorted((entry.name for entry in folder.iterdir()), reverse=True)
    except OSError:
        return []
    return [folder / name for name in names if read_owner(folder / name).has(browser)]
