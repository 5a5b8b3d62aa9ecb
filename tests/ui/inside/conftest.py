"""What the tests of the views share."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import nn
from tests.ui.inside.inside_page import Pad
from ui.long_work import long_work


@pytest.fixture
def network(shipped: Path) -> nn.Network:
    """A network with a hidden layer, which is the app's only model."""
    metadata = {"dataset": "mnist", "labels": json.dumps(list("0123456789"))}
    network = nn.Network.mlp([784, 12, 10], seed=4, metadata=metadata)
    nn.save(network, shipped / "default.safetensors")
    return network


@pytest.fixture
def pad(monkeypatch: pytest.MonkeyPatch) -> Pad:
    return Pad(monkeypatch)


@pytest.fixture
def printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[AppTest, dict[str, bytes]], str]:
    """Runs the lines that a page offers to copy, beside the files that they read or import: what
    they print."""

    def run(page: AppTest, files: dict[str, bytes]) -> str:
        (code,) = [block.value for block in page.code]
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
            monkeypatch.delitem(sys.modules, name.removesuffix(".py"), raising=False)
        monkeypatch.chdir(tmp_path)
        monkeypatch.syspath_prepend(str(tmp_path))
        with np.printoptions(threshold=sys.maxsize, linewidth=1000):
            exec(code, {})
        return capsys.readouterr().out

    return run


@pytest.fixture(autouse=True)
def _no_work_goes_on() -> Iterator[None]:
    """What a page has begun by itself ends with the test, and is not known to the next one."""
    yield
    work = long_work()
    for asked in list(work._line.values()):
        for asker in list(asked.askers):
            work.give_up(asker)
    long_work.cache_clear()
