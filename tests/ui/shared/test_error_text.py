"""What pages say of errors: the words, and nothing of where things lie on the server."""

import errno
import os
import re
from pathlib import Path

import pytest

import data
import nn
from nn import runs
from ui.runs.state import RunState
from ui.runs.text import ending
from ui.shared.error_text import error_text, without_paths


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/srv/app/runs/a1/model.safetensors is no model", "model.safetensors is no model"),
        ("can't open '/srv/my app/x.npy'", "can't open 'x.npy'"),
        (r"C:\Users\Ann\app\x.json is cut", "x.json is cut"),
        (r"\\server\share\x.json is cut", "x.json is cut"),
        ("[Errno 13] Permission denied: '/srv/runs/a1/lock'", "Permission denied: 'lock'"),
        ("~/runs/a1/x.json: gone", "x.json: gone"),
        ("in /tmp, or in /tmp/.", "in a folder of the server, or in a folder of the server"),
        ("(/etc/hosts)", "(hosts)"),
        ("12 images/s, 0.5 and/or 1/2, 784-128-64-10", None),
        ("https://example.org/a/b.gz is corrupted", None),
        ("loss / accuracy, n/a, 16C5/32C5", None),
    ],
)
def test_of_a_path_the_file_is_left(text, said):
    assert without_paths(text) == (text if said is None else said)


def test_known_folders_may_have_blanks(monkeypatch, tmp_path):
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path / "my runs"))
    said = without_paths(f"{tmp_path}/my runs/a b/x.json; {tmp_path}/my runs; {Path.home()}")
    assert said == "a b/x.json; a folder of the server; a folder of the server"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EIO])
def test_what_the_system_says_is_said_without_its_file(number):
    said = error_text(OSError(number, os.strerror(number), "/srv/secret/run"))
    assert "secret" not in said
    assert "Errno" not in said
    assert said[0].isupper()


def test_markdown_of_strangers_does_nothing():
    assert error_text(ValueError("got **x** [a](http://b)")).startswith(r"got \*\*x\*\* \[a\]")


def errors_of_files(folder):
    """Errors that name a file or folder, as they come."""
    file = folder / "x.safetensors"
    file.write_bytes(b"torn")
    for attempt in (
        lambda: nn.load(file),
        lambda: nn.load(folder / "gone"),
        lambda: runs.Run(folder),
        lambda: runs.write_config(folder, {}),
        lambda: runs.write_config(file / "below", {}),
        lambda: data.read_image(file),
        lambda: data.load("fashion_mnist"),
    ):
        with pytest.raises((ValueError, OSError, data.DatasetNotFound)) as caught:
            attempt()
        yield caught.value


def test_no_error_of_a_file_shows_its_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SCRATCH_NN_DATA", str(tmp_path))
    monkeypatch.setenv("SCRATCH_NN_CACHE", str(tmp_path / "cache"))
    for error in errors_of_files(tmp_path):
        said = error_text(error)
        assert len(said) > 10
        assert not re.search(r"[/\\](tmp|pytest|cache)|pytest-", said), (error, said)


def test_pages_say_errors_nowhere_else():
    root = Path(__file__).resolve().parents[3]
    shown = re.compile(
        r"\b(error|warning|info|toast|caption|markdown|write|code|exception)\((?:[^()]|\([^()]*\))*"
        r"(\{error\}|str\(error\)|state\.failure|\[.cause.\])"
    )
    files = [*root.glob("pages/*.py"), *root.glob("ui/**/*.py")]
    found = [
        f"{path.relative_to(root)}: {match[0][:60]}"
        for path in files
        for match in shown.finditer(path.read_text(encoding="utf-8"))
        if not path.is_relative_to(root / "ui" / "playground")  # which opens no file
    ]
    assert not found


@pytest.mark.parametrize("failure", [None, "It broke off. OSError: '/srv/secret/run/lock'"])
def test_what_became_of_a_run_shows_no_path(failure, tmp_path):
    with runs.RunWriter(tmp_path / "run", {}) as writer:
        writer.write("failed", message="/srv/secret/checkpoint.safetensors is cut off")
    kind, said = ending(RunState(runs.Run(tmp_path / "run"), "failed", failure=failure))
    assert kind == "error"
    assert "secret" not in said
    assert ("lock" if failure else "checkpoint.safetensors is cut off") in said
