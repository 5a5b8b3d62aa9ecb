"""What the figures were taken on.

`python -m benchmarks.machine` prints what only a child process can tell, as JSON: the processor
core that NumPy's BLAS has detected, which a variable in our own environment may have overridden.
"""

import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.child import PROJECT, child_environment

PACKAGES = {"NumPy": "numpy", "PyTorch": "torch", "scikit-learn": "scikit-learn"}


def describe() -> dict[str, Any]:
    """Processor, cores, memory in 10⁹ bytes, BLAS and the core it detected, versions and date."""
    import joblib

    blas = subprocess.run(
        [sys.executable, "-m", "benchmarks.machine"],
        cwd=PROJECT,
        env=child_environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return {
        "processor": _processor(),
        "cores": joblib.cpu_count(),
        "memory_gb": _memory_gb(),
        **json.loads(blas),
        "system": f"{platform.system()} {platform.machine()}",
        "versions": {"Python": platform.python_version(), **_versions()},
        "date": date.today().isoformat(),
    }


def sentence(machine: dict[str, Any]) -> str:
    """The description in one line."""
    cores = f"{machine['cores']} core" + ("s" if machine["cores"] != 1 else "")
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return (
        f"{machine['processor']}, {cores}, {machine['blas']} for {machine['blas_core']}, "
        f"{machine['system']}, {versions}, {machine['date']}"
    )


def detected_blas() -> dict[str, str]:
    """The matrix library of NumPy in this process, and the processor core it works for."""
    import numpy
    from threadpoolctl import threadpool_info

    numpy.ones((2, 2)) @ numpy.ones((2, 2))
    for pool in threadpool_info():
        if pool["user_api"] == "blas":
            return {
                "blas": f"{pool['internal_api']} {pool.get('version') or ''}".strip(),
                "blas_core": pool.get("architecture") or "an unknown core",
            }
    return {"blas": "unknown BLAS", "blas_core": "an unknown core"}


def _processor() -> str:
    """The processor's name, as far as the system tells."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    with suppress(OSError, subprocess.CalledProcessError):
        name = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(name, capture_output=True, text=True, check=True).stdout.strip()
    return platform.processor() or platform.machine()


def _memory_gb() -> float | None:
    with suppress(OSError, ValueError):
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    return None


def _versions() -> dict[str, str]:
    """Of the packages that are installed."""
    found = {}
    for name, package in PACKAGES.items():
        with suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(package)
    return found


if __name__ == "__main__":
    print(json.dumps(detected_blas()))
