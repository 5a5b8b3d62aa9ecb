"""A run's name: kept in its folder, short, in one line."""

from pathlib import Path

import pytest

from nn import runs
from nn.runs.run_name import RESERVED


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Deep and wide", "Deep and wide"),
        ("  two\n lines\t", "two lines"),
        ("x" * 100, "x" * runs.MAX_NAME),
        ("Zoë 数字 🎉", "Zoë 数字 🎉"),
        ("a\x00b\u202ec\u200b", "abc"),
        ("<b>*`$", "<b>*`$"),
        (" \n", ""),
        ("Yours: deep", "deep"),
        ("yours： Yours: deep", "deep"),
        ("deep · 99.9 % • MNIST", "deep 99.9 % MNIST"),
        ("”small” | large", "small large"),
        ("small and wide", "small and wide"),
        ("Yourself", "Yourself"),
    ],
)
def test_a_name_is_one_short_line(folder, given, kept):
    runs.write_config(folder, {})
    runs.write_name(folder, given)
    assert runs.Run(folder).name == kept


@pytest.mark.parametrize(
    "name",
    [
        "small",
        "Default",
        " LARGE ",
        "small · 99.1 % · MNIST · 784-16-10",
        "ｓmall!",
        "Yours: small",
    ],
)
def test_no_run_is_called_like_a_model_of_the_project(folder, name):
    runs.write_config(folder, {})
    with pytest.raises(ValueError, match="too like a model that is here already"):
        runs.write_name(folder, name)
    (folder / "name.txt").write_text(name, encoding="utf-8")
    assert runs.Run(folder).name == ""


def test_the_models_of_the_project_are_known():
    shipped = Path(__file__).resolve().parents[3] / "models"
    assert {path.stem for path in shipped.glob("*.safetensors")} == RESERVED


def test_a_run_is_named_anew_and_not_at_all(folder):
    runs.write_config(folder, {})
    run = runs.Run(folder)
    assert run.name == ""
    runs.write_name(folder, "first")
    runs.write_name(folder, "second")
    assert run.name == "second"
    runs.write_name(folder, "")
    assert run.name == ""
    runs.write_name(folder, "")


def test_what_is_no_text_is_no_name(folder):
    runs.write_config(folder, {})
    (folder / "name.txt").write_bytes(b"\xff\xfe" * 1000)
    assert runs.Run(folder).name == ""
    (folder / "name.txt").write_bytes(("é" * 1000).encode())
    assert runs.Run(folder).name == "é" * runs.MAX_NAME
