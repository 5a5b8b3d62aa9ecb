"""The process of a run."""

import subprocess
import sys

import pytest

from ui.runs.process import memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
def test_the_memory_of_a_process_counts_its_workers() -> None:
    work = "x = bytearray(40_000_000); x[::4096] = bytes(len(x[::4096]))"
    worker = f"{work}; print(end='.', flush=True); input()"
    program = f"""
import subprocess, sys
worker = subprocess.Popen([sys.executable, '-c', {worker!r}], stdin=sys.stdin)
worker.wait()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.read(1)
    used = memory(process.pid)
    process.communicate(b"\n")
    assert used is not None
    assert 40_000_000 < used < 120_000_000
    assert memory(process.pid) is None
