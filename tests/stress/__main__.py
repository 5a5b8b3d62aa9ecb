"""Runs the parts one after another, each in a process of its own, and prints the table."""

import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module

import click

from benchmarks.markdown import table
from tests.stress import parts
from tests.stress.part import Part, Row

NAMES = sorted(module.name for module in pkgutil.iter_modules(parts.__path__))
HEAD = ("what is promised", "seen", "limit", "")


@click.command()
@click.option("--only", metavar="NAMES", help=f"Some of the parts: {', '.join(NAMES)}.")
@click.option("--quick", is_flag=True, help="A tenth of the work: whether it runs at all.")
@click.option("--part", type=click.Choice(NAMES), hidden=True, help="One part, here, as JSON.")
def stress(only: str | None, quick: bool, part: str | None) -> None:
    """Put the app under load, attack and breakdown, on this machine alone."""
    if part is not None:
        click.echo(json.dumps([asdict(row) for row in _part(part).measure(quick)]))
        return
    names = only.split(",") if only else NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} must be of {', '.join(NAMES)}")
    rows = []
    for name in names:
        click.echo(f"{name} ... ", nl=False, err=True)
        began = time.monotonic()
        rows += _run(name, quick)
        click.echo(f"{time.monotonic() - began:.0f} s", err=True)
    cells = [(row.promise, row.seen, row.limit, "" if row.holds else "**broken**") for row in rows]
    click.echo(table(HEAD, cells))
    if not all(row.holds for row in rows):
        sys.exit(1)


def _part(name: str) -> Part:
    part: Part = import_module(f"{parts.__name__}.{name}").PART
    return part


def _run(name: str, quick: bool) -> list[Row]:
    """What a part says; a row of its own if it breaks off or takes too long, and then all that it
    wrote beside it."""
    command = [sys.executable, "-m", "tests.stress", "--part", name, *["--quick"] * quick]
    seconds = _part(name).seconds
    noise = tempfile.TemporaryFile("w+b")  # noqa: SIM115 (closed at the end)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=noise, start_new_session=True
    )
    is_whole = False
    try:
        printed, _ = process.communicate(timeout=seconds)
        rows = [Row(**row) for row in json.loads(printed.splitlines()[-1])]
        is_whole = True
        return rows
    except subprocess.TimeoutExpired:
        return [Row(name, f"took more than {seconds:g} s", "", False)]
    except (ValueError, IndexError, TypeError):
        return [Row(name, f"broke off with exit code {process.returncode}", "", False)]
    finally:
        with suppress(ProcessLookupError):  # with the servers and trainings that it started
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if not is_whole:
            noise.seek(0)
            click.echo(noise.read().decode("utf-8", "replace"), err=True)
        noise.close()


if __name__ == "__main__":
    stress()
