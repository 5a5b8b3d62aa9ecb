"""What the app's child processes have in common: where the project is, and how they find it."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def child_environment() -> dict[str, str]:
    """This process's environment, in which a child finds the project's modules too,
    and writes UTF-8.

    It does so in whatever folder it works: start it with `-P`, so that it takes none from there.
    """
    path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    return os.environ | {"PYTHONPATH": path, "PYTHONUTF8": "1"}
