"""Recipes: settings from a file."""

import numpy as np
import pytest

import nn
from nn.cli.train import recipes
from nn.runs import Run

RECIPE = """
title = "A small one"
description = "For tests."

[training]
dataset = "digits"
hidden = [12]
epochs = 2
rotation = 10
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "recipes"
    folder.mkdir()
    (folder / "tiny.toml").write_text(RECIPE, encoding="utf-8")
    monkeypatch.setattr(recipes, "FOLDER", folder)
    return folder


def settings(folder):
    return nn.TrainingConfig.from_dict(Run(folder).config)


def test_a_recipe_is_trained_from_start_to_end(cli, folder, tmp_path):
    result = cli("train", "--recipe", "tiny", "--run", tmp_path / "r")
    assert result.exit_code == 0, result.output
    assert Run(tmp_path / "r").status == "finished"
    assert settings(tmp_path / "r") == nn.TrainingConfig(
        dataset="digits", hidden=(12,), epochs=2, rotation=10
    )


def test_options_beside_it_count(cli, folder, tmp_path):
    cli("train", "--seed", "5", "--recipe", "tiny", "--epochs", "1", "--run", tmp_path / "r")
    config = settings(tmp_path / "r")
    assert (config.hidden, config.seed, config.epochs) == ((12,), 5, 1)


UNLIKE = """
ensemble = 2
[[training.other_members]]
convolutions = [3]
epochs = 1
"""


def test_a_recipe_of_unlike_networks_is_trained(cli, folder, tmp_path):
    (folder / "unlike.toml").write_text(RECIPE + UNLIKE, encoding="utf-8")
    result = cli("train", "--recipe", "unlike", "--seed", "3", "--run", tmp_path / "r")
    assert result.exit_code == 0, result.output
    network = nn.load(Run(tmp_path / "r").model_path)
    assert nn.architecture(network) == "2 × 784-12-10 + 784-3C5-12-10"
    assert [(one.seed, one.epochs) for one in settings(tmp_path / "r").members] == [
        (3, 2),
        (4, 2),
        (5, 1),
    ]


def test_a_network_that_diverges_takes_the_finished_ones_not_with_it(cli, folder, tmp_path):
    diverging = "[[training.other_members]]\nlearning_rate = 100\nloss = 'mse'\n"
    recipe = RECIPE.replace("epochs = 2", "epochs = 4\nloss = 'mse'") + diverging
    (folder / "wild.toml").write_text(recipe, encoding="utf-8")
    result = cli("train", "--recipe", "wild", "--run", tmp_path / "r")
    assert result.exit_code == 1
    assert "network 2 of 2: training diverged" in result.stderr
    network = nn.load(Run(tmp_path / "r").model_path)
    alone = cli(
        "train", "--recipe", "tiny", "--loss", "mse", "--epochs", "4", "--run", tmp_path / "a"
    )
    assert alone.exit_code == 0
    first = nn.load(Run(tmp_path / "a").model_path)
    np.testing.assert_array_equal(
        network.named_parameters()["0.0.0.weight"], first.named_parameters()["0.weight"]
    )


def test_options_beside_it_count_for_all_networks(cli, folder, tmp_path):
    (folder / "unlike.toml").write_text(
        RECIPE + UNLIKE.replace("epochs = 1", "epochs = 4"), encoding="utf-8"
    )
    cli("train", "--recipe", "unlike", "--epochs", "1", "--val-size", "50", "--run", tmp_path / "r")
    members = settings(tmp_path / "r").members
    assert [one.epochs for one in members] == [1, 1, 1]
    assert [one.val_size for one in members] == [50, 50, 50]
    assert members[2].convolutions == (3,)


def test_an_unknown_recipe_is_refused_with_those_there_are(cli, folder):
    result = cli("train", "--recipe", "huge")
    assert result.exit_code == 2
    assert "--recipe: must be one of tiny, got 'huge'" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "title = ",
        "title = 'no settings'",
        RECIPE + "learning_rate = -1",
        RECIPE + "depth = 3",
        "epochs = 3\n" + RECIPE,
        RECIPE.replace('"A small one"', "5"),
        "title = " + "[" * 3000,
        "a" + ".a" * 2000 + " = 1",
        "a" + ".a" * 20_000 + " = 1",  # it would take seconds
        f"{RECIPE}seed = {'9' * 5000}",
    ],
)
def test_a_broken_recipe_is_refused_with_its_file(cli, folder, text):
    (folder / "bad.toml").write_text(text, encoding="utf-8")
    result = cli("train", "--recipe", "bad")
    assert result.exit_code == 2
    assert "bad.toml is no recipe" in result.stderr


def test_a_folder_is_no_recipe(cli, folder):
    (folder / "bad.toml").mkdir()
    assert "bad.toml is no recipe" in cli("train", "--recipe", "bad").stderr


def test_a_resumed_run_takes_no_recipe(cli, folder, tmp_path):
    cli("train", "--recipe", "tiny", "--run", tmp_path / "r")
    result = cli("train", "--resume", "--recipe", "tiny", "--run", tmp_path / "r")
    assert result.exit_code == 2


def test_the_shipped_models_take_little_room():
    most = {"failures": 1_500_000, "pieces": 450_000, "models": 16_000_000}
    taken = dict.fromkeys(most, 0)
    folder = recipes.FOLDER.parent
    for path in folder.rglob("*"):
        kind = path.relative_to(folder).parts[0]
        taken[kind if kind in most else "models"] += path.stat().st_size if path.is_file() else 0
    assert all(0 < taken[kind] <= room for kind, room in most.items()), taken


@pytest.mark.parametrize("name", recipes.names())
def test_every_shipped_recipe_can_be_read(name):
    assert recipes.read(name).config.epochs > 0
