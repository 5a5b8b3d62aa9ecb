"""A run as one file: what goes in comes out elsewhere, and nothing else is taken."""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nn
from nn import runs
from nn.runs.archive import FORMAT, read_archive, unpack, was_brought, write_archive

CONFIG = nn.TrainingConfig(dataset="digits", hidden=(4,), epochs=2)


@pytest.fixture
def run(tmp_path: Path) -> runs.Run:
    folder = tmp_path / "20260101-000000-000-abcdef"
    with runs.RunWriter(folder, CONFIG.to_dict()) as writer:
        writer.write("started", epochs=2, num_parameters=3190)
        writer.write("epoch", 23, 1.0, train_loss=1.5)
        writer.write("finished", 46, 2.0, test_accuracy=0.9, seconds=3.0)
    network = nn.Network([nn.Linear(784, 4), nn.ReLU(), nn.Linear(4, 10)])
    nn.save(network, folder / "model.safetensors")
    (folder / "token").write_text("secret")
    runs.write_name(folder, "deep one")
    return runs.Run(folder)


@pytest.fixture
def archive(run: runs.Run) -> bytes:
    file = io.BytesIO()
    write_archive(run, file)
    return file.getvalue()


def files_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", kind) as file:
        for name, one in files.items():
            file.writestr(name, one)
    return content.getvalue()


def test_a_run_is_the_same_one_elsewhere(run: runs.Run, archive: bytes, tmp_path: Path) -> None:
    there = unpack(read_archive(io.BytesIO(archive)), tmp_path / "elsewhere")
    assert (there.config, there.name, there.status) == (run.config, "deep one", "finished")
    assert there.events == run.events
    image = np.random.default_rng(0).random((1, 784), np.float32)
    answers = [nn.load(one.model_path).predict_proba(image) for one in (run, there)]
    np.testing.assert_array_equal(*answers)
    assert was_brought(there.folder)
    assert not was_brought(run.folder)
    assert not there.can_go_on


def test_secrets_and_folders_stay_at_home(run: runs.Run) -> None:
    with runs.RunWriter(run.folder, None) as writer:
        writer.write("failed", 46, 2.0, message="no room in /home/me/runs")
    file = io.BytesIO()
    write_archive(runs.Run(run.folder), file)
    inside = files_of(file.getvalue())
    assert set(inside) == {
        "run.json", "config.json", "events.jsonl", "name.txt", "model.safetensors",
    }  # fmt: skip
    everything = b"".join(inside.values())
    assert b"/home" not in everything
    assert b"secret" not in everything
    assert str(run.folder.parent).encode() not in everything


def test_the_same_run_gives_the_same_file(run: runs.Run, archive: bytes) -> None:
    again = io.BytesIO()
    write_archive(run, again)
    assert again.getvalue() == archive


def test_one_that_has_not_ended_is_not_taken_along(tmp_path: Path) -> None:
    with runs.RunWriter(tmp_path / "r", CONFIG.to_dict()) as writer:
        writer.write("started")
        with pytest.raises(ValueError, match="must have ended"):
            write_archive(runs.Run(tmp_path / "r"), io.BytesIO())


def changed(name: str, content: bytes | None) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    def change(files: dict[str, bytes]) -> dict[str, bytes]:
        others = {one: old for one, old in files.items() if one != name}
        return others if content is None else {**others, name: content}

    return change


