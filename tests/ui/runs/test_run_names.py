"""The names of runs in lists: they pass for nothing of the app's own."""

from pathlib import Path

import pytest

from nn import runs
from ui.runs.run_names import RESERVED, name_run, shown_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Deep and wide", "Deep and wide"),
        ("x" * 100, "x" * runs.MAX_NAME),
        ("Yours: deep", "deep"),
        ("yours： Yours: deep", "deep"),
        ("Yo\u200burs: deep", "deep"),
        ("deep · 99.9 % • MNIST", "deep 99.9 % MNIST"),
        ("”small” | large", "small large"),
        ("small and wide", "small and wide"),
        ("Yourself", "Yourself"),
    ],
)
def test_a_name_has_nothing_of_what_lists_put_around_it(
    tmp_path: Path, given: str, shown: str
) -> None:
    runs.write_config(tmp_path / "r", {})
    name_run(tmp_path / "r", given)
    assert shown_name(runs.Run(tmp_path / "r")) == shown
    runs.write_name(tmp_path / "r", given)  # whoever wrote it
    assert shown_name(runs.Run(tmp_path / "r")) == shown


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
def test_no_run_is_called_like_a_model_of_the_project(tmp_path: Path, name: str) -> None:
    runs.write_config(tmp_path / "r", {})
    with pytest.raises(ValueError, match="too like a model that is here already"):
        name_run(tmp_path / "r", name)
    (tmp_path / "r" / "name.txt").write_text(name, encoding="utf-8")
    assert shown_name(runs.Run(tmp_path / "r")) == ""


def test_the_models_of_the_project_are_known() -> None:
    shipped = Path(__file__).resolve().parents[3] / "models"
    assert {path.stem for path in shipped.glob("*.safetensors")} == RESERVED
