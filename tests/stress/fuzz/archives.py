"""Runs that somebody sends as one file."""

import io
import json
import shutil
import warnings
import zipfile
from pathlib import Path
from random import Random

import nn
from nn import runs
from nn.runs.archive import read_archive, unpack, write_archive
from tests.stress.fuzz.campaign import Trial
from tests.stress.fuzz.mutations import as_json, changed_bytes, changed_value
from ui.run_list.facts import AllFacts

_NAMES = [
    "../config.json",
    "/etc/passwd",
    "config.json/",
    "",
    "a" * 300,
    "C:\\x",
    "history/0",
    "\n",
]
_MOST_MODEL_BYTES = 1_000_000


def archives(folder: Path) -> Trial:
    """Zip archives with runs: their bytes, the files in them, and the names of these."""
    whole = _archive(folder / "a run")
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        files = {name: file.read(name) for name in file.namelist()}
    place = folder / "runs"

    def trial(rng: Random) -> None:
        content = changed_bytes(rng, whole) if rng.random() < 0.4 else _changed(rng, files)
        before = sorted(folder.iterdir())
        try:
            run = unpack(read_archive(io.BytesIO(content), _MOST_MODEL_BYTES), place / "new")
            if not AllFacts(place).newest() or not run.events:
                raise AssertionError("what was taken is no run")
            nn.load(run.model_path)
            shutil.rmtree(run.folder)
        finally:
            left = list(place.iterdir()) if place.is_dir() else []
            if left:
                shutil.rmtree(place)
                raise AssertionError("a run that was refused is still there")
            if set(folder.iterdir()) - {*before, place}:
                raise AssertionError("a file was written elsewhere")

    return trial


def _archive(folder: Path) -> bytes:
    config = nn.TrainingConfig(dataset="digits", hidden=(4,), epochs=2)
    with runs.RunWriter(folder, config.to_dict()) as writer:
        writer.write("started", epochs=2, num_parameters=3190)
        writer.write("epoch", 23, 1.0, train_loss=1.5)
        writer.write("finished", 46, 2.0, test_accuracy=0.9, seconds=3.0)
    nn.save(nn.Network.mlp([784, 4, 10], "relu"), folder / "model.safetensors")
    runs.write_name(folder, "a name")
    file = io.BytesIO()
    write_archive(runs.Run(folder), file)
    return file.getvalue()


def _changed(rng: Random, files: dict[str, bytes]) -> bytes:
    """An archive of which one file has another content, another name, or is packed in another
    way."""
    files = dict(files)
    name = rng.choice(list(files))
    what = rng.random()
    if what < 0.6 and name.endswith(".json"):
        files[name] = as_json(changed_value(rng, json.loads(files[name]))).encode()
    elif what < 0.6 and name == "events.jsonl":
        lines = files[name].splitlines()
        index = rng.randrange(len(lines))
        lines[index] = as_json(changed_value(rng, json.loads(lines[index]))).encode()
        files[name] = b"\n".join(lines)
    elif what < 0.8:
        files[name] = changed_bytes(rng, files[name])
    elif what < 0.9:
        files[rng.choice(_NAMES)] = files[name] if rng.random() < 0.5 else files.pop(name)
    else:
        del files[name]
    kind = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w", kind) as archive:
        warnings.simplefilter("ignore")  # of a name that is there twice
        for one, inside in files.items():
            entry = zipfile.ZipInfo(one)
            if rng.random() < 0.05:
                entry.external_attr = 0o120777 << 16  # a link
            archive.writestr(entry, inside, kind)
        if rng.random() < 0.1:
            archive.comment = b"a comment"
    return content.getvalue()
