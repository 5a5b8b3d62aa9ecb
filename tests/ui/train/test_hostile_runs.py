"""The folder of a run may hold anything: it does no harm to the page, least of all to others."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

import nn
from nn import runs
from tests.ui.train.train_page import open_page, texts
from ui.runs.files import write_token
from ui.runs.jobs import jobs
from ui.runs.text import result_accuracy

CONFIG = nn.TrainingConfig(dataset="digits").to_dict()
RESULT = {"type": "finished", "test_accuracy": 0.9, "seconds": 10.0}
NUMBERS = {"train_loss": 0.5, "train_accuracy": 0.9}

HOSTILE: dict[str, list[Mapping[str, Any]]] = {
    "time 1e20": [RESULT | {"time": 1e20}],
    "time inf": [RESULT | {"time": float("inf")}],
    "time huge": [RESULT | {"time": 10**400}],
    "time before": [RESULT | {"time": -1e12}],
    "epoch nan": [{"type": "stopped", "epoch": float("nan")}],
    "epoch huge": [{"type": "stopped", "epoch": 10**400}],
    "accuracy text": [RESULT | {"test_accuracy": "x"}],
    "accuracy list": [RESULT | {"test_accuracy": []}],
    "accuracy nan": [RESULT | {"test_accuracy": float("nan")}],
    "accuracy huge": [RESULT | {"test_accuracy": 10**400}],
    "accuracy 7": [RESULT | {"test_accuracy": 7}],
    "no accuracy": [{"type": "finished"}],
    "no seconds": [{"type": "finished", "test_accuracy": 0.9}],
    "seconds text": [RESULT | {"seconds": "long"}],
    "seconds nan": [RESULT | {"seconds": float("nan")}],
    "speed text": [{"type": "progress", **NUMBERS}, RESULT | {"samples_per_second": "fast"}],
    "hint list": [RESULT | {"hint": ["\x00", {}]}],
    "set after the end": [RESULT, {"type": "set", "name": "learning_rate", "value": "x"}],
    "message": [{"type": "failed", "message": {"a": []}}],
    "half a pair": [{"type": "failed", "message": "\ud800"}],
    "no epochs": [{"type": "started"}, {"type": "progress", **NUMBERS}],
    "epochs text": [{"type": "started", "epochs": "x"}, {"type": "progress", **NUMBERS}],
    "epochs 0": [{"type": "started", "epochs": 0}, {"type": "epoch", **NUMBERS}],
    "counts": [
        {"type": "started", "epochs": 5, "val_samples": 10**400, "test_samples": -3},
        {"type": "epoch", **NUMBERS, "val_accuracy": 1e308, "test_accuracy": 0.5},
        {"type": "epoch", "epoch": 2, "train_loss": 1e308, "train_accuracy": -1e308},
    ],
}


@pytest.fixture(autouse=True)
def _server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRATCH_NN_RUNS", str(tmp_path))
    st.cache_resource.clear()


def write_run(folder: Path, events: list[Mapping[str, Any]]) -> None:
    runs.write_config(folder, CONFIG)
    write_token(folder)
    usual = {"time": 1.7e9, "step": 1, "epoch": 1}
    lines = [json.dumps({**usual, **event}) + "\n" for event in events]
    (folder / "events.jsonl").write_text("".join(lines), encoding="utf-8")


def test_no_run_disturbs_those_who_do_not_open_it(tmp_path: Path) -> None:
    for name, events in HOSTILE.items():
        write_run(tmp_path / name, events)
    for name in ("spoilt settings", "spoilt owner", "spoilt token"):
        write_run(tmp_path / name, [RESULT])
    (tmp_path / "spoilt settings" / "config.json").write_text('{"dataset": "\\ud800"}')
    owner = '{"browsers": ["\\ud800"], "person": "\\ud800"}'
    (tmp_path / "spoilt owner" / "owner").write_text(owner)
    (tmp_path / "spoilt token" / "token").write_bytes(b"\xff")
    page = open_page()
    assert len(jobs().recent(most=100)) == len(HOSTILE) + 2
    assert "No training yet" in texts(page)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("trains", [False, True])
def test_whoever_opens_one_reads_something(tmp_path: Path, name: str, trains: bool) -> None:
    write_run(tmp_path / "run", HOSTILE[name])
    token = (tmp_path / "run" / "token").read_text()
    if trains:
        with runs.RunWriter(tmp_path / "run", None):
            page = open_page(run="run", token=token)
    else:
        page = open_page(run="run", token=token)
    assert "digits" in texts(page).lower()


@pytest.mark.parametrize("share", ["x", [], float("nan"), float("inf"), 10**400, -1, 1.5, None])
def test_what_is_no_share_is_no_accuracy(tmp_path: Path, share: Any) -> None:
    write_run(tmp_path / "run", [RESULT | {"test_accuracy": share}])
    assert result_accuracy(runs.Run(tmp_path / "run")) is None
