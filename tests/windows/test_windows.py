"""What is to work on Windows, where much of what Linux has is missing."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

OnWindows = Callable[..., str]

IMPORTS = """
import importlib, pkgutil, sys
from unittest.mock import MagicMock

sys.modules["streamlit_drawable_canvas"] = MagicMock()  # can be imported in a running app only
for package in map(importlib.import_module, ("nn", "data", "ui")):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if module.name != "nn.__main__":
            importlib.import_module(module.name)
            print(module.name)
"""


def test_every_module_can_be_imported(on_windows: OnWindows) -> None:
    modules = on_windows(IMPORTS).split()
    assert {"nn.training.workers", "data.datasets.download", "ui.runs.jobs"} < set(modules)


def test_the_stand_in_lacks_what_windows_lacks(on_windows: OnWindows, tmp_path: Path) -> None:
    (tmp_path / "nn.py").write_text("import fcntl", encoding="utf-8")
    lacking = """
import os
try:
    import nn
except ModuleNotFoundError as error:
    print(error.name, hasattr(os, "fork"))
"""
    assert on_windows(lacking) == "fcntl False\n"


# Two cores, as it would train in two processes on Linux. It is stopped in the middle and resumed.
TRAINING = """
import sys, time
import joblib
import nn
from pathlib import Path
from nn.runs import remove_run
from ui.runs.jobs import Jobs
from ui.runs.process import train_command_line

def command(folder, resume):
    line = train_command_line(folder, resume)
    line[line.index("--threads") + 1] = "2"
    return line

def until(status):
    deadline = time.monotonic() + 60
    while (state := jobs.state(run_id)).status != status:
        assert state.failure is None, state.failure
        assert time.monotonic() < deadline, state.status
        time.sleep(0.01)
    return state.run

jobs = Jobs(Path(sys.argv[1]), 1, command)
run_id = jobs.start(nn.TrainingConfig(dataset="digits", hidden=(24,), batch_size=64, epochs=120))
until("running")
jobs.send(run_id, {"command": "stop"})
until("stopped")
jobs.resume(run_id)
run = until("finished")
print(*(event["type"] for event in run.events if event["type"] not in ("progress", "epoch")))
nn.load(run.model_path)
while run.is_active:
    time.sleep(0.01)
remove_run(run)
print(run.folder.exists())
"""


def test_a_training_is_stopped_and_resumed(on_windows: OnWindows, tmp_path: Path) -> None:
    events, left = on_windows(TRAINING, tmp_path / "runs").splitlines()
    assert events.startswith("started checkpoint")
    assert "stopped resumed" in events
    assert events.endswith("finished")
    assert left == "False"


OPEN_ELSEWHERE = """
import os, sys
from pathlib import Path
from nn.replacing import replacing

target = Path(sys.argv[1], "model")
target.parent.mkdir()
with replacing(target) as file:
    file.write_text("new", encoding="utf-8")
print(target.read_text(encoding="utf-8"), len(sys.modules["sitecustomize"].met))
"""


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Windows isn't needed there")
def test_what_somebody_reads_is_replaced_a_moment_later(
    on_windows: OnWindows, tmp_path: Path
) -> None:
    assert on_windows(OPEN_ELSEWHERE, tmp_path / "runs").split() == ["new", "1"]


# Fashion-MNIST of a few images, in a folder of the user's.
CACHE = """
import hashlib, sys
from dataclasses import replace
from pathlib import Path
import data
from data.datasets.info import LocalFiles

names = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")
contents = []
for count, name in zip((4, 4, 3, 3), names):
    sides = (28, 28) if "images" in name else ()
    header = bytes((0, 0, 8, 1 + len(sides))) + b"".join(
        size.to_bytes(4, "big") for size in (count, *sides)
    )
    contents.append(header + bytes(count * (784 if sides else 1)))
    Path(sys.argv[1], name + "-ubyte").write_bytes(contents[-1])
info = data.DATASETS["fashion_mnist"]
files = LocalFiles(info.local.folders, tuple(hashlib.md5(c).hexdigest() for c in contents))
data.DATASETS["fashion_mnist"] = replace(info, train_size=4, test_size=3, local=files)
print(data.is_cached("fashion_mnist"), data.load("fashion_mnist").train_images.shape)
print(data.is_cached("fashion_mnist"), data.load("fashion_mnist").test_labels.shape)
"""


def test_a_dataset_is_put_into_the_cache(on_windows: OnWindows, tmp_path: Path) -> None:
    shown = on_windows(CACHE, tmp_path, SCRATCH_NN_DATA=str(tmp_path)).splitlines()
    assert shown == ["False (4, 28, 28)", "True (3,)"]
