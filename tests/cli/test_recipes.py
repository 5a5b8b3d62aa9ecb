"""Recipes: settings from a file."""

import pytest

import nn
from nn.cli import recipes
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
    (folder / "tiny.toml").write_text(RECIPE)
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


def test_an_unknown_recipe_is_refused_with_those_there_are(cli, folder):
    result = cli("train", "--recipe", "huge")
    assert result.exit_code == 2
    assert "recipe must be one of tiny, got 'huge'" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "title = ",
        "title = 'no settings'",
        RECIPE + "learning_rate = -1",
        RECIPE + "depth = 3",
        "epochs = 3\n" + RECIPE,
        RECIPE.replace('"A small one"', "5"),
    ],
)
def test_a_broken_recipe_is_refused_with_its_file(cli, folder, text):
    (folder / "bad.toml").write_text(text)
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


@pytest.mark.parametrize("name", recipes.names())
def test_every_shipped_recipe_can_be_read(name):
    assert recipes.read(name).config.epochs > 0
