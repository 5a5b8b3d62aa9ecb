"""One program that needs NumPy alone."""

import ast
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import data
import nn
from nn.export import About, export
from nn.export.numpy_file import MARKER
from tests.nn.export.networks import (
    NETWORKS,
    SHIPPED,
    assert_same,
    convolutional,
    ensemble,
    images_for,
    only_moved,
)


def run(content: bytes, folder: Path) -> dict[str, Any]:
    path = folder / "network.py"
    path.write_bytes(content)
    return runpy.run_path(str(path))


def lines_of_code(content: bytes) -> int:
    """Those before the weights that are no blank lines, comments or docstrings."""
    text = content.decode().partition(MARKER)[0]
    words = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node)
        for line in range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    }
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in words
        for number, line in enumerate(text.splitlines(), 1)
    )


@pytest.mark.parametrize("name", NETWORKS)
def test_it_answers_as_the_network_does(name, tmp_path):
    network = NETWORKS[name]()
    images = images_for(network)
    assert_same(
        run(export(network, "numpy").content, tmp_path)["probabilities"](images), network, images
    )


def test_a_model_that_ships_reads_test_images_as_it_does_here(tmp_path):
    network, images = nn.load(SHIPPED), data.load("digits").test_images[:20] / np.float32(255)
    assert_same(
        run(export(network, "numpy").content, tmp_path)["probabilities"](images), network, images
    )


@pytest.mark.parametrize("made", [convolutional, ensemble, lambda: nn.load(SHIPPED)])
def test_a_human_can_read_it(made):
    averaging = nn.Averaging(2, 8.0)
    content = export(made(), "numpy", averaging=averaging).content
    assert 30 < lines_of_code(content) <= 60
    assert max(map(len, content.decode().partition(MARKER)[0].splitlines())) < 500


def test_shift_and_rotation_0_ask_about_the_image_alone(tmp_path):
    network = only_moved()
    text = export(network, "numpy").content.replace(
        b"SHIFT, ROTATION = 1, 0.0", b"SHIFT, ROTATION = 0, 0"
    )
    network.averaging = nn.ALONE
    images = images_for(network)
    assert_same(run(text, tmp_path)["probabilities"](images), network, images)


def test_it_reads_a_picture_without_this_project(tmp_path):
    digits = data.load("digits")
    path, network = tmp_path / "network.py", nn.load(SHIPPED)
    path.write_bytes(export(network, "numpy", averaging=nn.ALONE).content)
    Image.fromarray(255 - digits.test_images[0]).save(tmp_path / "dark on light.png")
    command = [sys.executable, "-I", str(path), "dark on light.png"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8")
    first, probability = done.stdout.split("  ")[1].split(": ")
    chances = network.predict_proba(digits.test_images[:1], averaging=nn.ALONE)[0]
    assert first == str(chances.argmax()) == str(digits.test_labels[0])
    assert float(probability.strip("%")) == pytest.approx(100 * chances.max(), abs=0.01)


def test_without_a_picture_it_says_how_it_is_used(tmp_path, monkeypatch):
    path = tmp_path / "network.py"
    path.write_bytes(export(only_moved(), "numpy").content)
    monkeypatch.setattr(sys, "argv", [str(path)])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(path), run_name="__main__")
    assert "picture.png" in str(ended.value.code)
    assert "the mean over 5 copies" in str(ended.value.code).replace("\n", " ")


def test_the_head_tells_the_averages_that_are_left_out(tmp_path):
    head = run(export(only_moved(), "numpy", averaging=nn.ALONE).content, tmp_path)["__doc__"]
    left_out = "Left out: scratch-nn itself answers with the mean over 5 copies of the image, moved"
    assert left_out in head.replace("\n", " ")
    assert max(map(len, head.splitlines())) < 100


@pytest.mark.parametrize("content", [None, b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_picture_that_cannot_be_read_is_named(content, tmp_path, monkeypatch):
    program, picture = tmp_path / "network.py", tmp_path / "nope.png"
    program.write_bytes(export(only_moved(), "numpy").content)
    if content is not None:
        picture.write_bytes(content)
    monkeypatch.setattr(sys, "argv", [str(program), str(picture)])
    with pytest.raises(SystemExit, match=r"nope\.png can't be read as a picture: "):
        runpy.run_path(str(program), run_name="__main__")


def test_words_from_a_file_are_no_code(tmp_path):
    """Whoever makes a model's file says what its classes are called."""
    evil = '"""\n"""; open("trace", "w") #\\\r\u2028\x0c{0}'
    labels = [evil, "'", "き", "\\", "5"]
    network = only_moved()
    network.metadata["labels"] = json.dumps(labels)
    content = export(network, "numpy", About(evil, evil, evil)).content
    names = run(content, tmp_path)
    assert not (tmp_path / "trace").exists()
    assert not Path("trace").exists()
    assert names["LABELS"] == ['""" """; open("trace", "w") #\\ {0}', *labels[1:]]
    assert names["ABOUT"]["name"] == names["LABELS"][0]
