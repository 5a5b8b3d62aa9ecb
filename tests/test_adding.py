"""Adding a loss, an optimizer, a dataset, a page and so on takes one file and one line.

It is done here, in a copy of the project, for each kind; then the copy is used.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import adding

PROJECT = Path(__file__).resolve().parents[1]
COPIED = ("nn", "data", "ui", "pages", "models", "static", ".streamlit", "streamlit_app.py")

# What the pages of the copy offer and show; the keys are looked at below.
LOOK = """
import json
import nn
from streamlit.testing.v1 import AppTest
from nn.runs import list_runs, runs_folder
from ui.figures.run_charts import RUN_CHARTS
from ui.settings.settings import SETTINGS
from ui.shared.pages import PAGES

run = list_runs(runs_folder())[0]
figure = RUN_CHARTS["speed"].figure(run)
page = AppTest.from_file("streamlit_app.py", default_timeout=60)
page.switch_page("pages/about.py").run()
names = ("loss", "optimizer", "schedule", "activation", "initializer", "dataset")
print(json.dumps({
    "options": {name: SETTINGS[name].options for name in names},
    "menu": [page.title for page in PAGES],
    "page": [title.value for title in page.title],
    "errors": [error.value for error in page.exception],
    "chart": {"title": figure["layout"]["title"]["text"], "points": len(figure["data"][0]["x"])},
    "layers": [type(layer).__name__ for layer in nn.load(run.model_path).layers],
}))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more member in each list."""
    copy = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        if (PROJECT / name).is_dir():
            unneeded = shutil.ignore_patterns("__pycache__", "cache", "large*", "default*")
            shutil.copytree(PROJECT / name, copy / name, ignore=unneeded)
        else:
            shutil.copy(PROJECT / name, copy / name)
    for addition in adding.ALL:
        assert not (copy / addition.file).exists()
        (copy / addition.file).write_text(addition.code.lstrip(), encoding="utf-8")
        path = copy / addition.list_file
        text = path.read_text(encoding="utf-8")
        assert text.count(f"\n{addition.before}") == 1
        text = text.replace(f"\n{addition.before}", f"\n{addition.line}\n{addition.before}")
        path.write_text(text, encoding="utf-8")
    return copy


def python(project: Path, *arguments: str) -> str:
    """What the copy's Python prints."""
    environment = os.environ | {
        "SCRATCH_NN_RUNS": str(project / "runs"),
        "SCRATCH_NN_CACHE": str(project / "cache"),
        "PYTHONPATH": str(project),
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def trained(project: Path) -> dict[str, Any]:
    """What the command line says of a training with all that is new."""
    chosen = {
        "dataset": "halves",
        "loss": "absolute",
        "optimizer": "sign_sgd",
        "schedule": "linear",
        "activation": "softsign",
        "initializer": "small_normal",
    }
    options = [text for name, value in chosen.items() for text in (f"--{name}", value)]
    options += ["--hidden", "16", "--epochs", "5", "--lr", "0.01", "--json"]
    run = project / "runs" / "new"
    output = python(project, "-m", "nn", "train", *options, "--run", str(run))
    config = json.loads((run / "config.json").read_text(encoding="utf-8"))
    assert {name: config[name] for name in chosen} == chosen
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result


@pytest.fixture(scope="module")
def seen(project: Path, trained: dict[str, Any]) -> dict[str, Any]:
    """What the pages offer and show."""
    facts: dict[str, Any] = json.loads(python(project, "-c", LOOK).splitlines()[-1])
    return facts


def test_the_command_line_names_them(project: Path) -> None:
    text = " ".join(python(project, "-m", "nn", "train", "--help").split())
    for name in ("absolute", "sign_sgd", "linear", "softsign", "small_normal"):
        assert name in text.replace("- ", "")
    assert "Upper and lower halves" in python(project, "-m", "nn", "data", "list")


def test_they_train_a_network(trained: dict[str, Any]) -> None:
    assert trained["test_accuracy"] == 1


def test_its_file_opens_again(seen: dict[str, Any]) -> None:
    assert seen["layers"] == ["Linear", "Softsign", "Linear"]


@pytest.mark.parametrize(
    ("setting", "name", "title"),
    [
        ("loss", "absolute", "Mean absolute error"),
        ("optimizer", "sign_sgd", "SignSGD"),
        ("schedule", "linear", "Linear"),
        ("activation", "softsign", "Softsign"),
        ("initializer", "small_normal", "Small normal"),
        ("dataset", "halves", "Upper and lower halves"),
    ],
)
def test_the_train_page_offers_them(
    seen: dict[str, Any], setting: str, name: str, title: str
) -> None:
    assert seen["options"][setting][name] == title


def test_a_page_is_in_the_menu_and_runs(seen: dict[str, Any]) -> None:
    assert seen["menu"][-1] == "About"
    assert (seen["page"], seen["errors"]) == (["About this app"], [])


def test_a_chart_shows_a_run(seen: dict[str, Any]) -> None:
    assert seen["chart"]["title"] == "Speed"
    assert seen["chart"]["points"] > 0
