"""The command `python -m benchmarks.app`; its parts are stand-ins."""

import os
import sys
import time
import traceback

import pytest
from click.testing import CliRunner

pytest.importorskip("playwright")

from benchmarks import app
from benchmarks.app_row import Row
from benchmarks.app_server import Server, cpu_seconds, training_process

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells what is looked at here")


@pytest.fixture
def parts(monkeypatch) -> list:
    """What the parts were asked for."""
    asked: list = []

    def part(name):
        def measure(folder, number, *more):
            assert folder.is_dir()
            asked.append((name, number, *more))
            return [Row(f"what {name} takes", "2 s", "1.99 s")]

        return measure

    for name in ("start_and_switch", "training_through_the_page", "updates"):
        monkeypatch.setattr(app, name, part(name))
    return asked


def test_table_with_targets_and_the_machine(parts):
    result = CliRunner().invoke(app.app, ["--rounds", "3"], catch_exceptions=False)
    assert result.stdout.startswith("Measured on ")
    assert "|  | target | measured |" in result.stdout
    assert "| what start_and_switch takes | 2 s | 1.99 s |" in result.stdout
    assert parts == [
        ("start_and_switch", 3),
        ("training_through_the_page", 3, 60),
        ("updates", 100),
    ]


def test_a_part_alone(parts):
    CliRunner().invoke(app.app, ["--only", "updates"], catch_exceptions=False)
    assert [name for name, *_ in parts] == ["updates"]


def test_what_the_server_has_failed_with(tmp_path):
    app = Server("http://127.0.0.1:1", os.getpid(), time.time(), tmp_path)
    log = tmp_path / "server.log"
    log.write_text("2026-01-01 Uvicorn server started\n", encoding="utf-8")
    assert app.tracebacks() == []
    try:
        {}["a"]
    except KeyError:
        log.write_text(2 * f"before\n{traceback.format_exc()}\nafter\n", encoding="utf-8")
    assert app.tracebacks() == ["KeyError: 'a'"] * 2


@linux
def test_processor_time_is_that_of_the_process():
    used = cpu_seconds(os.getpid())
    assert used == pytest.approx(time.process_time(), abs=0.1)


@linux
def test_a_server_without_training_has_no_training_process():
    assert training_process(os.getpid()) is None
