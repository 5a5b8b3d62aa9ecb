"""`python -m benchmarks.release NAME`: make a shipped model from its recipe, and its model card.

Trains the recipe once for each seed (what is trained already is not trained again, what was
interrupted goes on), ships the network of the first seed as float16, and writes down what all of
them are worth.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np

import data
import nn
from benchmarks import answering, machine, strokes
from benchmarks.accuracy import MODELS, Score, milliseconds, mnist_if_here, score
from benchmarks.child import PROJECT
from benchmarks.markdown import table
from data.saved_predictions import predictions_path
from nn.cli.evaluate import save_predictions
from nn.cli.train import recipes
from nn.runs import Run, runs_folder
from nn.training.config import TrainingConfig


@dataclass(frozen=True)
class Trained:
    """A recipe trained with one seed, and what came of it."""

    seed: int
    run: Run
    network: nn.Network
    test: Score
    drawn: Score
    chosen: answering.Choice
    """Why it answers averaged or alone."""

    @property
    def seconds(self) -> float:
        return float((self.run.last("finished") or {})["seconds"])


@click.command()
@click.argument("name", type=click.Choice(recipes.names()))
@click.option("--seeds", type=click.IntRange(1, 20), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=2, show_default=True)
def release(name: str, seeds: int, threads: int) -> None:
    """Train the recipe NAME with seeds 0, 1, ... and write the model of seed 0 to models/."""
    mnist, drawings = mnist_if_here(), strokes.load()
    if mnist is None or drawings is None:
        raise click.UsageError(f"MNIST and {strokes.FILE} are needed, in SCRATCH_NN_DATA")
    recipe = recipes.read(name)
    config = recipe.config
    if config.dataset != "mnist" or config.keep_best or not config.val_size:
        raise click.UsageError(
            "a shipped model learns from mnist, keeps images back, and ends with its last weights"
        )
    runs = [train(name, recipe, seed, threads) for seed in range(seeds)]
    trained = [judge(seed, run, mnist, drawings) for seed, run in enumerate(runs)]
    path = MODELS / f"{name}.safetensors"
    nn.save(trained[0].network, path, np.float16)
    shipped = nn.load(path)
    probabilities = shipped.predict_proba(mnist.test_images)
    save_predictions(predictions_path(path), probabilities, mnist.test_labels, path)
    changed = probabilities.argmax(1) != trained[0].network.predict(mnist.test_images)
    text = card(recipe, name, trained, path, int(np.count_nonzero(changed)))
    path.with_suffix(".md").write_text(text, encoding="utf-8")
    click.echo(text)


def train(name: str, recipe: recipes.Recipe, seed: int, threads: int) -> Run:
    """The finished run of a recipe with this seed; UsageError for one of other settings."""
    folder = runs_folder() / f"{name}-seed-{seed}"
    began = folder.exists()
    if began and TrainingConfig.from_dict(Run(folder).config) != replace(recipe.config, seed=seed):
        raise click.UsageError(f"{folder} is not of this recipe: move it away, or take it back")
    if not began or Run(folder).status != "finished":
        what = ["--resume"] if began else ["--recipe", name, "--seed", str(seed)]
        command = [sys.executable, "-m", "nn", "train", *what, "--run", str(folder)]
        subprocess.run([*command, "--threads", str(threads)], cwd=PROJECT, check=True)
    return Run(folder)


def judge(seed: int, run: Run, mnist: data.Dataset, drawings: strokes.Drawings) -> Trained:
    """What a finished run's network is worth."""
    network = nn.load(run.model_path)
    chosen = answering.choose(network, *answering.kept_back(mnist, run.config["val_size"]))
    return Trained(
        seed=seed,
        run=run,
        network=network,
        test=score(network, mnist.test_images, mnist.test_labels),
        drawn=score(network, drawings.images, drawings.labels),
        chosen=chosen,
    )


def card(
    recipe: recipes.Recipe, name: str, trained: Sequence[Trained], path: Path, changed: int
) -> str:
    """The model card, Markdown."""
    first = trained[0]
    network = first.network
    rows = [
        [
            str(one.seed),
            *one.test.texts,
            *one.drawn.texts,
            f"{one.test.calibration_error:.2%}",
            f"{one.drawn.calibration_error:.2%}",
            f"{one.seconds / 60:.1f}",
        ]
        for one in trained
    ]
    head = (
        "seed",
        "MNIST test, image alone",
        "as it answers",
        "strokes, image alone",
        "as it answers",
        "calibration error, MNIST",
        "calibration error, strokes",
        "minutes of training, the machine shared",
    )
    return f"""# {recipe.title}

{recipe.description}

| | |
| --- | --- |
| network | {nn.architecture(network)}, {network.num_parameters:,} parameters |
| recipe | [recipes/{name}.toml](recipes/{name}.toml): `python -m nn train --recipe {name}` |
| data | MNIST's training images, distorted at random; {_held_back(recipe)} |
| file | {path.name}, float16, {path.stat().st_size / 1e6:.2f} MB; the rounding changes \
{changed} of 10,000 answers |
| speed | {milliseconds(network):.2f} ms for one digit |
| temperature | {network.temperature:.3f} |

{table(head, rows)}

The file holds the network of seed {first.seed}. {_which(trained)}: \
**{_mean([one.test for one in trained])}** of MNIST's test images and \
**{_mean([one.drawn for one in trained])}** of the strokes are read right. In bold stands how \
this model answers: {_answers(network)}; in brackets stands \
where its true accuracy lies with 95 % certainty. {first.chosen} \
Strokes are {first.drawn.count:,} digits that people drew with a pen (UNIPEN), redrawn as on the \
Draw page; nothing was trained on them, and settings were chosen by the images kept back. The \
calibration error says how far the stated probability is from the share of right answers.

Measured on {machine.sentence(machine.describe())}, by `python -m benchmarks.release {name} \
--seeds {len(trained)}`.

For reading single handwritten digits 0 to 9. It has seen no letters or other signs and must take \
them for a digit; unusual ways of writing it may read wrong.
"""


def _held_back(recipe: recipes.Recipe) -> str:
    return f"{recipe.config.val_size:,} of them kept back for calibration"


def _answers(network: nn.Network) -> str:
    if not network.averaging:
        return "from the image alone"
    return f"with the mean over copies of the image {network.averaging}"


def _which(trained: Sequence[Trained]) -> str:
    """What the accuracies in the text of the card belong to."""
    one = "Weights of the last epoch"
    return one if len(trained) == 1 else f"Mean of {len(trained)} trainings, {one.lower()}"


def _mean(scores: Sequence[Score]) -> str:
    return f"{np.mean([one.right / one.count for one in scores]):.2%}"


if __name__ == "__main__":
    release()
