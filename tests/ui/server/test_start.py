"""What a server needs before it answers anybody."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]


def test_a_server_starts_without_numpy_and_without_the_network():
    code = "import sys, streamlit_app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert "ui.server.full" in done.stdout.split(), done.stderr
    assert {"numpy", "nn", "data"}.isdisjoint(done.stdout.split())
