"""`python -m nn search`: look for good settings."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from nn.cli import datasets
from nn.cli.ranges import NumberRange
from nn.cli.search import report, search_folder
from nn.cli.train import recipes
from nn.cli.train.command import SIGNALLED, usable_cores
from nn.cli.train.control import Commands, listen, signals_as_commands
from nn.cli.train.options import training_options
from nn.cli.train.run_folder import shown
from nn.runs import RunLocked
from nn.search import SAMPLERS, Search, SearchWriter, remove_search
from nn.search.folder import SETTINGS
from nn.search.settings import LOSS, METRICS, MOST_TRIALS, TPE
from nn.training import blas_threads as blas


@click.command()
@click.option(
    "--param",
    multiple=True,
    metavar="NAME=VALUES",
    help="A setting to vary: learning_rate=log:0.001..0.5, dropout=0..0.5, batch_size=16..128:16 "
    "(in steps), 'hidden=64|128,64' (to choose from). Once for each setting.",
)
@click.option(
    "--trials",
    type=click.IntRange(1, MOST_TRIALS),
    help="Trainings at most.  [default: 20; of a grid, or with --minutes, as many as there are]",
)
@click.option(
    "--minutes",
    type=NumberRange(min=0, min_open=True),
    help="Time for it all: then no trial begins any more, and one that is trained ends.  "
    "[default: no limit]",
)
@click.option(
    "--sampler",
    type=click.Choice(SAMPLERS),
    default=TPE,
    show_default=True,
    help="tpe learns from the trials before, random from none, grid tries all combinations.",
)
@click.option(
    "--prune/--no-prune",
    default=True,
    help="End trials early that are in the worse half of all after an eighth of the epochs, two at "
    "least, or twice or four times as many (successive halving).  [default: prune]",
)
@click.option(
    "--metric",
    type=click.Choice(METRICS),
    default=LOSS,
    show_default=True,
    help="What is to be best on the validation images.",
)
@click.option(
    "--search-seed",
    type=int,
    default=0,
    show_default=True,
    help="Seed of which settings are tried; --seed is that of each training, the same for all.",
)
@click.option(
    "--search",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the search; one that there is goes on.  [default: a new one in runs/searches/]",
)
@click.option("--resume", is_flag=True, help="Only go on with the search in --search DIR.")
@click.option(
    "--join", is_flag=True, help="Work on the search in --search DIR beside other processes."
)
@click.option(
    "--threads",
    type=click.IntRange(1, blas.MAX_THREADS),
    help="Processor cores for a training.  [default: all cores]",
)
@click.option(
    "--dask", "address", metavar="ADDRESS", help="Train on a Dask cluster: tcp://scheduler:8786."
)
@click.option(
    "--control",
    type=click.Choice(["stdin"]),
    help="Take commands (pause, resume, stop) as JSON lines on standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@training_options
@recipes.option
@click.pass_context
def search(
    context: click.Context,
    folder: Path | None,
    resume: bool,
    join: bool,
    threads: int | None,
    address: str | None,
    control: str | None,
    as_json: bool,
    **values: Any,
) -> None:
    """Train with many settings, and say which are best on images kept back.

    Each trial is a run of its own. Ctrl-C saves everything, and the same command with
    --search DIR goes on; so it does where a process was killed. All other options are the settings
    that are the same for all trials.
    """
    is_new = folder is None or not (folder / SETTINGS).exists()
    found = search_folder.choose(context, folder, resume, join, values)
    commands = Commands()
    if control:
        listen(commands)
    try:
        with SearchWriter(found.folder, join=join) as writer, signals_as_commands(commands):
            ending, number, message = _work(found, writer, commands, threads, address, control)
    except click.ClickException:  # no data, no cluster
        if is_new and not found.events:  # nobody would go on with it
            remove_search(found.folder)
        raise
    except RunLocked as error:
        raise click.UsageError(
            f"another process works on {shown(found.folder)}; --join works beside it"
        ) from error
    except OSError as error:  # a full disk, a folder that was removed
        raise click.ClickException(f"{error}; go on with --search {shown(found.folder)}") from error
    found.refresh()
    if message:
        click.echo(message, err=True)
    if ending == "left":
        print(
            f"Interrupted; everything is saved. Go on with\n"
            f"    python -m nn search --search {shown(found.folder)} --resume",
            file=sys.stderr,
        )
        if number or message:
            raise SystemExit(SIGNALLED + number if number else 1)
        return
    click.echo(json.dumps(report.as_json(found)) if as_json else report.summary(found))
    if ending == "failed":
        raise SystemExit(1)


def _work(
    found: Search,
    writer: SearchWriter,
    commands: Commands,
    threads: int | None,
    address: str | None,
    control: str | None,
) -> tuple[str, int, str]:
    """Work on the search; returns how that ended, by which signal, and why, for people."""
    from nn.cli.search.local_place import LocalPlace
    from nn.cli.search.place import Place
    from nn.cli.search.progress import SearchBar
    from nn.cli.search.work import Work

    place: Place
    if address is not None:
        from nn.cli.search.cluster import open_cluster

        place = open_cluster(address, lambda text: click.echo(text, err=True))
    else:
        threads = threads or usable_cores()
        blas.set_threads(threads)
        dataset = datasets.load_dataset(found.settings.base.dataset, fetch=not control)
        place = LocalPlace(dataset, threads)
    try:
        with SearchBar(found, quiet=control is not None) as bar:
            work = Work(found, writer, place, commands, bar)
            return work.run(), work.signal, work.message
    finally:
        place.close()
