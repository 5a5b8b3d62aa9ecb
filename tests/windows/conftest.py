"""Python as it is on Windows, as far as that can be had elsewhere."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
STAND_IN = Path(__file__).parent / "stand_in"
MODULES = (PROJECT,) if os.name == "nt" else (STAND_IN, PROJECT)
DEADLINE = 120  # seconds


@pytest.fixture
def on_windows(tmp_path: Path) -> Callable[..., str]:
    """Run a program, and all it starts, without what Windows lacks: see `stand_in`.

    on_windows(program, *arguments, **environment) returns what it prints; the test fails if it
    fails. Runs and caches are in the test's folder, and so is the working directory.
    """

    def run(program: str, *arguments: object, **environment: str) -> str:
        process = subprocess.run(
            [sys.executable, "-c", program, *map(str, arguments)],
            cwd=tmp_path,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(map(str, MODULES)),
                "SCRATCH_NN_RUNS": str(tmp_path / "runs"),
                "SCRATCH_NN_CACHE": str(tmp_path / "cache"),
                **environment,
            },
            capture_output=True,
            encoding="utf-8",
            timeout=DEADLINE,
        )
        assert process.returncode == 0, process.stderr
        return process.stdout

    return run
