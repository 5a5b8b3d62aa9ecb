"""`python -m benchmarks.speed`: measure, and print tables for the README."""

import json
import tempfile
from pathlib import Path

import click

from benchmarks import machine
from benchmarks.child import PROJECT
from benchmarks.competition import Settings
from benchmarks.pictures import with_machine
from benchmarks.screenshot import write_pictures
from benchmarks.sections import Section
from benchmarks.sections.augmentation import augmentation
from benchmarks.sections.classic import classic
from benchmarks.sections.inference import inference
from benchmarks.sections.playground import playground_section
from benchmarks.sections.scaling import scaling
from benchmarks.sections.training import convolutional, training, wide
from benchmarks.sections.views import views

RESULTS = PROJECT / "benchmarks" / "results"
PICTURES = PROJECT / "docs"

SECTIONS = {
    "training": training,
    "wide": wide,
    "convolutional": convolutional,
    "inference": inference,
    "classic": classic,
    "augmentation": augmentation,
    "scaling": scaling,
    "views": views,
    "playground": playground_section,
}


@click.command()
@click.option(
    "--only",
    type=click.Choice(list(SECTIONS)),
    multiple=True,
    help="Measure only this part; may be given several times.  [default: all]",
)
@click.option("--rounds", type=click.IntRange(1, 99), default=5, show_default=True)
@click.option("--quick", is_flag=True, help="Only see whether it runs: the figures mean nothing.")
def speed(only: tuple[str, ...], rounds: int, quick: bool) -> None:
    """Measure how fast scratch-nn is beside PyTorch and scikit-learn, on this machine.

    Prints Markdown; all figures go into benchmarks/results/, pictures into docs/ (with --quick
    both into benchmarks/results/quick/). Leave the machine alone meanwhile.
    """
    results, pictures = (RESULTS / "quick",) * 2 if quick else (RESULTS, PICTURES)
    results.mkdir(parents=True, exist_ok=True)
    described = machine.describe()
    click.echo(f"Measured on {machine.sentence(described)}.")
    for name in only or SECTIONS:
        # Not in the system's folder for such files: where that lies in memory, what is mapped from
        # there can't be told from what a process has made itself.
        with tempfile.TemporaryDirectory(dir=results, prefix="images-") as folder:
            settings = Settings(
                rounds=1 if quick else rounds,
                cores=described["cores"],
                folder=Path(folder),
                quick=quick,
            )
            section = SECTIONS[name](settings)
        click.echo(f"\n## {section.title}\n\n{section.text}")
        file = results / f"{name}.json"
        file.write_text(
            json.dumps({"machine": described, **section.raw}, indent=1) + "\n", encoding="utf-8"
        )
        _draw(section, machine.sentence(described), pictures)


def _draw(section: Section, sentence: str, folder: Path) -> None:
    figures = {
        folder / f"{name}.png": with_machine(figure, sentence)
        for name, figure in section.pictures.items()
    }
    if figures:
        problem = write_pictures(figures)
        for path in figures:
            outcome = f"not drawn: {problem}" if problem else "drawn"
            click.echo(f"  {path.relative_to(PROJECT)}: {outcome}", err=True)


if __name__ == "__main__":
    speed()
