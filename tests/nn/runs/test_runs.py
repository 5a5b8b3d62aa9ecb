"""Run folders: what is written is read by others, one process writes at a time, nothing is lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nn import runs
from nn.runs import Run, RunLocked, RunWriter, list_runs, remove_run, write_config

PROJECT = Path(__file__).resolve().parents[3]


def test_what_is_written_is_read(folder, writer, types):
    writer.write("started", dataset="digits", train_samples=10)
    writer.write("progress", 3, 0.3, train_loss=2.5, train_accuracy=np.float32(0.5))
    writer.write("epoch", step=10, epoch=1, train_loss=1.5, val_loss=None)
    run = Run(folder)
    assert run.id == "run"
    assert run.config == {"epochs": 2}
    assert types(run) == ["started", "progress", "epoch"]
    assert run.progress[0]["train_accuracy"] == 0.5
    assert run.epochs == [run.last("epoch")]
    assert run.last("epoch")["val_loss"] is None
    assert run.last("finished") is None
    event = run.events[1]
    assert (event["step"], event["epoch"]) == (3, 0.3)
    assert abs(event["time"] - (folder / "events.jsonl").stat().st_mtime) < 60


def test_every_line_is_plain_json_that_starts_with_the_type(folder, writer):
    writer.write("set", 4, 0.5, name="learning_rate", value=np.float64(0.1))
    line = (folder / "events.jsonl").read_text(encoding="utf-8")
    assert line.startswith('{"type": "set", "time": ')
    assert line.endswith('"step": 4, "epoch": 0.5, "name": "learning_rate", "value": 0.1}\n')


def test_numbers_that_json_does_not_have_are_refused(folder, writer):
    with pytest.raises(ValueError, match="JSON compliant"):
        writer.write("progress", train_loss=float("nan"))
    assert Run(folder).events == []


def test_one_writer_at_a_time(folder, writer):
    with pytest.raises(RunLocked, match="another process trains in"):
        RunWriter(folder, None)
    writer.close()
    RunWriter(folder, None).close()


CHILD = """
import sys
from nn.runs import RunWriter
writer = RunWriter(sys.argv[1], {"epochs": 1})
writer.write("started")
writer.write("progress", 7, 0.5)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def child(folder):
    """Another process that holds the run's lock, in the middle of a training."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    with process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def test_a_killed_training_is_interrupted_and_goes_on(folder, child, append, types):
    run = Run(folder)
    assert run.status == "running"
    with pytest.raises(RunLocked):
        remove_run(run)
    with pytest.raises(RunLocked):
        RunWriter(folder, None)
    child.kill()
    child.wait()
    assert run.status == "interrupted"

    # It was killed in the middle of a line.
    append('{"type": "progress", "time": 1.0, "st')
    with RunWriter(folder, None) as writer:
        writer.write("resumed", 7, 0.5, from_step=7)
        assert run.refresh()
        assert run.status == "running"
    assert types(run) == types(Run(folder)) == ["started", "progress", "resumed"]


def test_a_full_disk_leaves_the_file_as_it_was(folder, types):
    pytest.importorskip("resource")
    # A limit on the file's size acts like a full disk: the first bytes of a line still fit.
    program = """
import resource, signal, sys
from nn.runs import RunWriter
writer = RunWriter(sys.argv[1], {})
writer.write("started")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
try:
    writer.write("progress", text="x" * 500)
except OSError as error:
    print(type(error).__name__)
writer.write("failed")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["OSError"]
    assert types(Run(folder)) == ["started", "failed"]


def test_a_new_run_needs_an_empty_folder(folder):
    write_config(folder, {"epochs": 1})
    for config in ({"epochs": 1}, {"epochs": 2}):
        with pytest.raises(ValueError, match="holds another run"):
            RunWriter(folder, config)
        with pytest.raises(ValueError, match="holds another run"):
            write_config(folder, config)
    assert Run(folder).config == {"epochs": 1}


