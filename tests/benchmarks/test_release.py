"""Making a shipped model and its card from a recipe."""

import subprocess
from dataclasses import replace

import click
import pytest

import nn
from benchmarks import answering, machine, release
from benchmarks.accuracy import Score
from nn.cli.train.recipes import Recipe
from nn.runs import RunWriter, runs_folder, write_config

CHOICE = answering.Choice(
    answering.Answering(nn.Averaging(1), 0.02, 9), answering.Answering(nn.ALONE, 0.03, 8), 2000
)
RECIPE = Recipe("A tiny network", "For tests.", nn.TrainingConfig(val_size=2000))


@pytest.fixture(autouse=True)
def runs(tmp_path, monkeypatch):
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path))


@pytest.fixture
def commands(monkeypatch):
    """The commands that would have been run."""
    given = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: given.append(command[3:]))
    return given


def a_run(name, *events):
    folder = runs_folder() / name
    write_config(folder, replace(RECIPE.config, seed=int(name[-1])).to_dict())
    with RunWriter(folder, None) as writer:
        for event, fields in events:
            writer.write(event, step=1, epoch=1.0, **fields)
    return folder


def test_what_is_trained_is_not_trained_again(commands):
    folder = a_run("tiny-seed-1", ("finished", {"seconds": 60.0}))
    assert release.train("tiny", RECIPE, 1, threads=2).folder == folder
    assert commands == []


def test_what_was_interrupted_goes_on(commands):
    folder = a_run("tiny-seed-1", ("started", {}))
    release.train("tiny", RECIPE, 1, threads=2)
    assert commands == [["train", "--resume", "--run", str(folder), "--threads", "2"]]


def test_a_run_of_other_settings_is_not_taken_for_the_recipes(commands):
    a_run("tiny-seed-1", ("finished", {"seconds": 60.0}))
    other = replace(RECIPE, config=replace(RECIPE.config, epochs=7))
    with pytest.raises(click.UsageError, match="tiny-seed-1 is not of this recipe"):
        release.train("tiny", other, 1, threads=2)
    assert commands == []


def test_another_seed_is_trained_from_the_recipe(commands, monkeypatch):
    monkeypatch.setattr(release, "Run", lambda folder: folder)
    folder = release.train("tiny", RECIPE, 7, threads=1)
    recipe = ["--recipe", "tiny", "--seed", "7"]
    assert commands == [["train", *recipe, "--run", str(folder), "--threads", "1"]]


def test_the_card_has_a_line_for_each_seed_and_the_mean(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "describe", dict)
    monkeypatch.setattr(machine, "sentence", lambda _: "a machine")
    path = tmp_path / "tiny.safetensors"
    network = nn.Network.mlp([784, 10])
    nn.save(network, path)
    trained = []
    for seed, right in enumerate((990, 980)):
        folder = a_run(f"tiny-seed-{seed}", ("finished", {"seconds": 90.0}))
        score = Score(right - 20, right, 1000, 0.0123)
        trained.append(release.Trained(seed, release.Run(folder), network, score, score, CHOICE))
    text = release.card(RECIPE, "tiny", trained, path, changed=3)
    assert text.startswith("# A tiny network\n\nFor tests.\n")
    assert "**98.50%** of MNIST's test images" in text
    assert "2,000 of them kept back for calibration" in text
    assert "changes 3 of 10,000 answers" in text
    lines = [line for line in text.splitlines() if line.startswith(("| 0 |", "| 1 |"))]
    assert [line.split(" | ")[1:3] for line in lines] == [
        ["97.00%", "**99.00%** (98.17% to 99.46%)"],
        ["96.00%", "**98.00%** (96.93% to 98.70%)"],
    ]
    assert all(line.endswith("| 1.23% | 1.23% | 1.5 |") for line in lines)
    assert "2,000 images kept back decided that it answers averaged: loss 0.0200 and 9" in text
