"""A run as one file: a zip archive that can be sent to somebody, and opened elsewhere as a run.

    run.json           that it is one, of which version, and the run's id
    config.json        the settings
    events.jsonl       the course of the training
    model.safetensors  the network
    name.txt           what people call it, if somebody has named it

What going on would need (checkpoints) and the way of the weights (`history/`) are not in it: they
are many times as large. Nor is a message of a failure, which may name folders of the computer.

An archive comes from anybody. Nothing of it is ever unpacked by its own names: the files above are
read, each no larger than it may be, and each is looked at by what reads it in a run's folder.
"""

import json
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from nn.files import load
from nn.runs.config_file import CONFIG
from nn.runs.event_lines import LARGE
from nn.runs.event_log import EventLog
from nn.runs.json_text import read_json, write_json_file
from nn.runs.reader import CLOSING, EVENTS, MODEL, Run, parse_event
from nn.runs.run_name import clean_name, write_name
from nn.runs.schema import RunEvent, checked_config
from nn.runs.thinning import thinned
from nn.training.config import TrainingConfig

FORMAT = "scratch-nn run 1"
BROUGHT = "brought.json"
"""Says of a run that it came from an archive, and what its id was there."""
MOST_MODEL_BYTES = 1_000_000_000

_ABOUT = "run.json"
_NAME = "name.txt"
_NEEDED = (_ABOUT, CONFIG, EVENTS, MODEL)
_MOST_BYTES = {_ABOUT: 10_000, CONFIG: 1_000_000, EVENTS: LARGE, _NAME: 1000}
_EXPORTED = "a network for other programs, which scratch-nn writes and doesn't read"
_LONGEST_ID = 100
# The end of an archive: its signature, four numbers of parts, the bytes of the list of contents and
# where that is, and the length of a comment.
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE, _LARGE_SIGNATURE = b"PK\x05\x06", b"PK\x06\x07"
_LARGE_BYTES = 20
"""Just before the end: where a second, larger list of contents is."""
_MOST_LIST_BYTES = 4000
"""Of the list of contents, of five files with short names."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    UnicodeError,
)
"""What `zipfile` raises for archives that are damaged, encrypted or of kinds it doesn't know."""


class Archive(NamedTuple):
    """What an archive holds, checked but for the model, which is still to be loaded."""

    id: str
    config: TrainingConfig
    events: list[RunEvent]
    model: bytes
    name: str


def write_archive(run: Run, file: BinaryIO) -> None:
    """Write a run that has ended into `file`.

    Raises ValueError if it has not ended, has left no network, or has settings or a network that
    can't be read, OSError if a file is gone.
    """
    events = _course(run.events)
    if run.status not in CLOSING:
        raise ValueError("the training must have ended, it has not")
    if not run.model_path.is_file():
        raise ValueError("the training must have left a network, it has not")
    TrainingConfig.from_dict(run.config)
    load(run.model_path)
    about = {"format": FORMAT, "id": run.id}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, _ABOUT, json.dumps(about).encode())
        _put(archive, CONFIG, json.dumps(run.config, indent=2).encode())
        _put(archive, EVENTS, events)
        if run.name:
            _put(archive, _NAME, run.name.encode())
        # Weights hardly become smaller.
        _put(archive, MODEL, run.model_path.read_bytes(), zipfile.ZIP_STORED)


def _course(events: Sequence[RunEvent]) -> bytes:
    told = [{name: event[name] for name in event if name != "message"} for event in thinned(events)]
    return b"".join(json.dumps(event).encode() + b"\n" for event in told)


def _put(
    archive: zipfile.ZipFile, name: str, content: bytes, kind: int = zipfile.ZIP_DEFLATED
) -> None:
    # With a date of their own, the same run would give another file each time.
    archive.writestr(zipfile.ZipInfo(name), content, kind)


def read_archive(file: BinaryIO, most_model_bytes: int = MOST_MODEL_BYTES) -> Archive:
    """What is in an archive. ValueError, which says what is wrong, for anything that is none."""
    _check_end(file)
    try:
        with zipfile.ZipFile(file) as archive:
            content = _contents(archive, _MOST_BYTES | {MODEL: most_model_bytes})
    except _UNREADABLE as error:
        raise ValueError(f"this is no whole zip archive: {error!s:.200}") from None
    about = _read(_ABOUT, content, _about)
    config = _read(CONFIG, content, checked_config)
    try:
        settings = TrainingConfig.from_dict(config)
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"{CONFIG} can't be used: {error!s:.700}") from None
    name = clean_name(content.get(_NAME, b"").decode("utf-8", errors="ignore"))
    return Archive(about, settings, _events(content[EVENTS]), content[MODEL], name)