def test_a_folder_with_other_things_is_left_alone(folder):
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(ValueError, match=r"must be new or empty, but .* holds 'letter.txt'"):
        RunWriter(folder, {})
    with pytest.raises(ValueError, match=r"is no run: there is no config\.json in it"):
        RunWriter(folder, None)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_settings_that_are_no_json_leave_nothing_behind(folder):
    with pytest.raises(ValueError, match="JSON compliant"):
        write_config(folder, {"learning_rate": float("inf")})
    write_config(folder, {"learning_rate": 1.0})
    assert Run(folder).config == {"learning_rate": 1.0}


def test_a_started_folder_keeps_its_settings(folder):
    write_config(folder, {"epochs": 3})
    with RunWriter(folder, None) as writer:
        writer.write("started")
    assert Run(folder).config == {"epochs": 3}


@pytest.mark.parametrize(
    "content", ["", '{"epochs": ', "[]", "[" * 100_000, '{"dataset": "\\ud800"}']
)
def test_a_folder_with_bad_settings_is_no_run(folder, content):
    folder.mkdir()
    (folder / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"config\.json"):
        Run(folder)
    assert list_runs(folder.parent) == []


def test_lists_runs_newest_first_and_leaves_out_what_is_none(tmp_path):
    for age, name in ((3, "old"), (1, "new"), (2, "middle")):
        write_config(tmp_path / name, {})
        os.utime(tmp_path / name / "config.json", (1e9 - age, 1e9 - age))
    (tmp_path / "foreign").mkdir()
    (tmp_path / "file.txt").write_text("not a folder", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.json").write_text("{", encoding="utf-8")
    assert [run.id for run in list_runs(tmp_path)] == ["new", "middle", "old"]


def test_no_folder_no_runs(tmp_path):
    assert list_runs(tmp_path / "nothing") == []


def test_the_folder_of_the_runs(monkeypatch, tmp_path):
    monkeypatch.delenv("SCRATCH_NN_RUNS", raising=False)
    assert runs.runs_folder() == PROJECT / "runs"
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path))
    assert runs.runs_folder() == tmp_path
    write_config(tmp_path / "one", {})
    assert [run.id for run in list_runs()] == ["one"]


def test_removes_a_run(folder):
    with RunWriter(folder, {}) as writer:
        writer.write("finished")
    (folder / "model.safetensors").write_bytes(b"weights")
    remove_run(Run(folder))
    assert not folder.exists()


def test_a_linked_folder_is_not_followed(folder, tmp_path):
    write_config(folder, {})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept").touch()
    try:
        (folder / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links, as on Windows")
    remove_run(Run(folder))
    assert not folder.exists()
    assert (tmp_path / "elsewhere" / "kept").exists()


def test_what_cant_be_removed_is_still_a_run(folder, monkeypatch):
    write_config(folder, {"epochs": 1})
    (folder / "model.safetensors").write_bytes(b"weights")
    unlink = Path.unlink

    def refuse(path, missing_ok=False):
        if path.name == "model.safetensors":
            raise PermissionError("somebody reads it")
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(PermissionError, match="somebody reads it"):
            remove_run(Run(folder))
    assert [run.config for run in list_runs(folder.parent)] == [{"epochs": 1}]
    remove_run(Run(folder))
    assert not folder.exists()


def test_ids_sort_by_time_and_stand_in_a_url():
    ids = [runs.new_run_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert all(re.fullmatch(r"[0-9a-f-]+", run_id) for run_id in ids)
    assert [i.rsplit("-", 1)[0] for i in ids] == sorted(i.rsplit("-", 1)[0] for i in ids)


def test_paths_of_the_files(folder, writer):
    run = Run(folder)
    assert run.model_path == folder / "model.safetensors"
    assert run.checkpoint_path == folder / "checkpoint.safetensors"
