"""`python -m nn predict`."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

import nn

SHIPPED = Path(__file__).resolve().parents[2] / "models" / "default.safetensors"


@pytest.fixture
def model(tmp_path):
    """A network that says "ink left" or "ink right", with weights set by hand."""
    labels = json.dumps(["left", "right"])
    network = nn.Network.mlp([784, 2], initializer="zeros", metadata={"labels": labels})
    side = np.zeros((28, 28), np.float32)
    side[:, :14], side[:, 14:] = 1, -1
    network.named_parameters()["0.weight"][...] = [side.ravel(), -side.ravel()]
    path = tmp_path / "model.safetensors"
    nn.save(network, path)
    return path


@pytest.fixture
def picture(tmp_path):
    """A dark L on white paper: heavy at the left."""
    pixels = np.full((120, 100), 255, np.uint8)
    pixels[20:100, 20:32] = 0
    pixels[88:100, 20:80] = 0
    path = tmp_path / "picture.png"
    Image.fromarray(pixels).save(path)
    return path


def test_each_file_gets_its_line(cli, model, picture, tmp_path):
    with Image.open(picture) as opened:
        opened.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(tmp_path / "mirrored.jpg")
    result = cli("predict", model, picture, tmp_path / "mirrored.jpg")
    assert result.exit_code == 0, result.output
    first, second = result.stdout.splitlines()
    # Hundreds of pixels more at the one side than at the other: a softmax as good as sure.
    assert first == f"{picture}: left (>99.9 %)"
    assert second == f"{tmp_path / 'mirrored.jpg'}: right (>99.9 %)"


def test_json_lines(cli, model, picture):
    result = cli("predict", model, picture, picture, "--json")
    first, second = map(json.loads, result.stdout.splitlines())
    assert first == second
    assert first["file"] == str(picture)
    (sign,) = first["signs"]
    assert set(sign["probabilities"]) == {"left", "right"}
    assert sum(sign["probabilities"].values()) == pytest.approx(1)
    assert sign["label"] == first["label"]
    assert first["probability"] == sign["probabilities"][first["label"]]


def test_a_network_of_digits_reads_a_number(cli, tmp_path):
    paper = Image.new("L", (460, 200), 255)
    pen = ImageDraw.Draw(paper)
    pen.line([(40, 50), (110, 50), (70, 150)], fill=0, width=14)
    pen.line([(220, 48), (220, 152)], fill=0, width=14)
    pen.line([(320, 50), (320, 110), (390, 110)], fill=0, width=14)
    pen.line([(375, 50), (375, 152)], fill=0, width=14)
    paper.save(tmp_path / "number.png")
    result = cli("predict", SHIPPED, tmp_path / "number.png", "--json")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["label"] == "714"
    assert [sign["label"] for sign in answer["signs"]] == ["7", "1", "4"]
    each = [max(sign["probabilities"].values()) for sign in answer["signs"]]
    assert answer["probability"] == pytest.approx(np.prod(each))


def test_what_was_left_out_is_told(cli, tmp_path):
    paper = Image.new("L", (600, 400), 255)
    for box in ((100, 150, 160, 250), (400, -40, 460, 60)):  # the second is cut off
        ImageDraw.Draw(paper).ellipse(box, outline=0, width=10)
    paper.save(tmp_path / "cut.png")
    result = cli("predict", SHIPPED, tmp_path / "cut.png")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{tmp_path / 'cut.png'}: 0 (")
    assert result.stderr == f"{tmp_path / 'cut.png'}: something that may be a digit is left out\n"


def test_unusable_files_are_named_and_the_others_go_on(cli, model, picture, tmp_path):
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    Image.new("L", (40, 40), 255).save(tmp_path / "empty.png")
    bad = [tmp_path / name for name in ("text.png", "empty.png", "missing.png")]
    result = cli("predict", model, *bad, picture)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 3
    for path, line in zip(bad, lines, strict=True):
        assert line.count(str(path)) == 1
    assert "empty" in lines[1]
    assert "No such file" in lines[2]


def test_at_least_one_image_is_needed(cli, model):
    assert cli("predict", model).exit_code == 2
