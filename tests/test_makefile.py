"""`make` ends in something that works, whatever it finds, or says in a line why not."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
BASE = os.path.realpath(sys.executable)
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

pytestmark = pytest.mark.skipif(
    os.name == "nt" or shutil.which("make") is None, reason="there is no make here"
)

# Stands for Streamlit: shows what the app would run with.
APP = """
import sys
import needed
print("app:", "%d.%d" % sys.version_info[:2], needed.version, *sys.argv[3:])
"""


def write_wheel(folder: Path, version: str) -> None:
    """A package `needed`, and requirements that name just this version of it."""
    info = f"needed-{version}.dist-info"
    files = {
        "needed.py": f"version = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: needed\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"needed-{version}-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    requirements = folder / "requirements.txt"
    before = requirements.stat().st_mtime if requirements.exists() else None
    requirements.write_text(f"needed=={version}\n", encoding="utf-8")
    if before is not None:  # make compares times
        os.utime(requirements, (before + 3600, before + 3600))


def write_python(python: Path, program: str) -> None:
    """A Python that runs a program."""
    python.parent.mkdir(exist_ok=True)
    python.write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    python.chmod(0o755)


def keep_pip(folder: Path) -> str:
    """Keep the pip of the environment that `make` has made; returns a line for programs, after
    which the environments that they make have that one: to unpack it takes seconds each time."""
    inside = f"lib/python{VERSION}/site-packages/pip"
    shutil.copytree(folder / ".venv" / inside, folder / "pip")
    return (
        f"case $2 in venv) '{BASE}' \"$@\" --without-pip &&"
        f" exec ln -s '{folder / 'pip'}' '{folder / '.venv' / inside}';; esac"
    )


Make = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Run `make app`, with these further arguments, in a copy of what it needs."""
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / "streamlit.py").write_text(APP, encoding="utf-8")
    write_wheel(tmp_path, "1.0")
    write_python(tmp_path / "bin" / "python3", f"exec '{BASE}' \"$@\"")

    def make(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", "app", *arguments],
            cwd=tmp_path,
            env={
                "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
                "PIP_CONFIG_FILE": os.devnull,
                "PIP_DISABLE_PIP_VERSION_CHECK": "1",
                "PIP_NO_INDEX": "1",
                "PIP_FIND_LINKS": str(tmp_path),
            },
            capture_output=True,
            text=True,
            timeout=120,
        )

    return make


def shown(made: subprocess.CompletedProcess[str]) -> str:
    """What the app said, which is the last thing."""
    assert made.returncode == 0, made.stderr
    return made.stdout.splitlines()[-1]


def test_the_environment_follows_what_was_interrupted_the_requirements_and_the_python(
    make: Make, tmp_path: Path
) -> None:
    """One environment after another, for each takes seconds to make."""
    subprocess.run(
        [tmp_path / "bin" / "python3", "-m", "venv", "--without-pip", tmp_path / ".venv"]
    )
    assert shown(make()) == f"app: {VERSION} 1.0"
    again = make("PORT=8600")
    assert shown(again) == f"app: {VERSION} 1.0 --server.port 8600"
    assert "pip" not in again.stdout
    with_pip = keep_pip(tmp_path)
    write_python(tmp_path / "bin" / "python3", f"{with_pip}\nexec '{BASE}' \"$@\"")
    made = make("PYTHON=python3.99")
    assert made.returncode == 2
    assert "python3.99: " in made.stderr
    write_wheel(tmp_path, "2.0")
    assert shown(make()) == f"app: {VERSION} 2.0"

    (tmp_path / ".venv" / "mine").touch()
    assert shown(make(f"PYTHON={sys.executable}")) == f"app: {VERSION} 2.0"
    assert (tmp_path / ".venv" / "mine").exists()  # it is the same
    # The other one is this one again, but calls itself 3.99 when it is asked.
    other = tmp_path / "bin" / "other"
    answer = "case $2 in *print*) echo '(3, 99)'; exit;; esac"
    write_python(other, f"{answer}\n{with_pip}\nexec '{BASE}' \"$@\"")
    assert shown(make(f"PYTHON={other}")) == f"app: {VERSION} 2.0"
    assert not (tmp_path / ".venv" / "mine").exists()

    for python in (tmp_path / ".venv" / "bin").glob("python*"):
        python.unlink()
        python.symlink_to("/nowhere/python3")
    assert shown(make()) == f"app: {VERSION} 2.0"


def test_says_that_python_is_too_old(make: Make, tmp_path: Path) -> None:
    write_python(
        tmp_path / "bin" / "python3",
        f"exec '{sys.executable}' -c 'import sys; sys.version_info = (3, 9); exec(sys.argv[2])' "
        '"$@"',
    )
    made = make()
    assert made.returncode == 2
    assert re.match(r"Python 3\.11 or newer is needed: make PYTHON=python3\.12\n", made.stderr)
    assert not (tmp_path / ".venv").exists()
