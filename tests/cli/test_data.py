"""`python -m nn data`, and what the commands do when a dataset is missing."""

import pytest

import data
import nn
from nn.runs import Run, write_config


@pytest.fixture
def no_data(monkeypatch, tmp_path):
    """A machine with nothing but the embedded dataset."""
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SCRATCH_NN_DATA", raising=False)


def test_list_shows_every_dataset(cli, no_data):
    lines = cli("data", "list").stdout.splitlines()
    assert len(lines) == 1 + len(data.DATASETS)
    rows = {line.split()[0]: line for line in lines[1:]}
    assert set(rows) == set(data.DATASETS)
    assert "60,000" in rows["mnist"]
    assert f"no ({data.DATASETS['mnist'].megabytes:g} MB)" in rows["mnist"]
    assert data.DATASETS["mnist"].licence in rows["mnist"]
    assert " yes " in rows["digits"]


def test_fetch(cli, no_data, monkeypatch):
    fetched = []

    def download(name, on_progress):
        on_progress({"done": 1, "total": 2})
        fetched.append(name)

    monkeypatch.setattr(data, "download", download)
    result = cli("data", "fetch", "usps")
    assert result.exit_code == 0, result.output
    assert fetched == ["usps"]
    assert "USPS" in result.stdout


def test_fetch_what_is_there_or_unknown(cli, no_data):
    assert "already" in cli("data", "fetch", "digits").stdout
    result = cli("data", "fetch", "cats")
    assert result.exit_code == 2
    assert "fashion_mnist" in result.stderr


def test_fetch_replaces_damaged_files(cli, no_data, monkeypatch, tmp_path, mnist_folder):
    for path in next(mnist_folder.rglob("t10k-labels-idx1-ubyte*")).parent.glob("*-ubyte*"):
        content = bytearray(path.read_bytes())
        content[-9] ^= "train-images" in path.name  # one bit
        (tmp_path / path.name).write_bytes(content)
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path))
    fetched = []
    monkeypatch.setattr(data, "download", lambda name, on_progress: fetched.append(name))
    result = cli("data", "fetch", "mnist")
    assert result.exit_code == 0, result.output
    assert fetched == ["mnist"]
    assert "here now" in result.stdout
    assert "no (11.6 MB)" in cli("data", "list").stdout


def no_network(name, on_progress):
    raise data.DownloadError("MNIST could not be downloaded: no route to host")


def test_a_failed_download_says_what_to_do(cli, no_data, monkeypatch, tmp_path):
    monkeypatch.setattr(data, "download", no_network)
    result = cli("train", "--run", tmp_path / "r")
    assert result.exit_code == 1
    assert "no route to host" in result.stderr
    assert "--dataset digits" in result.stderr
    fetched = cli("data", "fetch", "mnist")
    assert fetched.exit_code == 1
    assert "no route to host" in fetched.stderr
    assert "--dataset" not in fetched.stderr  # it has no such option


def test_a_training_that_cannot_begin_leaves_no_run(cli, no_data, monkeypatch, runs, tmp_path):
    monkeypatch.setattr(data, "download", no_network)
    assert cli("train").exit_code == 1
    assert not list(runs.iterdir())
    config = nn.TrainingConfig(hidden=(16,))
    write_config(tmp_path / "mine", config.to_dict())  # somebody else's, who wants to know
    assert cli("train", "--run", tmp_path / "mine").exit_code == 1
    assert "no route to host" in Run(tmp_path / "mine").last("failed")["message"]

    def interrupted(name, on_progress):
        raise KeyboardInterrupt

    monkeypatch.setattr(data, "download", interrupted)
    assert cli("train").exit_code == 130
    assert not list(runs.iterdir())


def test_a_steered_training_never_downloads(start, no_data, tmp_path):
    """The program that steers it is told, and decides."""
    process = start("train", "--run", tmp_path / "r", "--control", "stdin", "--threads", 1)
    code, _, err = process.end()
    assert code == 1
    assert "not on this computer" in err
    assert Run(tmp_path / "r").status == "failed"


def test_evaluate_does_not_download(cli, no_data, monkeypatch, tmp_path):
    monkeypatch.setattr(data, "download", no_network)
    nn.save(nn.Network.mlp([784, 10]), tmp_path / "m.safetensors")
    result = cli("evaluate", tmp_path / "m.safetensors")
    assert result.exit_code == 1
    assert "data fetch mnist" in result.stderr
