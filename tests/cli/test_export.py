"""`python -m nn export`."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

import nn
from nn.export import FORMATS
from nn.export import formats as module
from nn.runs import Run, RunWriter, write_name

SHIPPED = Path(__file__).resolve().parents[2] / "models" / "small.safetensors"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """The folder of the terminal."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gets_a_file_with_its_ending(cli, here, name):
    nn.save(nn.Network.mlp([16, 3]), here / "mine.safetensors")
    result = cli("export", "mine.safetensors", "--format", name)
    assert result.exit_code == 0, result.output
    path = here / f"mine{FORMATS[name].ending}"
    assert path.stat().st_size > 100
    assert result.stdout.startswith(f"{path.name}: {FORMATS[name].title}, ")


def test_a_model_that_ships_tells_its_accuracy_and_its_averages(cli, here):
    result = cli("export", SHIPPED, "--format", "numpy", "--output", "to.py")
    for words in ("small", "MNIST", "99.45 % of 10,000 MNIST test images", "inside: "):
        assert words in result.stdout
        assert words in (here / "to.py").read_text(encoding="utf-8")


def test_json_has_no_averages_inside_nor_the_accuracy_with_them(cli, here):
    result = cli("export", SHIPPED, "--format", "json", "--output", "to.json")
    about = json.loads((here / "to.json").read_bytes())["about"]
    assert (about["name"], about["data"]) == ("small", "MNIST")
    assert "left out: " in about["averages"]
    assert "accuracy" not in about
    assert about["averages"] in result.stdout


def test_averages_can_be_left_out(cli, here):
    whole = cli("export", SHIPPED, "--format", "numpy")
    assert "inside: each answer is the mean over 27 copies" in whole.stdout
    alone = cli("export", SHIPPED, "--format", "numpy", "--alone")
    assert alone.stdout.startswith("small_alone.py: ")
    assert "accuracy  not told: that of what is in this file is not known" in alone.stdout
    assert "left out: scratch-nn itself answers with the mean over 27 copies" in alone.stdout
    assert "def copies" in (here / "small.py").read_text(encoding="utf-8")
    assert "def copies" not in (here / "small_alone.py").read_text(encoding="utf-8")


def test_predictions_of_another_model_say_nothing_of_this_one(cli, here):
    nn.save(nn.Network.mlp([16, 3]), here / "small.safetensors")
    shutil.copy(SHIPPED.with_suffix(".test_predictions.npz"), here)
    result = cli("export", "small.safetensors", "--format", "numpy")
    assert "accuracy  not told" in result.stdout


def test_a_run_is_called_what_people_call_it(cli, here, runs):
    config = nn.TrainingConfig(dataset="digits", hidden=(4,))
    with RunWriter(runs / "20261129-1", config.to_dict()) as writer:
        writer.write("started", epochs=2)
        writer.write("finished", 46, 2.0, test_accuracy=0.925, test_loss=0.25, seconds=3.0)
    network = nn.Network.mlp([784, 4, 10], metadata={"dataset": "digits"})
    nn.save(network, Run(runs / "20261129-1").model_path)
    model = runs / "20261129-1" / "model.safetensors"
    assert "network_20261129_1.py: NumPy" in cli("export", model, "--format", "numpy").stdout
    write_name(runs / "20261129-1", "mein erstes\x1b[31m ✓")
    result = cli("export", model, "--format", "numpy")
    assert result.stdout.startswith("mein_erstes_31m.py: NumPy")
    assert "\x1b" not in result.stdout
    assert "92.5 % of the test images of Small digits" in result.stdout


def test_a_folder_that_is_not_there_is_told_with_the_name_that_was_given(cli, here):
    result = cli("export", SHIPPED, "--format", "json", "--output", "nowhere/to.json")
    assert result.exit_code == 2
    reason = f"{Path('nowhere/to.json')} can't be written: there is no folder nowhere"
    assert result.stderr.endswith(f"Invalid value for --output: {reason}\n")


def test_what_is_no_model_is_refused_and_nothing_is_written(cli, here):
    (here / "evil.safetensors").write_bytes(b"\x80\x04N.")
    result = cli("export", "evil.safetensors", "--format", "numpy")
    assert result.exit_code == 2
    assert "is not a whole safetensors file" in result.stderr
    nn.save(nn.Network.mlp([4, 2]), here / "bad.safetensors")
    content = bytearray((here / "bad.safetensors").read_bytes())
    content[-4:] = np.float32(np.nan).tobytes()
    (here / "bad.safetensors").write_bytes(content)
    assert "must hold numbers" in cli("export", "bad.safetensors", "--format", "json").stderr
    assert {path.name for path in here.iterdir()} == {"evil.safetensors", "bad.safetensors"}


def test_without_onnx_one_is_told_what_to_install(cli, here, monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    nn.save(nn.Network.mlp([4, 2]), here / "mine.safetensors")
    result = cli("export", "mine.safetensors", "--format", "onnx")
    assert result.exit_code == 1
    assert "pip install -r requirements-onnx.txt" in result.stderr
    assert not (here / "mine.onnx").exists()