def unpack(archive: Archive, folder: str | os.PathLike) -> Run:
    """Make a new folder a run with what an archive holds, and a note that it came from one.

    Raises ValueError if the network can't be loaded, OSError if something can't be written: then
    there is no run.
    """
    folder = Path(folder)
    folder.mkdir(parents=True)
    try:
        _write(archive, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Run(folder)


def _write(archive: Archive, folder: Path) -> None:
    (folder / MODEL).write_bytes(archive.model)
    try:
        load(folder / MODEL)
    except (ValueError, OverflowError, MemoryError) as error:
        raise ValueError(f"{MODEL} can't be used: {error!s:.700}") from None
    lines = (json.dumps(event).encode() + b"\n" for event in archive.events)
    (folder / EVENTS).write_bytes(b"".join(lines))
    (folder / BROUGHT).write_text(json.dumps({"id": archive.id}), encoding="utf-8")
    write_name(folder, archive.name)
    # Last of all: with its settings the folder is a run.
    write_json_file(folder / CONFIG, archive.config.to_dict())


def was_brought(folder: Path) -> bool:
    """Whether the run in `folder` came from an archive."""
    return (folder / BROUGHT).is_file()


def _check_end(file: BinaryIO) -> None:
    """The list of contents must be a short one, before anybody reads it: one of millions of files
    fits into a small archive and takes a thousand times its memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END.size - _LARGE_BYTES))
    end = file.read()
    if len(end) < _END.size or not end[-_END.size :].startswith(_END_SIGNATURE):
        raise ValueError("this is no zip archive as runs are downloaded")
    list_bytes = _END.unpack(end[-_END.size :])[5]
    if end.startswith(_LARGE_SIGNATURE) or list_bytes > _MOST_LIST_BYTES:
        raise ValueError(f"it must hold at most {len(_MOST_BYTES) + 1} files, it holds more")


def _contents(archive: zipfile.ZipFile, most: dict[str, int]) -> dict[str, bytes]:
    """The files of an archive by their names."""
    names = archive.namelist()
    if _ABOUT not in names:
        if "model.py" in names and "weights.npz" in names:
            raise ValueError(f"it is {_EXPORTED}")
        if not names:
            raise ValueError("it is an empty zip archive")
        held = ", ".join(names)
        raise ValueError(f"it is no zip archive as runs are downloaded, it holds {held!r:.80}")
    found: dict[str, bytes] = {}
    for entry in archive.infolist():
        name = entry.filename
        if name not in most:
            raise ValueError(f"it must hold nothing but {', '.join(most)}, it holds {name!r:.80}")
        if name in found:
            raise ValueError(f"it must hold {name} once, it holds it twice")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{name} must be stored or deflated, it is not")
        with archive.open(entry) as file:  # whatever size it says it has
            content = file.read(most[name] + 1)
        if len(content) > most[name]:
            raise ValueError(f"{name} must have at most {most[name]:,} bytes, it has more")
        found[name] = content
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        raise ValueError(f"it must hold {', '.join(_NEEDED)}; missing: {', '.join(missing)}")
    return found


def _read(name: str, content: dict[str, bytes], check: Any) -> Any:
    try:
        return check(read_json(content[name]))
    except ValueError as error:
        raise ValueError(f"{name} can't be read: {error!s:.300}") from None


def _about(value: Any) -> str:
    """The id of the run."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        given = value.get("format") if isinstance(value, dict) else None
        raise ValueError(f"its format must be {FORMAT!r}, got {given!r:.80}")
    return str(value.get("id", ""))[:_LONGEST_ID]


def _events(content: bytes) -> list[RunEvent]:
    """The events that count, of a training that has ended."""
    log = EventLog()
    for number, line in enumerate(content.splitlines(), 1):
        event = parse_event(line)
        if event is None:
            text = line.decode("utf-8", "replace")
            raise ValueError(f"line {number} of {EVENTS} must be an event, got {text!r:.80}")
        log.add(event)
    if log.stage not in CLOSING:
        raise ValueError(f"{EVENTS} must end with one of {', '.join(CLOSING)}, it does not")
    return log.events
