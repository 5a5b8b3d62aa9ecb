"""What comes by an address, and by the command line."""

import os
from pathlib import Path
from random import Random
from unittest.mock import patch

import click
from click.testing import CliRunner

import nn
from nn.cli import main
from nn.cli.train import command as train_command
from nn.cli.train import control
from tests.stress.fuzz.campaign import Trial
from tests.stress.fuzz.mutations import TEXTS, as_json, changed_text, changed_value
from ui.inside import drawing_link
from ui.playground import setup_address, tensorflow_address
from ui.playground.lessons.link import packed
from ui.playground.lessons.shipped import NAMES, lesson_of
from ui.playground.setup import Setup
from ui.settings.settings import SETTINGS
from ui.shared.url_text import plain, plain_with_formulas, quote
from ui.shared.whole_number import whole_number

_POINTS = "2.20.20." + "A" * 160
_TENSORFLOW = (
    "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=circle&regDataset="
    "reg-plane&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.5&"
    "showTestData=false&discretize=false&percTrainData=50&x=true&y=true&problem=classification"
)
_TEXTS_OF_FORMULAS = ("sin(x1) x2", "x1^2 + x2^2 - 9", "1 / (x1 - x1)", "exp(exp(x1 9))")


def urls(folder: Path) -> Trial:
    """Parameters of addresses, as the pages read them."""
    del folder
    seeds = {name: text for name, text in setup_address.written(Setup()).items() if text}
    seeds |= {"own": _POINTS, "formula": _TEXTS_OF_FORMULAS[0], "compare": "1", "b_layers": "3,2"}
    lesson = packed(lesson_of(NAMES[0]))
    trials = (_settings, _playground, _tensorflow, _small)

    def trial(rng: Random) -> None:
        rng.choice(trials)(rng, seeds, lesson)

    return trial


def _settings(rng: Random, seeds: dict[str, str], lesson: str) -> None:
    """Those of a training: what is not allowed is told by a ValueError each."""
    del seeds, lesson
    values = {}
    for field in rng.sample(list(SETTINGS), 4):
        setting = SETTINGS[field]
        default = nn.TrainingConfig().to_dict()[field]
        try:
            values[field] = setting.url_text(changed_text(rng, str(default)))
        except ValueError as refused:
            quote(str(refused))


def _playground(rng: Random, seeds: dict[str, str], lesson: str) -> None:
    given = {name: text for name, text in seeds.items() if rng.random() < 0.5}
    names = [*seeds, *setup_address.NAMES]
    for name in rng.sample(names, rng.randint(1, 4)):
        given[name] = changed_text(rng, seeds.get(name, "5"))
    if rng.random() < 0.3:
        given["data"] = rng.choice(("side", "heights", "own", "spiral"))
        formula = rng.choice(_TEXTS_OF_FORMULAS)
        given["formula"] = formula if rng.random() < 0.3 else changed_text(rng, formula)
    setup, notices = setup_address.read(given.get)
    again, _ = setup_address.read(
        {name: text for name, text in setup_address.written(setup).items() if text}.get
    )
    assert again == setup
    assert all(len(notice) < 1000 for notice in notices)
    if rng.random() < 0.05:
        lesson_of(changed_text(rng, lesson))


def _tensorflow(rng: Random, seeds: dict[str, str], lesson: str) -> None:
    del seeds, lesson
    tensorflow_address.from_address(changed_text(rng, _TENSORFLOW))


def _small(rng: Random, seeds: dict[str, str], lesson: str) -> None:
    del lesson
    text = changed_text(rng, rng.choice((*TEXTS, *seeds.values())))
    for show in (quote, plain, plain_with_formulas):
        assert len(show(text)) < 5000
    number = whole_number(text)
    assert number is None or 0 <= number < 10**15
    drawing_link.from_text(text)


def command_lines(folder: Path) -> Trial:
    """Arguments of commands, and lines that steer a training; nothing is trained."""
    os.chdir(folder)  # where a relative --run goes
    nn.save(nn.Network.mlp([784, 4, 10]), folder / "model")
    (folder / "torn").write_bytes((folder / "model").read_bytes()[:500])
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "points.csv").write_text("1,2,a\n2,1,b\n", encoding="utf-8")
    files = [*folder.iterdir(), folder, folder / "none"]
    steering = [
        {"command": "pause"},
        {"command": "set", "name": "learning_rate", "value": 0.1},
    ]
    values = ["0", "1", "0.5", "3", "64", "adam", "mnist", "digits", "relu", "128,64", "small"]

    def trial(rng: Random) -> None:
        if rng.random() < 0.2:
            control.parse(as_json(changed_value(rng, rng.choice(steering))))
            return
        name = rng.choice(("train", "train", "evaluate", "predict", "plane", ""))
        arguments = [name, *_arguments(rng, name, values, files)]
        with (
            patch.object(train_command, "perform", _trains),
            patch.object(train_command.blas, "set_threads", lambda threads: None),
            patch.dict("os.environ", {"SCRATCH_NN_RUNS": str(folder / "runs")}),
            patch("nn.cli.plane._perform", lambda *_: None),
            patch("nn.cli.evaluate._text", lambda *_: "evaluated"),
        ):
            result = CliRunner().invoke(main, arguments)
        error = result.exception
        if error is not None and not isinstance(error, SystemExit):
            raise error
        if result.exit_code not in (0, 1, 2):
            raise AssertionError(f"exit code {result.exit_code}")

    return trial


def _trains(*_: object, **__: object) -> object:
    raise click.ClickException("it would train now")


def _arguments(rng: Random, name: str, values: list[str], files: list[Path]) -> list[str]:
    command = main.commands.get(name)
    options = (
        []
        if command is None
        else [one for parameter in command.params for one in parameter.opts if one.startswith("--")]
    )
    arguments = []
    for _ in range(rng.randint(0, 4)):
        if options and rng.random() < 0.8:
            option = rng.choice(options)
            if option in ("--figures", "--predictions") and name == "evaluate":
                continue
            arguments.append(option if rng.random() < 0.95 else changed_text(rng, option))
        what = rng.random()
        if what < 0.2:
            arguments.append(str(rng.choice(files)))
        elif what < 0.9:
            text = rng.choice(values)
            arguments.append(text if rng.random() < 0.4 else changed_text(rng, text))
    return [one for one in arguments if "\x00" not in one and one.isprintable()]
