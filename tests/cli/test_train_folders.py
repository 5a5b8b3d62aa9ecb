"""`python -m nn train --run`: what it makes of a folder that is there already."""

import errno
import shutil

import pytest

import nn
from nn.runs import Run, RunWriter, write_config
from nn.search import Origin, write_origin

QUICK = ("train", "--dataset", "digits", "--threads", 1)


def test_a_full_disk_fails_the_run_and_it_can_go_on_later(cli, tmp_path, monkeypatch):
    def full(network, path):
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "r"
    with monkeypatch.context() as patch:
        patch.setattr(nn, "save", full)
        result = cli(*QUICK, "--epochs", 2, "--run", folder)
    assert result.exit_code == 1
    assert "disk is full" in result.stderr
    assert "disk is full" in Run(folder).last("failed")["message"]
    assert cli("train", "--run", folder, "--resume").exit_code == 0
    assert Run(folder).status == "finished"


def test_a_folder_that_is_removed_while_it_trains_is_said(cli, tmp_path, monkeypatch):
    folder, save = tmp_path / "r", nn.save

    def save_nowhere(network, path):
        shutil.rmtree(folder)
        save(network, path)

    monkeypatch.setattr(nn, "save", save_nowhere)
    result = cli(*QUICK, "--epochs", 2, "--run", folder)
    assert result.exit_code == 1
    assert "the folder of the run was removed or moved" in result.stderr


def test_a_folder_that_can_no_more_be_written_is_said_and_it_can_go_on_later(
    cli, tmp_path, monkeypatch
):
    def closed(network, path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    folder = tmp_path / "r"
    with monkeypatch.context() as patch:
        patch.setattr(nn, "save", closed)
        assert cli(*QUICK, "--epochs", 2, "--run", folder).exit_code == 1
    message = Run(folder).last("failed")["message"]
    assert "nothing can be written into the folder" in message
    assert str(tmp_path) not in message
    assert cli("train", "--run", folder, "--resume").exit_code == 0


def test_a_folder_with_settings_only_is_trained_with_them(cli, tmp_path):
    folder = tmp_path / "r"
    config = nn.TrainingConfig(dataset="digits", hidden=(16,), epochs=2)
    write_config(folder, config.to_dict())
    result = cli("train", "--run", folder, "--threads", 1)
    assert result.exit_code == 0, result.output
    run = Run(folder)
    assert run.status == "finished"
    assert len(run.epochs) == 2
    assert nn.load(run.model_path).named_parameters()["0.weight"].shape == (16, 784)


def test_other_settings_for_a_folder_with_settings_are_refused(cli, tmp_path):
    write_config(tmp_path / "r", nn.TrainingConfig(dataset="digits").to_dict())
    result = cli("train", "--run", tmp_path / "r", "--lr", 0.1, "--nesterov")
    assert result.exit_code == 2
    assert "--lr, --nesterov" in result.stderr
    assert Run(tmp_path / "r").status == "waiting"


def test_settings_that_are_wrong_in_the_file_are_refused(cli, tmp_path):
    write_config(tmp_path / "r", {"learning_rate": 0.1, "colour": "red"})
    result = cli("train", "--run", tmp_path / "r")
    assert result.exit_code == 2
    assert "colour" in result.stderr
    assert "config.json" in result.stderr


def test_a_finished_run_is_neither_overwritten_nor_resumed(cli, tmp_path):
    folder = tmp_path / "r"
    cli(*QUICK, "--epochs", 1, "--run", folder)
    before = (folder / "events.jsonl").read_bytes()
    again = cli("train", "--run", folder)
    assert again.exit_code == 2
    assert "finished" in again.stderr
    resumed = cli("train", "--run", folder, "--resume")
    assert resumed.exit_code == 2
    assert "already finished; choose another folder with --run" in resumed.stderr
    assert (folder / "events.jsonl").read_bytes() == before


def test_a_folder_of_something_else_is_left_alone(cli, tmp_path):
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter.txt").write_text("text", encoding="utf-8")
    for extra in ([], ["--resume"]):
        result = cli(*QUICK, "--run", folder, *extra)
        assert result.exit_code == 2
        assert "--run" in result.stderr
    assert [path.name for path in folder.iterdir()] == ["chapter.txt"]


def test_a_run_that_is_being_trained_is_left_alone(cli, tmp_path):
    folder = tmp_path / "r"
    with RunWriter(folder, nn.TrainingConfig(dataset="digits").to_dict()):
        for extra in ([], ["--resume"]):
            result = cli("train", "--run", folder, *extra)
            assert result.exit_code == 2
            assert "being trained" in result.stderr


def test_resume_needs_a_folder_and_no_settings(cli, tmp_path):
    assert "--run DIR" in cli("train", "--resume").stderr
    write_config(tmp_path / "r", nn.TrainingConfig(dataset="digits").to_dict())
    result = cli("train", "--run", tmp_path / "r", "--resume", "--epochs", 3)
    assert result.exit_code == 2
    assert "--epochs" in result.stderr
    result = cli("train", "--run", tmp_path / "r", "--resume", "--lr", 0.3)
    assert result.exit_code == 2
    assert "has not begun" in result.stderr
    with RunWriter(tmp_path / "r", None) as writer:
        writer.write("started")
    write_origin(tmp_path / "r", Origin("s", 1))
    result = cli("train", "--run", tmp_path / "r", "--resume", "--lr", 0.3)
    assert result.exit_code == 2
    assert "trial of a search" in result.stderr


def test_a_name_that_is_too_long_is_refused(cli, tmp_path):
    for extra in ([], ["--resume"]):
        result = cli("train", "--run", tmp_path / ("a" * 300), *extra)
        assert result.exit_code == 2
        assert "--run" in result.stderr


@pytest.mark.parametrize("command", [QUICK, ("search", *QUICK[1:], "--param", "lr=0.1..0.2")])
def test_where_nothing_can_be_written_that_is_said(cli, tmp_path, monkeypatch, command):
    (tmp_path / "file").touch()
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path / "file"))
    result = cli(*command, "--epochs", 1)
    assert result.exit_code == 2
    assert "can't be written to " in result.stderr
    assert "Errno" not in result.stderr
