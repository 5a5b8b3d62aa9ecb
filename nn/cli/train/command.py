"""`python -m nn train`: train a network into a run folder."""

import json
import math
import signal
import sys
from pathlib import Path
from typing import Any

import click

from nn.cli import targets
from nn.cli.model_file import ModelFile
from nn.cli.ranges import NumberRange
from nn.cli.train import recipes, run_folder
from nn.cli.train.control import Commands, listen
from nn.cli.train.options import given_fields, training_options
from nn.cli.train.results import summary
from nn.cli.train.training import Outcome, perform
from nn.runs import Run, RunLocked, RunWriter
from nn.training import blas_threads as blas

SIGNALLED = 128  # exit code: this plus the signal's number, as shells do


@click.command()
@training_options
@recipes.option
@click.option(
    "--from",
    "start",
    type=ModelFile(),
    help="Begin with the weights of this model, of the same layers, and not with random ones.",
    metavar="MODEL",
)
@click.option(
    "--threads",
    type=click.IntRange(1, blas.MAX_THREADS),
    help="Processor cores to use; 1 is often fastest on a busy computer.  "
    "[default: all cores; with --resume as many as before]",
)
@click.option(
    "--run",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the weights and the history.  [default: a new one in runs/]",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the unfinished run in --run DIR; with --lr from there with that rate.",
)
@click.option(
    "--max-seconds",
    type=NumberRange(min=0, min_open=True),
    default=math.inf,
    help="Stop after so long on training steps, that of before a --resume included; what it has "
    "learned is kept.  [default: no limit]",
)
@click.option("--figures", is_flag=True, help="Draw figures into the run folder at the end.")
@click.option(
    "--control",
    type=click.Choice(["stdin"]),
    help="Take commands (pause, resume, stop, set) as JSON lines on standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@click.pass_context
def train(
    context: click.Context,
    recipe: str | None,
    start: Path | None,
    threads: int | None,
    folder: Path | None,
    resume: bool,
    max_seconds: float,
    figures: bool,
    control: str | None,
    as_json: bool,
    **values: Any,
) -> None:
    """Train a network; weights and history go into a run folder.

    Ctrl-C saves everything, and --resume goes on from there as if nothing had happened. A folder
    that holds only a config.json is trained with the settings in it. With --resume, --lr is the
    rate from there on; so can one that diverged go on.
    """
    run, config, is_new = run_folder.choose(context, folder, resume, recipe, start, values)
    new_rate = (
        values["learning_rate"] if resume and "learning_rate" in given_fields(context) else None
    )
    commands = Commands()
    if control:
        listen(commands)
    threads = threads or _threads_before(run) or usable_cores()
    blas.set_threads(threads)
    try:
        with RunWriter(run.folder, None) as writer:
            outcome = perform(
                run,
                config,
                writer,
                commands,
                threads=threads,
                resume=resume,
                steered=control is not None,
                max_seconds=max_seconds,
                learning_rate=new_rate,
            )
        if figures and outcome.results:
            from nn.cli.figures.run import draw_run

            with targets.writing(run.folder):
                draw_run(run, outcome.network, outcome.dataset)
    except RunLocked as error:
        raise click.UsageError(str(error)) from error
    except click.ClickException:
        if is_new and not control:  # a program that steers it reads there what went wrong
            run_folder.forget_unless_begun(run)
        raise
    except KeyboardInterrupt:  # while loading or drawing: nothing to save
        if is_new:
            run_folder.forget_unless_begun(run)
        raise SystemExit(SIGNALLED + signal.SIGINT) from None
    if outcome.results:
        _report(run, outcome, as_json)
    elif outcome.ending == "signal":
        print(
            f"Interrupted; everything is saved. Go on with\n"
            f"    {run_folder.resume_command(run.folder)}",
            file=sys.stderr,
        )
        raise SystemExit(SIGNALLED + outcome.signal)


def _threads_before(run: Run) -> int | None:
    """With how many threads a run was trained last: with others its weights would differ."""
    for event in reversed(run.events):
        threads = event.get("threads")
        if isinstance(threads, int) and 1 <= threads <= blas.MAX_THREADS:
            return threads
    return None


def usable_cores() -> int:
    """The processor cores this process may use, as the system and a container around it allow."""
    import joblib  # slow, and not needed where --threads is given

    cores: int = joblib.cpu_count()
    return min(cores, blas.MAX_THREADS)


def _report(run: Run, outcome: Outcome, as_json: bool) -> None:
    assert outcome.results is not None
    if as_json:
        about = {
            "status": outcome.ending,
            "run": str(run.folder),
            "model": str(run.model_path),
        }
        click.echo(json.dumps(outcome.results | about))
        return
    started = run.last("started") or {}
    click.echo(summary(outcome.results, outcome.dataset, started.get("val_samples", 0)))
    click.echo(f"Model: {run_folder.shown(run.model_path)}")
