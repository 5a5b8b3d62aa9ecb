"""The line of trainings: fair between visitors, and there again when the server was killed."""

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

import nn
from benchmarks.app_server import server
from benchmarks.light_visitor.visitor import LightVisitor
from nn.runs import Run, list_runs, new_run_id, write_config
from tests.stress.part import Part, Row, at_most, none_of
from ui.runs.jobs import Jobs
from ui.runs.line import Entry, TrainingLine
from ui.runs.owners import Owner
from ui.runs.process import start_process, train_command_line

PATIENCE = 90.0
QUERY = "dataset=Small+digits+(built+in)&hidden=128&epochs=200&batch_size=16"
"""As the page itself writes it, or it would first have to correct its address."""
LONG = nn.TrainingConfig(
    dataset="digits",
    hidden=(128, 64),
    optimizer="adam",
    learning_rate=0.002,
    dropout=0.2,
    batch_norm=True,
    batch_size=16,
    rotation=10.0,
    epochs=30,
)
SHORT = nn.TrainingConfig(dataset="digits", hidden=(8,), epochs=2)
TURN = 2
"""Seconds: the long training takes several turns of it."""
STARTS = 32
STEPS = 20_000


def measure(quick: bool) -> list[Row]:
    """Each promise of its own, in a folder of its own."""
    rows = []
    for part in (_killed_server, _gives_way, _many_starts):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            rows += part(Path(folder))
    return [*rows, _turns(STEPS // 10 if quick else STEPS)]


def _killed_server(folder: Path) -> list[Row]:
    """Four visitors, one training and three in line; the server is killed, and started again, which
    nobody visits."""
    with server(folder) as first:
        order = asyncio.run(_four_start(first.url, first.runs))
        os.kill(first.pid, signal.SIGKILL)
        began = time.monotonic()
    faults = []
    with server(folder) as second:
        running = Run(second.runs / order[0])
        if not _until(lambda: _resumed(running)):
            faults.append("what trained did not go on")
        took = time.monotonic() - began
        if not _until(lambda: all(_ended(second.runs / name) for name in order)):
            faults.append("not all that waited have trained")
        faults += second.tracebacks()
    began_at = {name: Run(second.runs / name).events[0]["time"] for name in order}
    if sorted(order, key=began_at.__getitem__) != order:
        faults.append("they began in another order")
    return [
        at_most("killed server: what trained goes on after", took, 20, "s", 1),
        none_of("killed server with one training and three in line: lost or out of turn", faults),
    ]


async def _four_start(url: str, runs: Path) -> list[str]:
    """Their runs, in the order of the line."""
    order: list[str] = []
    for number in range(4):
        async with LightVisitor.visiting(url, address=f"10.1.1.{number}") as visitor:
            await visitor.open("train", QUERY)
            await visitor.press(label="Start training")
        order += [run.id for run in list_runs(runs) if run.id not in order]
        if not await asyncio.to_thread(_until, partial(_is_saved, runs / order[0])):
            raise RuntimeError("the first training did not begin")
    return order


def _gives_way(folder: Path) -> list[Row]:
    """A training that gives way again and again, and the same one undisturbed."""
    whole = folder / "whole"
    write_config(whole, LONG.to_dict())
    start_process(train_command_line(whole, False), whole).wait()
    with (
        patch.dict(os.environ, {"SCRATCH_NN_TURN_SECONDS": str(TURN)}),
        patch("ui.runs.places.LOOK_SECONDS", 0.2),
    ):
        jobs = Jobs(folder, 1, train_command_line)
        long = jobs.start(LONG, Owner(("a" * 64,)))
        waited, times = [], 0
        while not _ended(folder / long):
            if not jobs.line().waiting and jobs.process_id(long) is not None:
                began = time.monotonic()
                short = jobs.start(SHORT, Owner((f"{times:064x}",)))
                if not _until(partial(_has_begun, folder / short)):
                    return [Row("a long training gives way", "never", "within seconds", False)]
                waited.append(time.monotonic() - began)
                times += 1
            time.sleep(0.1)
        _until(lambda: not jobs.line().active)
    faults = []
    if _bits(folder / long) != _bits(whole):
        faults.append("other weights")
    if _curves(folder / long) != _curves(whole):
        faults.append("other curves")
    if times < 2:
        faults.append(f"it gave way {times} times")
    return [
        at_most(
            f"who waits for a training whose {TURN} s are over begins after",
            max(waited),
            12,
            "s",
            1,
        ),
        none_of(f"a training that gave way {times} times: not as if nothing had been", faults),
    ]


def _bits(folder: Path) -> list[bytes]:
    network = nn.load(Run(folder).model_path)
    return [one.tobytes() for one in (network.parameters, *network.named_buffers().values())]


def _curves(folder: Path) -> list[tuple[float, ...]]:
    fields = ("step", "epoch", "train_loss", "train_accuracy")
    return [tuple(event[field] for field in fields) for event in Run(folder).epochs]


def _many_starts(folder: Path) -> list[Row]:
    """One visitor starts many trainings; another's has just ended."""

    def command(run: Path, resume: bool) -> list[str]:
        program = f"from nn.runs import RunWriter; RunWriter({str(run)!r}, None).write('stopped')"
        return [sys.executable, "-c", program]

    jobs = Jobs(folder, 1, command)
    stranger = jobs.start(SHORT, Owner(("b" * 64,)))
    _until(lambda: not jobs.line().active)
    lost = []
    for number in range(STARTS):
        _until(lambda: len(jobs.line().waiting) < 3)
        jobs.start(SHORT, Owner(("a" * 64,)))
        if not (folder / stranger).exists():
            lost.append(f"after {number + 1} starts")
            break
    _until(lambda: not jobs.line().active)
    return [none_of(f"{STARTS} trainings of one visitor: somebody else's run is removed", lost)]


def _turns(steps: int) -> Row:
    """Visitors come and go at random: nobody has two turns while another waits for the first."""
    moments, line, faults = random.Random(0), TrainingLine(), []
    had_since: dict[str, set[str]] = {}
    """Of each who waits, who has had a turn since they came."""
    for _ in range(steps):
        visitor = str(moments.randrange(12))
        waiting = {entry.visitor for entry in line.waiting}
        if moments.random() < 0.5:
            if sum(entry.visitor == visitor for entry in line.waiting) < 3:
                line.join(Entry(new_run_id(), visitor))
                had_since.setdefault(visitor, set())
            continue
        entry = line.next(1, lambda run_id: True)
        if entry is None:
            continue
        told = line.waiting[0]
        if entry != told:
            faults.append("the first in line was not the next")
        for other in waiting - {entry.visitor}:
            if entry.visitor in had_since[other]:
                faults.append(f"{entry.visitor} had two turns before {other}")
            had_since[other].add(entry.visitor)
        line.begin(entry)
        line.end(entry.run_id)
        del had_since[entry.visitor]
        if any(one.visitor == entry.visitor for one in line.waiting):
            had_since[entry.visitor] = set()
    return none_of(f"{steps:,} comings and goings: two turns while another waits for one", faults)


def _is_saved(folder: Path) -> bool:
    return Run(folder).checkpoint_path.is_file()


def _has_begun(folder: Path) -> bool:
    return bool(Run(folder).events)


def _resumed(run: Run) -> bool:
    run.refresh()
    return run.last("resumed") is not None


def _ended(folder: Path) -> bool:
    return Run(folder).status == "finished"


def _until(holds: Callable[[], bool]) -> bool:
    """Whether something holds before long."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


PART = Part(measure, 600)
