"""The table of the shipped models' accuracy, and where its strokes come from."""

import numpy as np
import pytest
from click.testing import CliRunner

import nn
from benchmarks import accuracy, strokes


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A folder with one untrained network, and no data on this computer."""
    folder = tmp_path / "models"
    folder.mkdir()
    nn.save(nn.Network.mlp([784, 10]), folder / "tiny.safetensors")
    monkeypatch.setattr(accuracy, "MODELS", folder)
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path))
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(tmp_path / "cache"))
    return folder


def write_strokes(folder):
    """Two digits: a 1 of one stroke, and a 4 of two."""
    one = [[0, 0], [0, 10_000]]
    four = [[0, 0], [0, 5000], [8000, 5000], [6000, 2000], [6000, 10_000]]
    np.savez(
        folder / strokes.FILE,
        points=np.array(one + four, np.int16),
        stroke_offsets=[0, 2, 5, 7],
        digit_offsets=[0, 1, 3],
        labels=np.array([1, 4], np.uint8),
    )


def test_says_what_is_missing(models):
    result = CliRunner().invoke(accuracy.accuracy)
    assert result.exit_code == 0
    assert "| tiny | 784-10 | 7,850 | – |" in result.output
    assert "MNIST is not on this computer" in result.output
    assert "There are no pen strokes" in result.output


def test_a_score_counts_right_answers():
    network = nn.Network.mlp([4, 2], initializer="zeros")
    network.named_parameters()["0.bias"][1] = np.log(3)  # says 1, with 75 %
    score = accuracy.score(network, np.zeros((8, 2, 2)), np.array([1, 1, 1, 1, 1, 0, 0, 0]))
    assert (score.right, score.count) == (5, 8)
    assert score.calibration_error == pytest.approx(0.75 - 5 / 8)


@pytest.mark.parametrize("shift", [0, 1])
def test_both_ways_to_answer_are_measured_and_the_own_one_marked(shift):
    network = nn.Network.mlp([9, 2], initializer="zeros", averaging=nn.Averaging(shift))
    network.named_parameters()["0.weight"][1, 0] = 5  # says 1 if the first pixel is above 0.3
    network.named_parameters()["0.bias"][0] = 1.5
    images = np.zeros((4, 3, 3))
    images[:3, 0, 0], images[3, 0, :2] = 0.5, 1  # with its neighbours a fifth, two fifths
    score = accuracy.score(network, images, np.array([1, 1, 0, 1]))
    assert (score.alone, score.right) == (3, 2 if shift else 3)
    alone, own = score.texts
    assert alone == "75.00%"
    assert own.startswith("**50.00%** (" if shift else "**75.00%** (")


def test_strokes_become_images_with_their_labels(tmp_path, monkeypatch):
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path))
    write_strokes(tmp_path)
    drawings = strokes.load()
    assert drawings is not None
    assert drawings.labels.tolist() == [1, 4]
    assert drawings.images.shape == (2, 28, 28)
    one, four = drawings.images
    assert one.any(axis=0).sum() <= 4  # an upright stroke
    assert four.any(axis=0).sum() > 10


def test_strokes_lie_within_the_canvas():
    rng = np.random.default_rng(0)
    digit = [np.array([[0.0, 0.0], [3000.0, 10_000.0]])]
    for _ in range(50):
        placed, pen_width = strokes.place(digit, rng)
        assert 8 <= pen_width <= 28
        assert 110 <= np.ptp(placed[0], axis=0).max() <= 240
        assert placed[0].min() >= pen_width / 2
        assert placed[0].max() <= 280 - pen_width / 2
