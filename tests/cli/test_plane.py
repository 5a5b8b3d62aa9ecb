"""`python -m nn plane`."""

import json

import pytest

from data.plane import make_points, split
from nn.plane import PlaneConfig, PlaneTraining
from nn.plane.good_setups import GOOD_SETUPS


def told(result):
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def trained(config, data, epochs, noise=0.0, count=500, share=0.5, seed=0):
    """What the library says after so many epochs."""
    train, test = split(make_points(data, count, noise, seed), share, seed)
    training = PlaneTraining(config, (train.x, train.targets), (test.x, test.targets))
    training.train(epochs * training.steps_per_epoch)
    return training.snapshot()


def test_the_numbers_are_those_of_the_library(cli):
    lines = told(cli("plane", "--epochs", 45, "--json"))
    assert [line["epoch"] for line in lines] == [*range(0, 45, 2), 45]
    expected = trained(PlaneConfig(), "circle", 45)
    for name in ("step", "epoch", "train_loss", "test_loss", "train_score", "test_score"):
        assert lines[-1][name] == getattr(expected, name)


def test_every_setting(cli):
    options = """--data spiral --points 300 --noise 0.1 --share 0.7 --points-seed 3
        --inputs x1,sin_x2 --hidden 5,3 --activations relu,gelu --initializer he_normal
        --init-scale 2 --loss cross_entropy --optimizer sgd --momentum 0.5 --lr 0.01 --l1 0.001
        --l2 0.01 --batch-size 7 --seed 4 --epochs 3 --json"""
    config = PlaneConfig(
        inputs=("x1", "sin_x2"),
        hidden=(5, 3),
        activations=("relu", "gelu"),
        initializer="he_normal",
        init_scale=2,
        loss="cross_entropy",
        momentum=0.5,
        learning_rate=0.01,
        l1=0.001,
        l2=0.01,
        batch_size=7,
        seed=4,
    )
    expected = trained(config, "spiral", 3, 0.1, 300, 0.7, seed=3)
    assert told(cli("plane", *options.split()))[-1]["test_loss"] == expected.test_loss


def test_a_good_set_up_with_something_else(cli):
    lines = told(cli("plane", "--data", "three_blobs", "--good", "--seed", 2, "--json"))
    fields = vars(GOOD_SETUPS["three_blobs"]) | {"seed": 2}
    assert lines[-1]["test_loss"] == trained(PlaneConfig(**fields), "three_blobs", 100).test_loss


def test_one_activation_is_for_all_layers(cli):
    one = told(cli("plane", "--hidden", "3,3,3", "--activations", "relu", "--epochs", 1, "--json"))
    all_three = ("--hidden", "3,3,3", "--activations", "relu,relu,relu", "--epochs", 1, "--json")
    assert one == told(cli("plane", *all_three))
    assert told(cli("plane", "--hidden", "", "--epochs", 1, "--json"))


def test_lines_for_people(cli):
    result = cli("plane", "--epochs", 5)
    assert result.exit_code == 0
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("epoch     0   training loss 0.")
    assert last.startswith("epoch     5   training loss 0.")
    assert "   accuracy 0." in last
    assert "   R² " in cli("plane", "--data", "plane", "--epochs", 1).stdout


def test_points_of_a_file(cli, tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("x,y,kind\n" + "1,2,a\n-1,3,b\n" * 20, encoding="utf-8")
    result = cli("plane", "--csv", file, "--epochs", 30, "--json")
    assert json.loads(result.stdout.splitlines()[-1])["test_score"] == 1
    assert "Two classes: a is -1, b is +1." in result.stderr
    file.write_text("1,2,a\n1,b\n", encoding="utf-8")
    result = cli("plane", "--csv", file)
    assert result.exit_code == 2
    assert "Invalid value for --csv: " in result.stderr
    assert result.stderr.endswith("row 2: must hold x, y and label, got '1,b'\n")
    file.write_text("1,b\n" * 500, encoding="utf-8")
    told = cli("plane", "--csv", file).stderr
    assert "row 10: must hold" in told
    assert "row 11" not in told
    assert told.endswith("\nand more such rows\n")
    file.write_bytes(b"\xff")
    assert "points.csv is not text in UTF-8" in cli("plane", "--csv", file).stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--data disc", "--data: must be one of circle, xor"),
        ("--data disc --formula x1", "--data: must be one of circle, xor"),
        ("--points 5", "--points: must be from 20 to 2000, got 5"),
        ("--noise 3", "--noise: must be in [0, 0.5], got 3"),
        ("--share nan", "'--share': 'nan' is no number"),
        ("--hidden 40", "--hidden: hidden[0] must be a whole number from 1 to 16, got 40"),
        ("--activations sin", "--activations: activations[0] must be one of relu"),
        ("--lr 100", "--lr: must be a number in [1e-05, 10], got 100"),
        ("--data plane --loss cross_entropy", "--loss: must be one of squared"),
        ("--data heights --formula x1+", "--formula: expected a number"),
        (
            "--data xor --formula x1",
            "--formula: must be for --data side and heights, got --data xor",
        ),
    ],
)
def test_what_makes_no_sense_is_said_with_its_option(cli, options, message):
    result = cli("plane", *options.split())
    assert result.exit_code == 2
    assert f"Invalid value for {message}" in result.stderr


def test_weights_that_are_no_numbers_any_more_are_said(cli):
    result = cli("plane", *["--data", "plane", "--lr", "10", "--activations", "relu"])
    assert result.exit_code == 1
    assert "made the weights NaN" in result.stderr
