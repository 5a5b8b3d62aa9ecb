"""Trainings that get too little memory, from the start or on the way: what is said, and kept."""

import resource
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nn
from nn.runs import Run, write_config
from tests.stress.part import Part, Row, none_of
from ui.runs import files as run_files
from ui.runs.process import train_command_line
from ui.shared.child_environment import child_environment

AT_ONCE = 2
DEADLINE_SECONDS = 300.0
MEGABYTES = range(60, 500, 10)
"""Address space that a training may have: from less than its libraries need to enough."""
LOST_SECONDS = 2.0
MORE_MEGABYTES = (0, 1, 2, 4, 8, 16, 32)
"""What one may still get that is under way."""
SETUPS: list[dict[str, Any]] = [
    {"hidden": (128, 64), "epochs": 3},
    {"hidden": (3000, 3000), "optimizer": "adam", "epochs": 1},
    {"convolutions": (16, 32), "hidden": (64,), "batch_size": 512, "epochs": 1},
]
LONG: dict[str, Any] = {"hidden": (300,), "optimizer": "adam", "epochs": 200}


def measure(quick: bool) -> list[Row]:
    """Each limit is tried with one of the set-ups; each amount more with one that is under way."""
    limits = list(MEGABYTES)[:: 10 if quick else 1]
    amounts = MORE_MEGABYTES[:: 3 if quick else 1]
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(AT_ONCE) as pool:
        begun = list(pool.map(lambda limit: _begun_with(Path(name), limit), limits))
        left = list(pool.map(lambda more: _left_with(Path(name), more), amounts))
    return [
        none_of(
            f"trainings begun with {MEGABYTES[0]} to {MEGABYTES[-1]} MB that end without a word "
            "on memory",
            [fault for fault in begun if fault],
        ),
        none_of(
            "trainings that memory runs out for on the way, and that say nothing or can't go on",
            [fault for fault in left if fault],
        ),
    ]


def _begun_with(folder: Path, limit: int) -> str:
    """What is wrong with how a training ends that has so many megabytes, "" for nothing."""
    run = folder / f"begun-{limit}"
    write_config(run, _config(SETUPS[limit // MEGABYTES.step % len(SETUPS)]))
    process = _start(run, limit=limit)
    code = process.wait(DEADLINE_SECONDS)
    return _said(run, code, f"{limit} MB")


def _left_with(folder: Path, more: int) -> str:
    """The same for one that may take so many megabytes more once it has a checkpoint; afterwards
    it goes on with all it needs."""
    run = folder / f"left-{more}"
    write_config(run, _config(LONG))
    process = _start(run)
    while not Run(run).last("checkpoint") and process.poll() is None:
        time.sleep(0.02)
    if process.poll() is None:
        pages = int(Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + more * 2**20
        resource.prlimit(process.pid, resource.RLIMIT_AS, (limit, limit))
    code = process.wait(DEADLINE_SECONDS)
    fault = _said(run, code, f"{more} MB more")
    if fault or Run(run).status == "finished":
        return fault
    before = Run(run)
    before.refresh()
    code = _start(run, resume=True).wait(DEADLINE_SECONDS)
    if Run(run).status != "finished":
        return f"{more} MB more: can't go on: {run_files.failure(run, code)}"
    kept = (Run(run).last("resumed") or {})["from_step"]
    told = [event["time"] for event in before.events if event["step"] <= kept]
    lost = before.events[-1]["time"] - told[-1]
    return "" if lost <= LOST_SECONDS else f"{more} MB more: {lost:.1f} s are lost"


def _config(settings: dict[str, Any]) -> dict[str, Any]:
    return nn.TrainingConfig(dataset="digits", **settings).to_dict()


def _start(run: Path, *, limit: int | None = None, resume: bool = False) -> subprocess.Popen[bytes]:
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_AS, (limit * 2**20, limit * 2**20))

    command = train_command_line(run, resume)
    with run_files.errors_file(run).open("wb") as errors:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,  # held open: it is steered by nobody
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=child_environment(),
            preexec_fn=limited,
        )


def _said(run: Path, code: int, what: str) -> str:
    """What is wrong with what the page says of a training that has ended, "" for nothing."""
    status, failed = Run(run).status, Run(run).last("failed")
    if status == "finished":
        return ""
    said = str(failed.get("message")) if failed else run_files.failure(run, code) or "nothing"
    return "" if "memory" in said else f"{what}: {status}, code {code}: {said}"


PART = Part(measure, seconds=900)
