"""What the app's child processes have in common: where the project is, and how they find it."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
_SECRETS = ("SCRATCH_NN_OPERATOR", "operator")  # Streamlit puts its secrets into variables


def child_environment() -> dict[str, str]:
    """This process's environment, in which a child finds the project's modules too,
    and writes UTF-8. The operator's secret is none of its business.

    It does so in whatever folder it works: start it with `-P`, so that it takes none from there.
    """
    path = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    environment = {name: os.environ[name] for name in os.environ if name not in _SECRETS}
    return environment | {"PYTHONPATH": path, "PYTHONUTF8": "1"}