def config(**changes: Any) -> bytes:
    return json.dumps(CONFIG.to_dict() | changes).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed("model.safetensors", None), "missing: model.safetensors"),
        (changed("events.jsonl", None), "missing: events.jsonl"),
        (changed("run.json", b'{"format": "scratch-nn run 9"}'), "must be 'scratch-nn run 1'"),
        (changed("run.json", b"[1]"), "got None"),
        (changed("run.json", b"[" * 9000), "run.json can't be read"),
        (changed("config.json", b"{"), "config.json can't be read"),
        (changed("config.json", config(hidden=[-1])), "hidden"),
        (changed("config.json", config(colour="red")), "colour"),
        (changed("config.json", b"9" * 1_000_001), "at most 1,000,000 bytes"),
        (changed("events.jsonl", b'{"type": "finished"}\n'), "line 1 of events.jsonl"),
        (changed("events.jsonl", b"\xff\n"), "line 1 of events.jsonl"),
        (
            changed("events.jsonl", b'{"type": "started", "time": 1, "step": 0, "epoch": 0}'),
            "must end with",
        ),
        (changed("events.jsonl", b" " * 5_000_000), "at most 4,000,000 bytes"),
        (changed("model.safetensors", bytes(60_000_000)), "at most 20,000,000 bytes"),
        (changed("name.txt", b"x" * 2000), "at most 1,000 bytes"),
        (changed("../config.json", b"{}"), "nothing but"),
        (changed("/etc/passwd", b"root"), "nothing but"),
        (changed("history/", b""), "nothing but"),
        (changed("owner", b"{}"), "nothing but"),
    ],
)
def test_what_is_no_run_is_refused_in_words(
    archive: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]], words: str
) -> None:
    file = io.BytesIO(zipped(change(files_of(archive))))
    with pytest.raises(ValueError, match=words):
        read_archive(file, most_model_bytes=20_000_000)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("model.py", "weights.npz"), "it is a network for other programs"),
        (("photo.jpg",), "it is no zip archive as runs are downloaded, .*photo"),
        ((), "it is an empty zip archive"),
    ],
)
def test_other_archives_are_told_from_runs(names: tuple[str, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_archive(io.BytesIO(zipped(dict.fromkeys(names, b""))))


def test_a_network_that_is_none_leaves_nothing_behind(archive: bytes, tmp_path: Path) -> None:
    files = files_of(archive) | {"model.safetensors": b"\x80" * 1000}
    read = read_archive(io.BytesIO(zipped(files)))
    with pytest.raises(ValueError, match=r"model\.safetensors can't be used"):
        unpack(read, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_link_is_read_as_what_is_in_the_archive(archive: bytes) -> None:
    """On no account is what it leads to."""
    files = files_of(archive)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in set(files) - {"config.json"}:
            file.writestr(name, files[name])
        link = zipfile.ZipInfo("config.json")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    with pytest.raises(ValueError, match=r"config\.json can't be read"):
        read_archive(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", bytes(100), b"PK\x05\x06" + bytes(18), zipped({str(k): b"" for k in range(9999)})],
)
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"zip archive|must hold"):
        read_archive(io.BytesIO(content))


def test_a_second_list_of_contents_is_refused(archive: bytes) -> None:
    """That of large archives would count instead of the short one."""
    end = archive[-22:]
    large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 10**9, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(archive) - 22, 1)
    with pytest.raises(ValueError, match="at most 5 files"):
        read_archive(io.BytesIO(archive[:-22] + large + locator + end))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_name_twice_is_refused(archive: bytes) -> None:
    content = io.BytesIO(archive)
    with zipfile.ZipFile(content, "a") as file:
        file.writestr("config.json", "{}")
    with pytest.raises(ValueError, match="twice"):
        read_archive(content)


def test_other_compressions_are_refused(archive: bytes) -> None:
    with pytest.raises(ValueError, match="stored or deflated"):
        read_archive(io.BytesIO(zipped(files_of(archive), zipfile.ZIP_LZMA)))


def test_encrypted_and_damaged_ones_are_refused(archive: bytes) -> None:
    place = archive.index(b"PK\x01\x02")
    encrypted = bytearray(archive)
    encrypted[place + 8] |= 1
    damaged = bytearray(archive)
    damaged[60:70] = bytes(10)
    for content in (encrypted, damaged, archive[: len(archive) // 2] + archive[-22:]):
        with pytest.raises(ValueError, match=r"zip archive|can't be"):
            read_archive(io.BytesIO(content))


def test_the_format_is_said(archive: bytes) -> None:
    about = json.loads(files_of(archive)["run.json"])
    assert about == {"format": FORMAT, "id": "20260101-000000-000-abcdef"}
