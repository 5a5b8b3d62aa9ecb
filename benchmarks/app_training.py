"""A training seen through the page, against the same one on the command line."""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks.app_browser import chromium, new_page, wait_until_drawn
from benchmarks.app_row import Row
from benchmarks.app_server import Server, server, training_process
from benchmarks.app_start import megabytes, percent
from benchmarks.child import PROJECT, child_environment
from benchmarks.memory import memory_of
from nn.runs import Run, list_runs

TIMEOUT = 600.0


def training_through_the_page(folder: Path, rounds: int, epochs: int) -> list[Row]:
    """The classic set-up in turns in the app, with its charts streaming, and without any page."""
    shares, memories, streaming = [], [], []
    threads = 0
    with chromium() as browser, server(folder) as app:
        page = new_page(browser)
        for _ in range(rounds):
            seen, memory, cpu = _in_the_app(app, page, epochs)
            threads = _field(seen, "started", "threads")
            alone = _on_the_command_line(folder, seen.config["dataset"], epochs, threads)
            shares.append(_field(seen, "finished", "samples_per_second") / alone)
            memories.append(memory)
            streaming.append(cpu)
    return [
        Row(
            f"training seen through the page, against the command line, {threads} thread(s) each",
            "≥ 90 %",
            f"{100 * statistics.median(shares):.0f} %",
        ),
        Row("training process, private memory", "< 150 MB", megabytes(memories)),
        Row("server while a page streams", "≤ 10 % of a core", percent(streaming)),
    ]


def _in_the_app(app: Server, page: Page, epochs: int) -> tuple[Run, float, float]:
    """Train, watched; returns the run, its process' memory in 10⁶ bytes and the server's share."""
    page.goto(f"{app.url}/train?epochs={epochs}")
    wait_until_drawn(page, "Train")
    page.wait_for_timeout(2000)
    before = {run.id for run in list_runs(app.runs)}
    page.get_by_role("button", name="Start training").click()
    run = _wait_for(lambda: next((r for r in list_runs(app.runs) if r.id not in before), None))
    process = _wait_for(lambda: training_process(app.pid))
    _wait_for(lambda: _read(run).progress)
    began, cpu, most = time.monotonic(), app.cpu_seconds(), 0.0
    while not _read(run).last("finished"):
        # Seldom, because to look at a process' memory holds it up.
        page.wait_for_timeout(1000)
        memory = memory_of(process)
        most = max(most, memory.private if memory else 0.0)
    share = (app.cpu_seconds() - cpu) / (time.monotonic() - began)
    return run, most, share


def _on_the_command_line(folder: Path, dataset: str, epochs: int, threads: int) -> float:
    """Samples per second of the same training without app and browser's work."""
    command = [sys.executable, "-m", "nn", "train", "--dataset", dataset, "--json"]
    command += ["--epochs", str(epochs), "--threads", str(threads)]
    command += ["--run", str(folder / f"alone-{time.time_ns()}")]
    output = subprocess.run(
        command, cwd=PROJECT, env=child_environment(), capture_output=True, text=True, check=True
    ).stdout
    figure: float = json.loads(output.splitlines()[-1])["samples_per_second"]
    return figure


def _read(run: Run) -> Run:
    run.refresh()
    return run


def _field(run: Run, event: str, field: str) -> Any:
    found = _read(run).last(event)
    assert found is not None
    return found[field]


def _wait_for(look: Any) -> Any:
    deadline = time.monotonic() + TIMEOUT
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TimeoutError("the training did not begin")
        time.sleep(0.02)
    return found
