"""What a host installs is what the project asks for, to the byte, whoever hands it over."""

import re
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]


def lines(name: str) -> list[str]:
    """Those of a list of requirements that say something, each whole."""
    text = (PROJECT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in (re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines()) if line]


def test_the_lock_holds_what_is_asked_for() -> None:
    locked: dict[str, list[str]] = {}
    for line in lines("requirements-lock.txt"):
        pin = Requirement(line.split(" --hash")[0])
        (version,) = pin.specifier
        assert version.operator == "=="
        locked.setdefault(canonicalize_name(pin.name), []).append(version.version)
    for line in lines("requirements.txt"):
        if line.startswith("--"):
            continue
        asked = Requirement(line)
        versions = locked[canonicalize_name(asked.name)]
        assert all(asked.specifier.contains(version) for version in versions), line
    assert "torch" not in locked


def test_each_file_has_a_hash_and_no_host_is_named() -> None:
    for line in lines("requirements-lock.txt"):
        assert re.fullmatch(r"\S+==\S+( ; .+?)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+", line), line
    assert "//" not in (PROJECT / "requirements-lock.txt").read_text(encoding="utf-8")
