"""Whatever stands in the files of a run, all that is said of it is said, and nothing raises."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nn
from nn.runs import Run
from nn.runs.schema import EVENTS
from tests.ui.runs.every_word import every_word

HOSTILE = Path(os.environ.get("SCRATCH_NN_DATA", "")) / "hostile"
CONFIG = nn.TrainingConfig(dataset="digits", hidden=(16,), epochs=6, val_size=200).to_dict()

few = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
numbers = st.floats() | st.integers(-(2**70), 2**70) | st.floats(0, 1) | st.integers(0, 50)


@st.composite
def events(draw):
    """An event of a known type, any of whose fields may be anything."""
    kind = draw(st.sampled_from(sorted(EVENTS)))
    place = {"time": draw(st.floats(0, 3e10)), "step": draw(st.integers(0, 99))}
    fields = st.dictionaries(st.sampled_from(sorted(EVENTS[kind]) or [""]), numbers | anything)
    return {"type": kind, **place, "epoch": draw(st.floats(0, 9)), **draw(fields)}


def write(folder: Path, config: object, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "events.jsonl").write_bytes(content)


@given(told=st.lists(events(), max_size=8), torn=st.binary(max_size=10))
@few
def test_any_events(told, torn, tmp_path):
    content = "".join(json.dumps(event) + "\n" for event in told).encode() + torn
    write(tmp_path / "run", CONFIG, content)
    assert all(isinstance(word, str) for word in every_word(Run(tmp_path / "run")))


@given(changes=st.dictionaries(st.sampled_from(sorted(CONFIG)), anything, max_size=3))
@few
def test_any_settings(changes, tmp_path):
    started = {"type": "started", "time": 1.7e9, "step": 0, "epoch": 0.0, "epochs": 3}
    write(tmp_path / "run", CONFIG | changes, json.dumps(started).encode() + b"\n")
    try:
        run = Run(tmp_path / "run")
    except ValueError:
        return  # it is no run, and in no list
    assert all(isinstance(word, str) for word in every_word(run))


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="SCRATCH_NN_DATA has no folder hostile")
@pytest.mark.parametrize("grows", [False, True])
def test_events_that_once_broke_the_pages(grows, tmp_path):
    paths = list(HOSTILE.glob("*events-*"))
    assert paths
    for path in paths:
        content = path.read_bytes()
        first = len(content) // 2 if grows else len(content)
        write(tmp_path / path.name, CONFIG, content[:first])
        run = Run(tmp_path / path.name)
        assert all(isinstance(word, str) for word in every_word(run))
        with open(run.events_path, "ab") as file:
            file.write(content[first:])
        run.refresh()
        assert all(isinstance(word, str) for word in every_word(run))
        assert run.events == Run(run.folder).events  # as if it had been read at once
