"""`python -m benchmarks.app`: measure what the app itself costs, and print a table."""

import tempfile
from pathlib import Path

import click

from benchmarks import machine, markdown
from benchmarks.app_row import Row
from benchmarks.app_start import start_and_switch
from benchmarks.app_training import training_through_the_page
from benchmarks.app_updates import updates

PARTS = ("start", "training", "updates")


@click.command()
@click.option(
    "--only",
    type=click.Choice(PARTS),
    multiple=True,
    help="Measure only this part; may be given several times.  [default: all]",
)
@click.option("--rounds", type=click.IntRange(1, 99), default=5, show_default=True)
@click.option("--epochs", type=click.IntRange(2, 1000), default=60, show_default=True)
@click.option("--events", type=click.IntRange(5, 1000), default=100, show_default=True)
def app(only: tuple[str, ...], rounds: int, epochs: int, events: int) -> None:
    """Measure how the app starts, streams and trains, in Chromium on this machine.

    Linux only: it reads what processes cost in /proc. Prints Markdown, medians of the rounds. Each
    training goes on for so many epochs, each end of the long run for so many events. Leave the
    machine alone meanwhile.
    """
    rows: list[Row] = []
    for part in only or PARTS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if part == "start":
                rows += start_and_switch(folder, rounds)
            elif part == "training":
                rows += training_through_the_page(folder, rounds, epochs)
            else:
                rows += updates(folder, events)
    click.echo(f"Measured on {machine.sentence(machine.describe())}.\n")
    click.echo(markdown.table(["", "target", "measured"], [row.cells() for row in rows]))


if __name__ == "__main__":
    app()
